"""Arriving at a place to stay and leaving it."""

from __future__ import annotations

from datetime import date, timedelta

from casework.access.permissions import Actor, Permission, require
from casework.assistance.models import ADMISSIONS, EXIT_REASONS, Stay, StaySealed
from casework.assistance.queries import open_stay
from casework.assistance.workflow import LONG_STAY_DAYS
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, finish_tasks, new_record
from casework.codes.dates import known
from casework.db import db, end_of_day, today
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, StaleRecord, n_
from casework.vault import fields

DATA_CLASS = "location_current"


def arrive(
    case: Case,
    *,
    by: Actor,
    arrived_on: date,
    place: str,
    admission: str,
    bed: str = "",
    note: str = "",
    source: str = "seen",
) -> Stay:
    """The person came to stay at a place; after 90 days a task asks to review the stay (docs/domain.md 5)."""
    require(by, Permission.STAY_MANAGE)
    if arrived_on > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="arrived_on")
    if admission not in ADMISSIONS:
        raise InvalidInput(n_("Say whether the person agreed to stay."), field="admission")
    if not place.strip():
        raise InvalidInput(n_("Enter the name of the place."), field="place")
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
        admission=admission,
    )
    db.session.flush()
    sealed = StaySealed(id=stay.id, root_id=case.person_id)
    fields.seal(sealed, place=place, bed=bed, note=note)
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
    record(by, "stay.began", case_id=case.id, subject=("stay", stay.id))
    db.session.flush()
    return stay


def leave(
    stay: Stay, case: Case, *, by: Actor, left_on: date, reason: str, expected_version: int | None = None
) -> Stay:
    """Record the departure with its reason; the review of the stay is no longer needed."""
    require(by, Permission.STAY_MANAGE)
    if stay.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that recorded this stay can end it."))
    if expected_version is not None and stay.version != expected_version:
        raise StaleRecord({"left_on": stay.left_on, "reason": stay.exit_reason})
    if stay.left_on is not None:
        raise InvalidTransition(n_("The departure was recorded already."))
    if not stay.arrived_on <= left_on <= today():
        raise InvalidInput(n_("Enter a day between the arrival and today."), field="left_on")
    if reason not in EXIT_REASONS:
        raise InvalidInput(n_("Say why the person left."), field="reason")
    stay.left_on, stay.exit_reason, stay.left_recorded_by = left_on, reason, by.user_id
    finish_tasks(case, stay.id, by=by)
    record(by, "stay.ended", case_id=case.id, subject=("stay", stay.id), body={"changed": ["left_on", "exit_reason"]})
    db.session.flush()
    return stay
