"""Doing the steps: open, finish, skip, wait for the person, wait for an office, give away, repeat."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from casework.access.permissions import Actor
from casework.access.queries import organisation
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.codes.service import check
from casework.db import db, today
from casework.documents.queries import get_document
from casework.errors import InvalidInput, InvalidTransition, n_
from casework.repatriation.kinds import OFFERED_SKIPS, PARTIES
from casework.repatriation.models import ReturnPath, ReturnStep, ReturnStepSealed
from casework.repatriation.queries import live_handover, newest_decision, require_gates
from casework.repatriation.service.checks import write_check
from casework.repatriation.service.moving import (
    advance,
    another_round,
    begin,
    complete,
    go_on,
    move,
    pass_stations,
    require_step,
    settle,
    stand_still,
)
from casework.repatriation.workflow.states import ENDED
from casework.repatriation.workflow.steps import StepRule, rule
from casework.vault import fields


def open_step(
    step: ReturnStep,
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    started_on: date | None = None,
    expected_version: int | None = None,
) -> None:
    """Begin a step, beside others if need be; its clock starts on `started_on` (today)."""
    require_step(step, path, case, by=by, expected_version=expected_version)
    if started_on is not None and started_on > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="started_on")
    if step.state != "planned":
        raise InvalidTransition(n_("This step has begun already."))
    begin(step, path, case, by=by, on=started_on)


def finish_step(
    step: ReturnStep,
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    done_on: date | None = None,
    outcome: str | None = None,
    note: str = "",
    document_id: UUID | None = None,
    expected_version: int | None = None,
) -> None:
    """End a step with its outcome. Raises InvalidTransition, saying what is missing, before a gate that is closed."""
    require_step(step, path, case, by=by, expected_version=expected_version)
    means, day = rule(step.code), done_on or today()
    if not (step.started_on or day) <= day <= today():
        raise InvalidInput(n_("Enter a day between the beginning of the step and today."), field="done_on")
    _check_role(means, path, case)
    outcome = _outcome(means, outcome)
    if document_id is not None:
        step.document_id = get_document(by, case.id, document_id).id
    write_note(step, case, note)
    if means.check and outcome is not None:
        write_check(path, case, by=by, kind=means.check, result=outcome, checked_on=day)
    complete(step, path, case, by=by, on=day, outcome=outcome)


def _check_role(means: StepRule, path: ReturnPath, case: Case) -> None:
    if means.role == "handover" and path.arranged:
        raise InvalidTransition(n_("Record the hand-over; it is done when both sides have signed."))
    if means.role == "decision" and (newest := newest_decision(path)) is None:
        raise InvalidTransition(n_("Record what the person decided; that ends this step."))
    if means.role == "decision" and newest is not None and newest.answer != "yes":
        raise InvalidTransition(n_("The person does not want to return. Record a new decision, or stop the return."))
    if means.gated:
        require_gates(case, path)


def _outcome(means: StepRule, outcome: str | None) -> str | None:
    """The checked outcome; needed where the step has some."""
    if means.outcome_list:
        return check(means.outcome_list, outcome or "", field="outcome").code
    allowed = ("yes", "with_conditions", "no") if means.check else means.outcomes
    if not allowed:
        return None
    if outcome not in allowed:
        raise InvalidInput(n_("Say how the step ended."), field="outcome")
    return outcome


def write_note(step: ReturnStep, case: Case, note: str) -> None:
    """Seal the words on a step; nothing typed leaves what stands."""
    if not note.strip():
        return
    sealed = db.session.get(ReturnStepSealed, step.id)
    if sealed is None:
        sealed = ReturnStepSealed(id=step.id, root_id=case.person_id)
        db.session.add(sealed)
    fields.seal(sealed, note=note)


def skip_step(
    step: ReturnStep,
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    reason: str,
    note: str = "",
    expected_version: int | None = None,
) -> None:
    """Leave a step out, with the reason. Travel that we arrange never leaves out travel and hand-over."""
    require_step(step, path, case, by=by, expected_version=expected_version)
    if reason not in OFFERED_SKIPS:
        raise InvalidInput(n_("Choose why the step is left out."), field="reason")
    if path.arranged and rule(step.code).gated:
        raise InvalidTransition(n_("Travel that we arrange goes through this step."))
    write_note(step, case, note)
    move(step, case, "skipped", by=by, reason=reason, skip_reason=reason)
    settle(step, path, case, by=by)
    pass_stations(rule(step.code), case, by=by)
    advance(path, case, by=by)


def wait_for_person(
    step: ReturnStep, path: ReturnPath, case: Case, *, by: Actor, expected_version: int | None = None
) -> None:
    """The step waits for the person: the clock stands still until it is resumed."""
    require_step(step, path, case, by=by, expected_version=expected_version)
    move(step, case, "waiting", by=by)
    stand_still(step)
    settle(step, path, case, by=by)


def resume_step(
    step: ReturnStep, path: ReturnPath, case: Case, *, by: Actor, expected_version: int | None = None
) -> None:
    """The person is ready: the clock goes on, today included, and the day it is due moves by the days it stood."""
    require_step(step, path, case, by=by, expected_version=expected_version)
    if step.state != "waiting":
        raise InvalidTransition(n_("This step does not wait for the person."))
    move(step, case, "open", by=by)
    go_on(step)
    settle(step, path, case, by=by)


def await_answer(
    step: ReturnStep,
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    org_id: UUID | None = None,
    party: str | None = None,
    expected_version: int | None = None,
) -> None:
    """Say for whose answer the step waits, an office or a party; nobody: it is our move again. The clock runs on."""
    require_step(step, path, case, by=by, expected_version=expected_version)
    if step.state != "open":
        raise InvalidTransition(n_("Only an open step can wait for an office."))
    step.waiting_org_id, step.waiting_party = _party(org_id, party)
    record(by, "return.step_waits", case_id=case.id, subject=("return_step", step.id), body={"party": party})
    settle(step, path, case, by=by)


def give_step(
    step: ReturnStep,
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    org_id: UUID | None = None,
    party: str | None = None,
    expected_version: int | None = None,
) -> None:
    """Say whose step it is. An office that sees the return gets the task; else the planning office waits for it."""
    require_step(step, path, case, by=by, expected_version=expected_version)
    if step.state in ENDED:
        raise InvalidTransition(n_("This step has ended."))
    step.owner_org_id, step.owner_party = _party(org_id, party)
    body = {"org": step.owner_org_id, "party": step.owner_party}
    record(by, "return.step_given", case_id=case.id, subject=("return_step", step.id), body=body)
    settle(step, path, case, by=by)


def _party(org_id: UUID | None, party: str | None) -> tuple[UUID | None, str | None]:
    if org_id is not None:
        return organisation(org_id).id, None
    if party and party not in PARTIES:
        raise InvalidInput(n_("Choose from the list."), field="party")
    return None, party or None


def repeat_step(
    step: ReturnStep, path: ReturnPath, case: Case, *, by: Actor, expected_version: int | None = None
) -> ReturnStep:
    """Do an ended step once more, from today; the older round stays as it was."""
    require_step(step, path, case, by=by, expected_version=expected_version)
    if step.state not in ENDED:
        raise InvalidTransition(n_("This step has not ended yet."))
    if rule(step.code).role == "handover" and live_handover(step.id) is not None:
        raise InvalidTransition(n_("The hand-over was signed by both sides and stays as it is."))
    again = another_round(step, path, case, by=by)
    begin(again, path, case, by=by)
    return again
