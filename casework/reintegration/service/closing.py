"""Closing a case: asked with what it needs, approved by somebody else, by two where the person disagrees; reopening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Approval, Case, CaseStation
from casework.cases.service import ask_approval, change, close_case, decide_approval, new_record, reopen_case
from casework.codes.dates import known
from casework.codes.service import check, check_many
from casework.db import db, today
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, n_
from casework.reintegration.models import PERSON_VIEWS, Closure, ClosureOutcome, ClosureSealed
from casework.reintegration.queries import blocking_tasks, handed_on, open_closure, stopping_fact, tries
from casework.reintegration.service.keeping import keep, stop_keeping
from casework.reintegration.service.plans import DATA_CLASS, must_be_open
from casework.reintegration.service.schedule import cancel_visits
from casework.reintegration.workflow import REOPEN_REASONS, ClosureRule, closure_rule
from casework.vault import fields


def request_closure(
    case: Case,
    *,
    by: Actor,
    reason: str,
    person_view: str,
    recontact: bool,
    situation: str,
    told_on: date | None = None,
    outcomes: Sequence[str] = (),
    explanation: str = "",
    recontact_rule: str = "",
) -> Closure:
    """Ask that the case be closed: why, what the person says to it, whether contact may be made again, how the
    person lives now. Only the owning office; open tasks are finished or cancelled first."""
    require(by, Permission.CLOSURE_REQUEST)
    must_be_open(case)
    if case.owner_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that owns the case can close it."))
    if open_closure(case) is not None:
        raise InvalidTransition(n_("Closing was asked for already and waits for a decision."))
    left = blocking_tasks(by, case)
    if left:
        raise InvalidTransition(n_("Open tasks: %(count)s. Finish or cancel them first."), count=len(left))
    check("closure_reason", reason, field="reason")
    chosen = check_many("closure_outcome", outcomes, field="outcomes")
    _check_view(person_view, told_on, explanation)
    if not situation.strip():
        raise InvalidInput(n_("Write how the person lives now, as far as you know."), field="situation")
    _check_rule(case, by, closure_rule(reason), person_view, explanation)
    row = new_record(
        Closure,
        case,
        by=by,
        data_class=DATA_CLASS,
        occurred=known(today()),
        state="waiting",
        reason=reason,
        person_view=person_view,
        told_on=told_on,
        recontact=recontact,
    )
    db.session.flush()
    sealed = ClosureSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, situation=situation, explanation=explanation, recontact_rule=recontact_rule)
    db.session.add_all([sealed, *(ClosureOutcome(closure_id=row.id, outcome=code) for code in chosen)])
    change(case, "closure", None, "waiting", by=by, reason=reason, data_class=DATA_CLASS)
    record(by, "closure.requested", case_id=case.id, subject=("closure", row.id), body={"reason": reason})
    ask_approval(case, by=by, kind="closure", record_id=row.id, data_class=DATA_CLASS)
    return row


def _check_view(person_view: str, told_on: date | None, explanation: str) -> None:
    if person_view not in PERSON_VIEWS:
        raise InvalidInput(n_("Say what the person thinks of closing the case."), field="person_view")
    if told_on is not None and told_on > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="told_on")
    if person_view == "could_not_be_asked":
        if not explanation.strip():
            raise InvalidInput(n_("Explain why the person could not be asked."), field="explanation")
    elif told_on is None:
        raise InvalidInput(n_("Enter the day on which the person was told."), field="told_on")


def _check_rule(case: Case, by: Actor, rule: ClosureRule, person_view: str, explanation: str) -> None:
    """What this reason needs beyond the usual (docs/domain.md 7, defaults; data/closure_rules.toml)."""
    if rule.person_view and person_view not in rule.person_view:
        raise InvalidInput(n_("With this reason the person could not be asked."), field="person_view")
    if rule.explanation and not explanation.strip():
        raise InvalidInput(n_("Explain this reason in a sentence or two."), field="explanation")
    if rule.attempts and not tries(by, case, rule).enough:
        raise InvalidInput(
            n_("Contact counts as lost after %(attempts)s tries on different days over %(days)s days."),
            field="reason",
            attempts=rule.attempts,
            days=rule.days,
        )
    if rule.transfer and not handed_on(by, case):
        raise InvalidInput(n_("No other office has accepted the person yet. Send a referral first."), field="reason")
    if rule.station_done and db.session.get_one(CaseStation, (case.id, rule.station_done)).state != "done":
        raise InvalidInput(n_("The hand-over of the return is not recorded yet."), field="reason")
    fact = stopping_fact(case)
    if rule.fact and (fact is None or fact.kind != rule.fact):
        raise InvalidInput(n_("Record first what happened to the person."), field="reason")


def decide_closure(
    approval: Approval, case: Case, *, by: Actor, decision: str, reason: str, expected_version: int | None = None
) -> Closure:
    """Approve closing or return it with a reason; nobody who asked may. Where the person disagrees a second
    supervisor decides too. Closing ends the visits still planned."""
    require(by, Permission.CLOSURE_APPROVE)
    closure = db.session.get(Closure, approval.record_id)
    if closure is None or approval.kind not in ("closure", "closure_disagreed") or closure.case_id != case.id:
        raise NotVisible
    if closure.author_user_id == by.user_id:
        raise NotAllowed(n_("You asked for this; somebody else decides."))
    decide_approval(approval, case, by=by, decision=decision, reason=reason, expected_version=expected_version)
    if decision == "approved" and closure.state == "waiting" and closure.person_view == "disagrees":
        # Asked in the first supervisor's name: the second one is neither that person nor the worker.
        _move(closure, case, "second", by=by)
        ask_approval(case, by=by, kind="closure_disagreed", record_id=closure.id, data_class=DATA_CLASS)
        return closure
    _move(closure, case, decision, by=by)
    if decision == "approved":
        cancel_visits(case, by=by, reason="closed", every_office=True)
        db.session.flush()
        close_case(case, by=by, closed_on=today())
        keep(case, by=by, closed_on=today())
    db.session.flush()
    return closure


def _move(closure: Closure, case: Case, to: str, *, by: Actor) -> None:
    before, closure.state = closure.state, to
    change(case, "closure", before, to, by=by, data_class=DATA_CLASS)
    db.session.flush()


def reopen(case: Case, *, by: Actor, reason: str) -> None:
    """Open a closed case again. Its history, visits and closures stay; visits are planned anew."""
    require(by, Permission.CASE_CLOSE)
    if case.owner_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that owns the case can reopen it."))
    if reason not in REOPEN_REASONS:
        raise InvalidInput(n_("Say why the case is opened again."), field="reason")
    reopen_case(case, by=by, reason=reason)
    stop_keeping(case)
    db.session.flush()
