"""The person's own request for a formal decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Permission
from casework.cases.queries import get_case
from casework.cases.views.casefile import CaseForms
from casework.codes.queries import choices
from casework.consent.queries import answer_about
from casework.errors import InvalidTransition, n_
from casework.identification import queries, service
from casework.identification.forms.decisions import RequestForm
from casework.identification.kinds import HOME, REQUEST_ANSWERS, REQUEST_MOVES
from casework.identification.views.blueprint import bp
from casework.identification.views.tab import FORMAL
from casework.writes.http import open_form
from casework.writes.orchestrator import Answer

LAST = "withdrawn"
"""Said only of a request that was made."""


def _tab(case_id: UUID) -> str:
    return url_for("identification.tab", case_id=case_id)


forms = CaseForms(bp, "identification/request.html", back=_tab)


@forms.page("/cases/<uuid:case_id>/identification/requests/new", Permission.IDENTIFICATION_SCREEN)
def ask_formally(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record what the person says about a formal decision."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(RequestForm, draft_id, data={"country": HOME})
    formal = [one for one in choices("identification_authority") if one.extra.get("may_set_formal") == "yes"]
    form.authority.choices, form.country.choices = formal, choices("country")
    form.state.choices = [one for one in REQUEST_ANSWERS.items() if one[0] != LAST]

    def act() -> Answer:
        service.record_request(get_case(by, case_id), form.request(), by=by)
        return Answer(_tab(case_id), gettext("Recorded."))

    words = {"heading": gettext("Formal decision: the person's own request"), "verb": gettext("Record")}
    return forms.show(
        form, draft_id, case, act, **words, asked=answer_about(case_id, FORMAL, org_id=by.organisation_id)
    )


@forms.page("/cases/<uuid:case_id>/identification/requests/<uuid:formal_id>", Permission.IDENTIFICATION_SCREEN)
def move_request(case_id: UUID, formal_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record what the person says now."""
    by = current()
    case = get_case(by, case_id)
    row = queries.get_request(by, case_id, formal_id)
    if not REQUEST_MOVES[row.state]:
        raise InvalidTransition(n_("This request is answered. Record a new one."))
    form = open_form(RequestForm, draft_id, data=_as_typed(by, row.id, case_id))
    del form.explained, form.authority, form.country
    form.state.choices = [(state, REQUEST_ANSWERS[state]) for state in REQUEST_MOVES[row.state]]

    def act() -> Answer:
        found = queries.get_request(by, case_id, formal_id)
        data = form.request(found.authority, found.country)
        service.move_request(found, get_case(by, case_id), data, by=by, expected_version=form.seen_version)
        return Answer(_tab(case_id), gettext("Recorded."))

    words = {"heading": gettext("What the person says now"), "verb": gettext("Record")}
    return forms.show(
        form, draft_id, case, act, **words, asked=answer_about(case_id, FORMAL, org_id=by.organisation_id),
        current_values=lambda: _as_typed(by, formal_id, case_id),
    )  # fmt: skip


def _as_typed(by: Any, formal_id: UUID, case_id: UUID) -> dict[str, Any]:
    """The form's values as they stand on the record; what the person says is asked anew."""
    view = next(one for one in queries.requests_of(by, case_id) if one.request.id == formal_id)
    row = view.request
    values = {"version": str(row.version), "asked_on": row.asked_on, "accompanied": row.accompanied}
    return values | {"office": view.office, "words": view.words}
