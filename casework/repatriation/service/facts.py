"""What the gates rest on: the person's decision, a supervisor's word on going against advice, checks, the receiver."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from casework.access.permissions import Actor
from casework.access.queries import organisation
from casework.audit.recorder import record
from casework.cases.models import Approval, Case
from casework.cases.service import ask_approval, decide_approval, new_record
from casework.codes.dates import known
from casework.db import db, today
from casework.errors import InvalidInput, NotVisible, n_
from casework.referrals.queries import get_referral
from casework.referrals.workflow import ACCEPTED
from casework.repatriation.kinds import ANSWERS, CHECKED_HERE, DATA_CLASS, EXPLAINED, INFORMED
from casework.repatriation.models import ReturnCheck, ReturnDecision, ReturnDecisionSealed, ReturnPath
from casework.repatriation.queries import is_child, newest_check, steps_of
from casework.repatriation.service.checks import write_check
from casework.repatriation.service.moving import complete, require_open, require_planner
from casework.repatriation.service.withdrawal import back_to_decision
from casework.repatriation.workflow.states import RUNNING
from casework.repatriation.workflow.steps import rule
from casework.vault import fields

AGAINST = "return_against_advice"


def decide(
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    answer: str,
    informed: str | None = None,
    decided_on: date | None = None,
    words: str = "",
    explained: Iterable[str] = (),
    explained_by: str = "",
    against_advice: bool = False,
    source: str = "said",
) -> ReturnDecision:
    """Record what the person decided, and how the person was informed. Never edited: a change of mind is a new one.

    Yes ends the step of the decision; no, or taking it back, sends travel back to it. Against an assessment that says
    no, an adult decides knowing it (`against_advice`), and a supervisor is asked.
    """
    require_open(path, case, by=by)
    day = decided_on or today()
    _check_answer(answer, informed, day)
    against = _against(path, case, against_advice) if answer == "yes" else None
    row = new_record(
        ReturnDecision,
        case,
        by=by,
        data_class=DATA_CLASS,
        source=source,
        occurred=known(day),
        path_id=path.id,
        answer=answer,
        informed=informed or None,
        decided_on=day,
        against_check_id=against.id if against else None,
    )
    db.session.flush()
    _seal_words(row, case, words, explained, explained_by)
    body = {"answer": answer, "against_advice": against is not None}
    record(by, "return.decision", case_id=case.id, subject=("return_decision", row.id), body=body)
    db.session.flush()
    if against is not None:
        ask_approval(case, by=by, kind=AGAINST, record_id=row.id, data_class=DATA_CLASS)
    if answer == "yes":
        _end_decision_step(path, case, by=by)
    else:
        back_to_decision(path, case, by=by, answer=answer)
    return row


def _seal_words(row: ReturnDecision, case: Case, words: str, explained: Iterable[str], explained_by: str) -> None:
    told = [code for code in EXPLAINED if code in set(explained)]
    if words.strip() or explained_by.strip() or told:
        sealed = ReturnDecisionSealed(id=row.id, root_id=case.person_id)
        fields.seal(sealed, words=words, explained=told or None, explained_by=explained_by)
        db.session.add(sealed)


def _check_answer(answer: str, informed: str | None, day: date) -> None:
    if answer not in ANSWERS:
        raise InvalidInput(n_("Choose what the person decided."), field="answer")
    if answer != "withdrawn" and informed not in INFORMED:
        raise InvalidInput(n_("Say how the person was informed."), field="informed")
    if informed and informed not in INFORMED:
        raise InvalidInput(n_("Say how the person was informed."), field="informed")
    if day > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="decided_on")


def _against(path: ReturnPath, case: Case, against_advice: bool) -> ReturnCheck | None:
    """The assessment that this yes goes against, if it says no. Raises unless an adult knows it."""
    check = newest_check(path, "safety")
    if check is None or check.result != "no":
        return None
    if is_child(case):
        raise InvalidInput(n_("The assessment says that home is not safe; a child can't decide against it."))
    if not against_advice:
        raise InvalidInput(
            n_("The assessment says that home is not safe. Tick that the person knows it and wants to return."),
            field="against_advice",
        )
    return check


def _end_decision_step(path: ReturnPath, case: Case, *, by: Actor) -> None:
    for step in steps_of(path):
        if step.state in RUNNING and rule(step.code).role == "decision":
            complete(step, path, case, by=by, on=today(), outcome="decided")


def decide_against_advice(
    approval: Approval, case: Case, *, by: Actor, decision: str, reason: str, expected_version: int | None = None
) -> ReturnDecision:
    """A supervisor who did not record it approves a decision against the assessment, or returns it with a reason."""
    row = db.session.get(ReturnDecision, approval.record_id)
    if row is None or approval.kind != AGAINST or row.case_id != case.id:
        raise NotVisible
    decide_approval(approval, case, by=by, decision=decision, reason=reason, expected_version=expected_version)
    return row


def add_check(
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    kind: str,
    result: str,
    checked_on: date | None = None,
    note: str = "",
    source: str = "paper",
) -> ReturnCheck:
    """Record a result: home is safe, fit to travel. The newest of a kind counts."""
    require_open(path, case, by=by)
    if kind not in CHECKED_HERE:
        raise InvalidInput(n_("Choose what was checked."), field="kind")
    return write_check(path, case, by=by, kind=kind, result=result, checked_on=checked_on, note=note, source=source)


def name_receiver(
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    referral_id: UUID | None = None,
    org_id: UUID | None = None,
    accepted: bool = True,
    accepted_on: date | None = None,
    note: str = "",
) -> ReturnCheck:
    """Name who receives the person: an accepted referral of this case, the own office, or, on its behalf, an office
    without accounts. An office that has accounts accepts for itself, by a referral."""
    require_planner(path, case, by=by)
    behalf: UUID | None = None
    if referral_id is not None:
        referral = get_referral(by, referral_id)
        if referral.case_id != case.id or referral.status not in ACCEPTED:
            raise InvalidInput(n_("Choose a referral of this case that was accepted."), field="receiver")
        org_id = referral.to_org_id
    elif org_id is None:
        raise InvalidInput(n_("Choose who receives the person."), field="receiver")
    elif org_id != by.organisation_id:
        if organisation(org_id).has_users:
            raise InvalidInput(n_("This office accepts for itself. Send it a referral."), field="receiver")
        behalf = org_id
    return write_check(
        path,
        case,
        by=by,
        kind="receiver",
        result="yes" if accepted else "no",
        checked_on=accepted_on,
        note=note,
        on_behalf_org_id=behalf,
        receiver_org_id=org_id,
        referral_id=referral_id,
    )
