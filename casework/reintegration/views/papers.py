"""Pages of what is written on paper: the papers of a stage, and the plan to print for the person."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.queries import get_case
from casework.documents.queries import documents_of
from casework.errors import NotVisible
from casework.people.queries import get_person
from casework.reintegration import queries, service
from casework.reintegration.forms import PaperForm
from casework.reintegration.kinds import PAPER_WORDS
from casework.reintegration.views.blueprint import bp, form_page, page_url, show_form
from casework.reintegration.workflow import page_language
from casework.web.forms import Option, TapForm, chosen_id
from casework.writes.http import open_form, seen, tap
from casework.writes.orchestrator import Answer


@form_page("/cases/<uuid:case_id>/stage-papers/<paper>", Permission.PLAN_WRITE)
def tick_paper(case_id: UUID, paper: str, draft_id: UUID) -> ResponseReturnValue:
    """Say that a paper of a stage is there, and where its scan is."""
    by = current()
    case = get_case(by, case_id)
    if paper not in PAPER_WORDS:
        raise NotVisible
    form = open_form(PaperForm, draft_id)
    form.document_id.choices = [Option(str(row.id), title) for row, title in documents_of(by, case_id)]

    def act() -> Answer:
        service.tick_paper(get_case(by, case_id), by=by, paper=paper, document_id=chosen_id(form.document_id.data))
        return Answer(page_url(case_id), gettext("The paper is ticked."))

    words = {"heading": gettext(PAPER_WORDS[paper]), "verb": gettext("It is there")}
    return show_form(form, draft_id, case, act, **words)


@bp.post("/cases/<uuid:case_id>/stage-papers/<uuid:stage_paper_id>/untick")
@requires(Permission.PLAN_WRITE)
def untick_paper(case_id: UUID, stage_paper_id: UUID) -> ResponseReturnValue:
    """One tap: the paper is not there after all."""
    by = current()

    def act() -> Answer:
        case = get_case(by, case_id)
        service.untick_paper(queries.get_paper(by, case_id, stage_paper_id), case, by=by)
        return Answer(page_url(case_id), gettext("The tick is taken off."))

    return tap(TapForm(), record_id=stage_paper_id, version=0, action="untick", act=act)


@bp.get("/cases/<uuid:case_id>/plan/<uuid:plan_id>/print")
@requires(Permission.CASE_SEE)
def print_plan(case_id: UUID, plan_id: UUID) -> ResponseReturnValue:
    """The plan for the person to keep: in their language where we have it; no code, no office, nothing of the past."""
    by = current()
    case = get_case(by, case_id)
    row = queries.plan_row(queries.get_plan(by, case_id, plan_id))
    seen("reintegration", [case_id], part="plan_print")
    promised = [one for one in queries.promises(by, case) if one.promise.state == "open"]
    with force_locale(page_language(get_person(case.person_id).language) or by.language):
        return render_template("reintegration/plan_print.html", row=row, promises=promised)
