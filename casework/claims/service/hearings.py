"""Dates of a proceeding: planned with a task, then held, moved or cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, finish_tasks, move_tasks, new_record
from casework.claims.kinds import HEARING_KINDS, HEARING_STATE_WORDS, LEGAL, SETTLED_WORDS
from casework.claims.models import Hearing, HearingSealed, Proceeding
from casework.claims.service.parties import check_own
from casework.db import check_version, db, utcnow
from casework.errors import InvalidInput, InvalidTransition, n_
from casework.vault import fields
from casework.vault.text import clean_line


@dataclass(frozen=True, slots=True)
class HearingData:
    """A date to come. Place and support are sealed."""

    kind: str
    due_at: datetime
    place: str = ""
    support: str = ""


def plan_hearing(row: Proceeding, case: Case, data: HearingData, *, by: Actor) -> Hearing:
    """Put a date of a proceeding on the list of the office; only those with class legal see it there."""
    require(by, Permission.NOTE_WRITE)
    if data.kind not in HEARING_KINDS:
        raise InvalidInput(n_("Choose one of the values in the list."), field="kind")
    hearing = new_record(
        Hearing, case, by=by, data_class=LEGAL, proceeding_id=row.id, kind=data.kind, due_at=data.due_at
    )
    db.session.flush()
    sealed = HearingSealed(id=hearing.id, root_id=case.person_id)
    fields.seal(sealed, place=clean_line(data.place, limit=300, field="place"), support=data.support)
    db.session.add(sealed)
    record(by, "hearing.planned", case_id=case.id, subject=("hearing", hearing.id), body={"kind": hearing.kind})
    db.session.flush()
    if not case.historical:
        add_task(
            case,
            by=by,
            kind="hearing",
            due_at=hearing.due_at,
            assignee_id=by.user_id,
            data_class=LEGAL,
            record_kind="hearing",
            record_id=hearing.id,
        )
    return hearing


def settle_hearing(
    hearing: Hearing,
    case: Case,
    *,
    by: Actor,
    what: str,
    moved_to: datetime | None = None,
    outcome: str = "",
    expected_version: int | None,
) -> Hearing:
    """Say what became of a date: held, moved (to a day to come) or cancelled. Its task follows."""
    check_own(hearing.author_org_id, by)
    check_version(hearing, expected_version, told={n_("State"): HEARING_STATE_WORDS[hearing.state]})
    if hearing.state != "planned":
        raise InvalidTransition(n_("This date is settled already. Plan a new one."))
    if what not in SETTLED_WORDS:
        raise InvalidInput(n_("Choose one of the values in the list."), field="what")
    if what == "moved":
        _move(hearing, case, moved_to, by=by)
    else:
        hearing.state = what
        finish_tasks(case, hearing.id, by=by, state="done" if what == "held" else "cancelled")
    fields.seal(db.session.get_one(HearingSealed, hearing.id), outcome=outcome)
    record(by, "hearing.settled", case_id=case.id, subject=("hearing", hearing.id), body={"what": what})
    db.session.flush()
    return hearing


def _move(hearing: Hearing, case: Case, moved_to: datetime | None, *, by: Actor) -> None:
    if moved_to is None:
        raise InvalidInput(n_("Enter the new day and time."), field="moved_to")
    if moved_to <= utcnow():
        raise InvalidInput(n_("Enter a day and time to come."), field="moved_to")
    hearing.due_at = moved_to
    move_tasks(case, hearing.id, by=by, due_at=moved_to)
