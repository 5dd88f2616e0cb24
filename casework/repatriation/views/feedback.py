"""Feedback to the sending country: writing it, and the letter."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.queries import case_bar, get_case
from casework.errors import NotVisible
from casework.repatriation import queries, service
from casework.repatriation.forms import FeedbackForm
from casework.repatriation.kinds import FEEDBACK_OCCASIONS, FEEDBACK_TELLS
from casework.repatriation.views.blueprint import bp, form_page, load_path, show_form, tab_url
from casework.repatriation.views.plan import PATH
from casework.web.forms import Option, options
from casework.writes.http import open_form, seen
from casework.writes.orchestrator import Answer

REFUSED = "refused"
"""The answer of a person who wants nothing told."""


@form_page(f"{PATH}/feedback", Permission.RETURN_MANAGE)
def feedback(case_id: UUID, path_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Write feedback to the country that sent the person home, or the person's no to it."""
    by = current()
    _, case = load_path(case_id, path_id)
    form = open_form(FeedbackForm, draft_id)
    form.occasion.choices = options(FEEDBACK_OCCASIONS)
    agreed = [Option(str(row.id), row.recipient_name) for row in queries.agreed_entries(by, case)]
    form.to.choices = [*agreed, Option(REFUSED, gettext("Nobody: the person does not want it"))]

    def act() -> Answer:
        path, same_case = load_path(case_id, path_id)
        values = {"by": by, "occasion": form.occasion.data, "given_on": form.given_on.data}
        if form.to.data == REFUSED:
            service.refuse_feedback(path, same_case, **values)
            return Answer(tab_url(case_id), gettext("It is recorded that the person does not want it."))
        told = {name: form[name].data for name in FEEDBACK_TELLS if form[name].data is not None}
        row = service.send_feedback(path, same_case, **values, entry_id=UUID(form.to.data), told=told)
        return Answer(f"{tab_url(case_id)}/feedback/{row.id}", gettext("The letter is written. Print it and send it."))

    words = {"heading": gettext("Feedback to the sending country"), "verb": gettext("Write the letter")}
    intro = gettext("In general terms, and only what the person agreed to tell. Nothing is sent from here.")
    return show_form(form, draft_id, case, act, **words, intro=intro)


@bp.get("/cases/<uuid:case_id>/return/feedback/<uuid:feedback_id>")
@requires(Permission.CASE_SEE)
def feedback_letter(case_id: UUID, feedback_id: UUID) -> ResponseReturnValue:
    """The letter as it was written, for the office that wrote it."""
    by = current()
    case, view = get_case(by, case_id), queries.get_feedback(by, feedback_id)
    if view.row.case_id != case.id or view.row.author_org_id != by.organisation_id or view.row.state == REFUSED:
        raise NotVisible
    seen("return", [case_id], feedback=str(feedback_id))
    return render_template("repatriation/feedback_letter.html", bar=case_bar(by, case), view=view)
