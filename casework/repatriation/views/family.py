"""Looking for the family: asking, the page of one request, what came of it."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission, can
from casework.access.queries import organisations
from casework.cases.models import Case
from casework.cases.queries import case_bar, get_case
from casework.codes.queries import choices
from casework.errors import NotVisible
from casework.repatriation import queries, service
from casework.repatriation.forms import FoundForm, StopForm, TraceForm
from casework.repatriation.kinds import FOUND, OFFERED_TRACING_STOPS, PARTIES, TRACING_STOPS, WISHES
from casework.repatriation.models import FamilyTracing, ReturnPath
from casework.repatriation.service.family import ACTION, OUTCOME, SAFE
from casework.repatriation.views.blueprint import bp, form_page, load_path, show_form
from casework.repatriation.views.plan import PATH
from casework.web.forms import Option, chosen_id, options
from casework.writes.http import open_form, seen
from casework.writes.orchestrator import Answer

TRACING = "/cases/<uuid:case_id>/return/family/<uuid:tracing_id>"


@form_page(f"{PATH}/family", Permission.RETURN_MANAGE)
def ask_family(case_id: UUID, path_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Ask an office to look for the family."""
    by = current()
    _, case = load_path(case_id, path_id)
    form = open_form(TraceForm, draft_id)
    form.asked_org_id.choices = [Option(str(row.id), row.name) for row in organisations()]
    form.asked_party.choices = options(PARTIES, [code for code in PARTIES if code not in ("person", "carrier")])
    form.action.choices = choices("tracing_status", group=ACTION, language=by.language)

    def act() -> Answer:
        path, same_case = load_path(case_id, path_id)
        data = service.TraceData(
            action=form.action.data,
            told=form.told.data,
            cover=form.cover.data,
            withheld=form.withheld.data,
            asked_org_id=chosen_id(form.asked_org_id.data),
            asked_party=form.asked_party.data,
            asked_on=form.asked_on.data,
            due_on=form.due_on.data,
        )
        row = service.ask_family(path, same_case, data, by=by)
        return Answer(family_url(case_id, row.id), gettext("The request is recorded. Send it by letter or phone."))

    words = {"heading": gettext("Ask about the family"), "verb": gettext("Record request")}
    intro = gettext("Only with the person's agreement to trace the family. Nothing is sent from here.")
    return show_form(form, draft_id, case, act, **words, intro=intro)


def family_url(case_id: UUID, tracing_id: UUID) -> str:
    """The page of one request."""
    return url_for("repatriation.family", case_id=case_id, tracing_id=tracing_id)


def _load(case_id: UUID, tracing_id: UUID) -> tuple[FamilyTracing, ReturnPath, Case]:
    case = get_case(current(), case_id)
    row, path = queries.get_tracing(current(), tracing_id)
    if row.case_id != case.id:
        raise NotVisible
    return row, path, case


@bp.get(TRACING)
@requires(Permission.CASE_SEE)
def family(case_id: UUID, tracing_id: UUID) -> ResponseReturnValue:
    """One request about the family, and what came of it."""
    by = current()
    row, path, case = _load(case_id, tracing_id)
    seen("return", [case_id], tracing=str(tracing_id))
    works = can(by, Permission.RETURN_MANAGE) and row.state == "asked" and path.state == "open"
    return render_template(
        "repatriation/family.html",
        bar=case_bar(by, case),
        view=queries.tracing_view(by, row),
        works=works,
        wish_words=WISHES,
    )


@form_page(f"{TRACING}/answer", Permission.RETURN_MANAGE)
def answer_family(case_id: UUID, tracing_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Write what came of a request about the family."""
    by = current()
    row, _, case = _load(case_id, tracing_id)
    form = open_form(FoundForm, draft_id, data={"version": str(row.version)})
    listed = choices("tracing_status", group=OUTCOME, language=by.language)
    form.outcome.choices = [one for one in listed if one.code != "o_pending"]
    form.safe.choices = choices("tracing_status", group=SAFE, language=by.language)
    form.wish.choices = options(WISHES)

    def act() -> Answer:
        service.answer_family(
            *_load(case_id, tracing_id),
            by=by,
            outcome=form.outcome.data,
            safe=form.safe.data,
            found={name: form[name].data or "" for name in FOUND},
            answered_on=form.answered_on.data,
            expected_version=form.seen_version,
        )
        return Answer(family_url(case_id, tracing_id), gettext("The answer is recorded."))

    words = {"heading": gettext("What came of it"), "verb": gettext("Record answer")}
    intro = gettext("Details are read by your office and the office asked. Others read only whether it is safe.")
    return show_form(form, draft_id, case, act, **words, intro=intro)


@form_page(f"{TRACING}/stop", Permission.RETURN_MANAGE)
def stop_family(case_id: UUID, tracing_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Stop asking about the family."""
    by = current()
    row, _, case = _load(case_id, tracing_id)
    form = open_form(StopForm, draft_id, data={"version": str(row.version)})
    form.reason.choices = options(TRACING_STOPS, OFFERED_TRACING_STOPS)

    def act() -> Answer:
        found = _load(case_id, tracing_id)
        service.stop_tracing(*found, by=by, reason=form.reason.data, expected_version=form.seen_version)
        return Answer(family_url(case_id, tracing_id), gettext("The request is stopped."))

    words = {"heading": gettext("Stop asking about the family"), "verb": gettext("Stop")}
    return show_form(form, draft_id, case, act, **words)
