"""Sparing the person: stop asking, mark a private talk, remember where a paper form lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import (
    SHEETS,
    STOP_SAID_BY,
    TALK_STATES,
    AskStop,
    AskStopSealed,
    Case,
    PaperSheet,
    PaperSheetSealed,
    PrivateTalk,
    Task,
)
from casework.cases.queries.care import get_stop, stops_now, talks_of
from casework.cases.service.records import new_record
from casework.cases.service.tasks import finish_task
from casework.cases.workflow import STOP_DAYS
from casework.codes.dates import known
from casework.db import PHNOM_PENH, db, today, utcnow
from casework.errors import InvalidInput, InvalidTransition, n_
from casework.vault import fields

DATA_CLASS = "demographic"
"""Whoever works with the person at all must know these; none of them says anything about what happened."""
MORNING = time(8, 0)
"""Asking begins again at this hour in Phnom Penh."""


@dataclass(frozen=True, slots=True)
class StopWish:
    """Who wished that nothing more is asked, and for how long: codes of STOP_WORDS and STOP_SPANS."""

    said_by: str
    span: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper form that is being typed in."""

    kind: str
    written_on: date
    place: str


def stop_asking(case: Case, *, by: Actor, said_by: str, span: str, reason: str = "", source: str = "said") -> AskStop:
    """Record that nothing more is asked until a morning; a longer stop replaces a shorter one."""
    require(by, Permission.TASK_DO)
    if said_by not in STOP_SAID_BY:
        raise InvalidInput(n_("Say who wished it."), field="said_by")
    if span not in STOP_DAYS:
        raise InvalidInput(n_("Choose until when nothing is asked."), field="span")
    until = datetime.combine(today() + timedelta(days=STOP_DAYS[span]), MORNING, PHNOM_PENH)
    row = new_record(AskStop, case, by=by, data_class=DATA_CLASS, source=source, said_by=said_by, until_at=until)
    db.session.flush()
    sealed = AskStopSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, reason=reason)
    db.session.add(sealed)
    record(by, "asking.stopped", case_id=case.id, subject=("ask_stop", row.id), body={"said_by": said_by, "span": span})
    db.session.flush()
    return row


def go_on_asking(case: Case, stop_id: UUID, *, by: Actor) -> None:
    """The person wishes to go on before the time is over: every stop that holds now ends."""
    require(by, Permission.TASK_DO)
    get_stop(by, case, stop_id)
    standing = stops_now(by, [case.id]).get(case.id, [])
    if not standing:
        raise InvalidTransition(n_("This was ended already."))
    for row in standing:
        row.ended_at, row.ended_by = utcnow(), by.user_id
        record(by, "asking.resumed", case_id=case.id, subject=("ask_stop", row.id))
    db.session.flush()


def mark_talk(case: Case, state: str, *, by: Actor) -> PrivateTalk:
    """Mark that this person was talked with alone, or did not want it; the task to do so is done then.

    'Taken back' corrects a mark made by mistake; who marked what stays in the record.
    """
    require(by, Permission.TASK_DO)
    if state not in TALK_STATES:
        raise InvalidInput(n_("Choose one of the values in the list."), field="state")
    before = talks_of(by, [case.id]).get(case.id)
    if (before.state if before else "taken_back") == state:
        raise InvalidTransition(n_("This is marked already."))
    row = new_record(
        PrivateTalk, case, by=by, data_class=DATA_CLASS, source="seen", occurred=known(today()), state=state
    )
    db.session.flush()
    record(by, "talk.marked", case_id=case.id, subject=("private_talk", row.id), body={"state": state})
    if state != "taken_back":
        wanted = select(Task).where(Task.case_id == case.id, Task.org_id == by.organisation_id, Task.state == "open")
        for task in db.session.scalars(wanted.where(Task.kind == "first_talk")):
            finish_task(task, case, by=by)
    db.session.flush()
    return row


def keep_paper(case: Case, paper: Paper, *, by: Actor) -> PaperSheet:
    """Remember the paper form that was typed in: its date, and where it lies, sealed."""
    if paper.kind not in SHEETS:
        raise InvalidInput(n_("Choose one of the values in the list."), field="from_paper")
    if paper.written_on > today():
        raise InvalidInput(n_("This date lies in the future. Check the year."), field="paper_on")
    row = new_record(
        PaperSheet,
        case,
        by=by,
        data_class=DATA_CLASS,
        source="paper",
        occurred=known(paper.written_on),
        kind=paper.kind,
        written_on=paper.written_on,
    )
    db.session.flush()
    sealed = PaperSheetSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, place=paper.place)
    db.session.add(sealed)
    record(by, "paper.typed_in", case_id=case.id, subject=("paper_sheet", row.id), body={"kind": paper.kind})
    db.session.flush()
    return row
