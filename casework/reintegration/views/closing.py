"""Pages of closing: the request, the decision of a second person, opening again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Permission
from casework.access.queries import names_of
from casework.cases.models import Approval, Case
from casework.cases.queries import get_approval, get_case
from casework.codes.queries import choices
from casework.db import today
from casework.errors import NotVisible
from casework.reintegration import queries, service
from casework.reintegration.forms import ClosureForm, DecideForm, ReopenForm
from casework.reintegration.models import Closure
from casework.reintegration.views.blueprint import form_page, page_url, show_form
from casework.reintegration.views.overview import WORDS
from casework.reintegration.workflow import REOPEN_REASONS, VIEW_WORDS
from casework.writes.http import open_form
from casework.writes.orchestrator import Answer

DECIDED_BY: dict[str, Callable[..., object]] = {
    "plan": service.decide_plan,
    "closure": service.decide_closure,
    "closure_disagreed": service.decide_closure,
}
"""Kind of approval → the act that decides it."""


@form_page("/cases/<uuid:case_id>/closure", Permission.CLOSURE_REQUEST)
def request_closure(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Ask that the case be closed; what has to be finished before stands first."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(ClosureForm, draft_id, data={"told_on": today()})
    form.reason.choices = choices("closure_reason", language=by.language)
    form.person_view.choices = list(VIEW_WORDS.items())
    for field, group in ((form.goals, "goals"), (form.living, "living situation"), (form.safety, "safety")):
        field.choices = choices("closure_outcome", group=group, language=by.language)

    def act() -> Answer:
        asked = ("reason", "person_view", "told_on", "explanation", "situation", "recontact", "recontact_rule")
        values: dict[str, Any] = {name: form[name].data for name in asked}
        if values["person_view"] == "could_not_be_asked":
            values["told_on"] = None
        service.request_closure(get_case(by, case_id), by=by, **values, outcomes=form.outcomes())
        return Answer(page_url(case_id), gettext("Closing waits for approval by somebody else."))

    words = {"heading": gettext("Close the case"), "verb": gettext("Ask to close")}
    return show_form(
        form, draft_id, case, act, **words, template="reintegration/closure.html",
        tasks=queries.blocking_tasks(by, case), attempts=queries.attempts(by, case),
    )  # fmt: skip


@form_page("/cases/<uuid:case_id>/decide/<uuid:approval_id>", Permission.CASE_APPROVE)
def decide(case_id: UUID, approval_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Read a plan or a request to close, and decide on it."""
    by = current()
    approval, case = _approval(case_id, approval_id)
    form = open_form(DecideForm, draft_id, data={"version": str(approval.version)})

    def act() -> Answer:
        waiting, same_case = _approval(case_id, approval_id)
        DECIDED_BY[waiting.kind](
            waiting,
            same_case,
            by=by,
            decision=form.decision.data,
            reason=form.reason.data,
            expected_version=form.seen_version,
        )
        return Answer(page_url(case_id), gettext("The decision is recorded."))

    words = {"heading": gettext("Decide"), "verb": gettext("Record decision")}
    return show_form(
        form, draft_id, case, act, **words, template="reintegration/decide.html",
        approval=approval, asker=names_of([approval.asked_by]).get(approval.asked_by, ""), **_subject(approval, case),
    )  # fmt: skip


def _approval(case_id: UUID, approval_id: UUID) -> tuple[Approval, Case]:
    approval, case = get_approval(current(), approval_id)
    if case.id != case_id or approval.kind not in DECIDED_BY:
        raise NotVisible
    return approval, case


def _subject(approval: Approval, case: Case) -> dict[str, Any]:
    """What is decided on, opened for reading."""
    by = current()
    if approval.kind == "plan":
        return {"row": queries.plan_row(queries.get_plan(by, case.id, approval.record_id)), "closure": None, **WORDS}
    closure: Closure = queries.get_closure(by, case.id, approval.record_id)
    outcomes, told = queries.closure_of(closure)
    return {"row": None, "closure": closure, "outcomes": outcomes, "told": told, **WORDS}


@form_page("/cases/<uuid:case_id>/reopen", Permission.CASE_CLOSE)
def reopen(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Open a closed case again."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(ReopenForm, draft_id)
    form.reason.choices = list(REOPEN_REASONS.items())

    def act() -> Answer:
        service.reopen(get_case(by, case_id), by=by, reason=form.reason.data)
        return Answer(page_url(case_id), gettext("The case is open again."))

    words = {"heading": gettext("Open the case again"), "verb": gettext("Open again")}
    return show_form(form, draft_id, case, act, **words)
