"""Arriving at a place to stay, changing what was agreed, and leaving it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.assistance.models import ADMISSIONS, EXIT_REASONS, Stay, StaySealed
from casework.assistance.queries import open_stay, stay_as_it_stands
from casework.assistance.service.houses import place as put_into_bed
from casework.assistance.workflow import LONG_STAY_DAYS
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, finish_tasks, new_record
from casework.codes.dates import known
from casework.db import check_version, db, end_of_day, today, touch
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, StaleRecord, n_
from casework.vault import fields

DATA_CLASS = "location_current"


@dataclass(frozen=True, slots=True)
class Lodging:
    """Where somebody sleeps and what was agreed: a bed of the office (`room_id`), else a place in words."""

    admission: str
    place: str = ""
    bed: str = ""
    room_id: UUID | None = None
    bed_number: int | None = None
    movement: str = ""
    visitors: str = ""
    note: str = ""
    anyway: bool = False
    """Although the room is meant for others."""


def arrive(case: Case, lodging: Lodging, *, by: Actor, arrived_on: date, source: str = "seen") -> Stay:
    """The person came to stay at a place; after 90 days a task asks to review the stay (docs/domain.md 5)."""
    require(by, Permission.STAY_MANAGE)
    if arrived_on > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="arrived_on")
    _check(lodging)
    if open_stay(by, case) is not None:
        raise InvalidTransition(n_("Record the departure from the other place first."))
    stay = new_record(
        Stay,
        case,
        by=by,
        data_class=DATA_CLASS,
        source=source,
        occurred=known(arrived_on),
        arrived_on=arrived_on,
        admission=lodging.admission,
    )
    put_into_bed(stay, case.person_id, lodging.room_id, lodging.bed_number, by=by, anyway=lodging.anyway)
    db.session.flush()
    sealed = StaySealed(id=stay.id, root_id=case.person_id)
    _seal(sealed, lodging)
    db.session.add(sealed)
    add_task(
        case,
        by=by,
        kind="stay_review",
        due_at=end_of_day(arrived_on + timedelta(days=LONG_STAY_DAYS)),
        data_class=DATA_CLASS,
        record_kind="stay",
        record_id=stay.id,
    )
    record(by, "stay.began", case_id=case.id, subject=("stay", stay.id), body={"class": DATA_CLASS})
    db.session.flush()
    return stay


def _check(lodging: Lodging) -> None:
    if lodging.admission not in ADMISSIONS:
        raise InvalidInput(n_("Say whether the person agreed to stay."), field="admission")
    if lodging.room_id is None and not lodging.place.strip():
        raise InvalidInput(n_("Choose a bed, or enter the name of the place."), field="place")
    if lodging.room_id is not None and (lodging.place.strip() or lodging.bed.strip()):
        raise InvalidInput(n_("Choose a bed or enter a place elsewhere, not both."), field="place")


def _seal(sealed: StaySealed, lodging: Lodging) -> None:
    fields.seal(
        sealed,
        place=lodging.place,
        bed=lodging.bed,
        movement=lodging.movement,
        visitors=lodging.visitors,
        note=lodging.note,
    )


def change_stay(stay: Stay, case: Case, lodging: Lodging, *, by: Actor, expected_version: int | None = None) -> Stay:
    """Move the person to another bed, or write down what was agreed since: consent, going out, visitors."""
    require(by, Permission.STAY_MANAGE)
    if stay.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that recorded this stay can change it."))
    if expected_version is not None and stay.version != expected_version:
        raise StaleRecord(stay_as_it_stands(stay))
    if stay.left_on is not None:
        raise InvalidTransition(n_("The departure was recorded already."))
    _check(lodging)
    before = stay.admission, stay.room_id, stay.bed_number
    put_into_bed(stay, case.person_id, lodging.room_id, lodging.bed_number, by=by, anyway=lodging.anyway)
    stay.admission = lodging.admission
    touch(stay)
    _seal(db.session.get_one(StaySealed, stay.id), lodging)
    after = stay.admission, stay.room_id, stay.bed_number
    names = ("admission", "room", "bed")
    changed = [name for name, old, new in zip(names, before, after, strict=True) if old != new]
    record(
        by, "stay.changed", case_id=case.id, subject=("stay", stay.id), body={"changed": changed, "class": DATA_CLASS}
    )
    db.session.flush()
    return stay


def leave(
    stay: Stay, case: Case, *, by: Actor, left_on: date, reason: str, expected_version: int | None = None
) -> Stay:
    """Record the departure with its reason; the bed is free and the review of the stay no longer needed."""
    require(by, Permission.STAY_MANAGE)
    if stay.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that recorded this stay can end it."))
    check_version(stay, expected_version, {"left_on": stay.left_on, "reason": stay.exit_reason})
    if stay.left_on is not None:
        raise InvalidTransition(n_("The departure was recorded already."))
    if not stay.arrived_on <= left_on <= today():
        raise InvalidInput(n_("Enter a day between the arrival and today."), field="left_on")
    if reason not in EXIT_REASONS:
        raise InvalidInput(n_("Say why the person left."), field="reason")
    stay.left_on, stay.exit_reason, stay.left_recorded_by = left_on, reason, by.user_id
    finish_tasks(case, stay.id, by=by)
    body = {"changed": ["left_on", "exit_reason"], "class": DATA_CLASS}
    record(by, "stay.ended", case_id=case.id, subject=("stay", stay.id), body=body)
    db.session.flush()
    return stay
