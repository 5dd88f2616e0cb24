"""The person changes the mind before the hand-over: travel returns to the decision (docs/domain.md 3 and 8)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.audit.recorder import record
from casework.cases.models import STATIONS, Case
from casework.cases.service import notify, on_timeline
from casework.db import db, today, utcnow, uuid7
from casework.repatriation.kinds import BACK, BEFORE_US, DATA_CLASS
from casework.repatriation.models import ReturnDecision, ReturnPath, ReturnStep
from casework.repatriation.queries import handovers_of, steps_of
from casework.repatriation.service.moving import another_round, begin, move, settle
from casework.repatriation.service.seating import leave_movements
from casework.repatriation.workflow.states import ENDED, LEFT, RUNNING
from casework.repatriation.workflow.steps import rule


def consent_withdrawn(case: Case, by: Actor) -> None:
    """Consent to return was taken back: note it on every return under way and send its travel back to the decision.

    Called by `sharing` in the transaction of the withdrawal, by whichever office hears of it; needs no permission of
    its own. After the hand-over there is nothing to bring back.
    """
    query = select(ReturnPath).where(ReturnPath.case_id == case.id, ReturnPath.state == "open")
    for path in db.session.scalars(query).all():
        row = ReturnDecision(
            id=uuid7(),
            case_id=case.id,
            path_id=path.id,
            author_org_id=by.organisation_id,
            author_user_id=by.user_id,
            data_class=DATA_CLASS,
            source="said",
            recorded_at=utcnow(),
            answer="withdrawn",
            decided_on=today(),
        )
        db.session.add(row)
        db.session.flush()
        on_timeline(case, "return_decision", by=by, data_class=DATA_CLASS, record_id=row.id)
        back_to_decision(path, case, by=by, answer=row.answer)


def back_to_decision(path: ReturnPath, case: Case, *, by: Actor, answer: str) -> None:
    """Take the steps after the decision back to 'not begun', void an unsigned hand-over, open the decision again.

    A return of an older template that has no step of the decision to stand at stops instead (`answer`: what the
    person said), and the offices that carry it are told.
    """
    steps = steps_of(path)
    if _behind(steps):
        return
    decisions = [step for step in steps if rule(step.code).role == "decision"]
    if not decisions:
        _stop_for_want(steps, path, case, by=by, reason="person_stays" if answer == "no" else "consent_withdrawn")
        return
    place = decisions[-1].sequence
    for step in steps:
        if step.sequence > place and step.station == "return":
            _take_back(step, path, case, by=by)
    void_handovers(path, case, by=by)
    leave_movements(path, case, by=by)
    _ask_again(decisions[-1], path, case, by=by)
    record(by, "return.back_to_decision", case_id=case.id, subject=("return_path", path.id))
    db.session.flush()


def _behind(steps: Sequence[ReturnStep]) -> bool:
    """The travel lies behind the person: its last step is done, with us or before us, or, where the return never
    had one, a later step is."""
    last = [step for step in steps if rule(step.code).ends == "return"]
    later = last or [step for step in steps if STATIONS.index(step.station) > STATIONS.index("return")]
    return any(step.state == "done" or step.skip_reason == BEFORE_US for step in later)


def _stop_for_want(steps: Sequence[ReturnStep], path: ReturnPath, case: Case, *, by: Actor, reason: str) -> None:
    doers = [step.owner_org_id for step in steps if step.state in LEFT and step.owner_org_id]
    end_path(path, case, by=by, reason=reason)
    tell = partial(notify, case_id=case.id, record_kind="return_path", record_id=path.id, data_class=DATA_CLASS)
    for org_id in dict.fromkeys((path.author_org_id, case.owner_org_id, *doers)):
        tell(org_id, "return_stopped")
    db.session.flush()


def end_path(path: ReturnPath, case: Case, *, by: Actor, reason: str) -> None:
    """Stop a return: what was done stays, the rest stops, its tasks are taken off, no journey carries it."""
    for step in steps_of(path):
        if step.state in LEFT:
            move(step, case, "stopped", by=by, reason=reason)
            settle(step, path, case, by=by)
    void_handovers(path, case, by=by)
    leave_movements(path, case, by=by)
    path.state, path.ended_on, path.stop_reason = "stopped", today(), reason
    record(by, "return.stopped", case_id=case.id, subject=("return_path", path.id), body={"reason": reason})
    db.session.flush()


def _take_back(step: ReturnStep, path: ReturnPath, case: Case, *, by: Actor) -> None:
    if step.state in RUNNING:
        move(step, case, "planned", by=by, reason=BACK, started_on=None, waiting_org_id=None, waiting_party=None)
        settle(step, path, case, by=by)
    elif step.state == "done" and rule(step.code).gated and not _repeated(step, path):
        another_round(step, path, case, by=by)


def _repeated(step: ReturnStep, path: ReturnPath) -> bool:
    return any(other.code == step.code and other.round > step.round for other in steps_of(path))


def _ask_again(step: ReturnStep, path: ReturnPath, case: Case, *, by: Actor) -> None:
    if step.state in ENDED:
        begin(another_round(step, path, case, by=by), path, case, by=by, reason=BACK)
    elif step.state == "planned":
        begin(step, path, case, by=by, reason=BACK)


def void_handovers(path: ReturnPath, case: Case, *, by: Actor) -> None:
    """A hand-over that not both sides signed has not taken place."""
    for row in handovers_of(path):
        if row.state == "open":
            row.state = "void"
            record(by, "handover.void", case_id=case.id, subject=("handover", row.id))
    db.session.flush()
