"""Doing a step: finish, leave out, give away, wait for an answer; and the one-tap changes."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import organisations
from casework.codes.queries import choices, label
from casework.documents.queries import documents_of
from casework.repatriation import service
from casework.repatriation.forms import FinishForm, PartyForm, SkipForm
from casework.repatriation.kinds import CHECK_RESULTS, OFFERED_SKIPS, OUTCOMES, PARTIES, SKIP_REASONS
from casework.repatriation.models import ReturnPath, ReturnStep
from casework.repatriation.views.blueprint import bp, form_page, load_step, show_form, tab_url
from casework.repatriation.workflow.steps import rule
from casework.web.forms import Option, TapForm, chosen_id, options
from casework.writes.http import open_form, tap
from casework.writes.orchestrator import Answer

STEP = "/cases/<uuid:case_id>/return/steps/<uuid:step_id>"
TAPS = {
    "open": service.open_step,
    "wait": service.wait_for_person,
    "resume": service.resume_step,
    "repeat": service.repeat_step,
}


def finish_form(step: ReturnStep, path: ReturnPath, form: FinishForm | None = None) -> FinishForm:
    """The form that ends a step, with the answers that this step has; an empty one for the tracker by default."""
    by = current()
    form = form or FinishForm(formdata=None, data={"version": str(step.version)})
    means = rule(step.code)
    if means.outcome_list:
        form.outcome.choices = choices(means.outcome_list, language=by.language)
    elif means.check or means.outcomes:
        form.outcome.choices = options(CHECK_RESULTS) if means.check else options(OUTCOMES, means.outcomes)
    else:
        del form.outcome
    papers = [Option(str(row.id), title) for row, title in documents_of(by, path.case_id)]
    form.document_id.choices = papers
    if not papers:
        del form.document_id
    return form


@form_page(f"{STEP}/finish", Permission.RETURN_MANAGE)
def finish(case_id: UUID, step_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """End a step with its outcome."""
    by = current()
    step, path, case = load_step(case_id, step_id)
    form = finish_form(step, path, open_form(FinishForm, draft_id, data={"version": str(step.version)}))

    def act() -> Answer:
        service.finish_step(
            *load_step(case_id, step_id),
            by=by,
            done_on=form.done_on.data,
            outcome=form.outcome.data if "outcome" in form else None,
            note=form.note.data,
            document_id=chosen_id(form.document_id.data) if "document_id" in form else None,
            expected_version=form.seen_version,
        )
        return Answer(tab_url(case_id), gettext("The step is done."))

    return show_form(form, draft_id, case, act, heading=_name(step, by), verb=gettext("Step is done"))


@form_page(f"{STEP}/skip", Permission.RETURN_MANAGE)
def skip(case_id: UUID, step_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Leave a step out, with the reason."""
    by = current()
    step, _, case = load_step(case_id, step_id)
    form = open_form(SkipForm, draft_id, data={"version": str(step.version)})
    form.reason.choices = options(SKIP_REASONS, OFFERED_SKIPS)

    def act() -> Answer:
        service.skip_step(
            *load_step(case_id, step_id),
            by=by,
            reason=form.reason.data,
            note=form.note.data,
            expected_version=form.seen_version,
        )
        return Answer(tab_url(case_id), gettext("The step is left out."))

    return show_form(form, draft_id, case, act, heading=_name(step, by), verb=gettext("Leave the step out"))


@form_page(f"{STEP}/give", Permission.RETURN_MANAGE)
def give(case_id: UUID, step_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Say whose step it is."""
    by = current()
    step, _, case = load_step(case_id, step_id)
    form = _party_form(draft_id, _owner(step))

    def act() -> Answer:
        service.give_step(
            *load_step(case_id, step_id),
            by=by,
            org_id=chosen_id(form.org_id.data),
            party=form.party.data,
            expected_version=form.seen_version,
        )
        return Answer(tab_url(case_id), gettext("The step is in other hands."))

    words = {"heading": gettext("Who does this step"), "verb": gettext("Give the step")}
    return show_form(
        form, draft_id, case, act, **words, intro=_name(step, by),
        current_values=lambda: _owner(load_step(case_id, step_id)[0]),
    )  # fmt: skip


@form_page(f"{STEP}/answer", Permission.RETURN_MANAGE)
def answer(case_id: UUID, step_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Say for whose answer the step waits; the clock runs on."""
    by = current()
    step, _, case = load_step(case_id, step_id)
    form = _party_form(draft_id, _awaited(step))

    def act() -> Answer:
        service.await_answer(
            *load_step(case_id, step_id),
            by=by,
            org_id=chosen_id(form.org_id.data),
            party=form.party.data,
            expected_version=form.seen_version,
        )
        return Answer(tab_url(case_id), gettext("What the step waits for is recorded."))

    words = {"heading": gettext("Whose answer do we wait for"), "verb": gettext("Record")}
    return show_form(
        form, draft_id, case, act, **words, intro=_name(step, by),
        current_values=lambda: _awaited(load_step(case_id, step_id)[0]),
    )  # fmt: skip


def _owner(step: ReturnStep) -> dict[str, object]:
    return {"org_id": str(step.owner_org_id or ""), "party": step.owner_party, "version": str(step.version)}


def _awaited(step: ReturnStep) -> dict[str, object]:
    return {"org_id": str(step.waiting_org_id or ""), "party": step.waiting_party, "version": str(step.version)}


def _party_form(draft_id: UUID, data: dict[str, object]) -> PartyForm:
    form = open_form(PartyForm, draft_id, data=data)
    form.org_id.choices = [Option(str(row.id), row.name) for row in organisations()]
    form.party.choices = options(PARTIES)
    return form


def _name(step: ReturnStep, by: Actor) -> str:
    return label("repatriation_step", step.code, by.language)


@bp.post(f"{STEP}/<any(open, wait, resume, repeat):change>")
@requires(Permission.RETURN_MANAGE)
def change_step(case_id: UUID, step_id: UUID, change: str) -> ResponseReturnValue:
    """One tap: begin a step, wait for the person, go on, do it once more."""
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        TAPS[change](*load_step(case_id, step_id), by=by, expected_version=version)
        return Answer(tab_url(case_id))

    return tap(form, record_id=step_id, version=version, action=change, act=act)
