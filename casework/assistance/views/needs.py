"""The first hour: all needs on one page, whatever the status."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Permission
from casework.assistance.forms import FirstHourForm
from casework.assistance.queries import needs_now
from casework.assistance.service import record_needs
from casework.assistance.views.blueprint import form_page, show_form
from casework.assistance.views.ledger import ledger_url
from casework.assistance.workflow import NEED_WORDS, NEEDS
from casework.cases.queries import get_case
from casework.writes.http import open_form
from casework.writes.orchestrator import Answer


@form_page("/cases/<uuid:case_id>/first-hour", Permission.ASSISTANCE_RECORD)
def first_hour(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record what the person needs now, and what was given at once."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(FirstHourForm, draft_id)

    def act() -> Answer:
        record_needs(get_case(by, case_id), by=by, answers=form.answers())
        return Answer(ledger_url(case_id), gettext("The needs are recorded."))

    words = {"heading": gettext("First hour"), "verb": gettext("Record needs")}
    return show_form(
        form,
        draft_id,
        case,
        act,
        **words,
        back=ledger_url(case_id),
        template="assistance/first_hour.html",
        needs=NEEDS,
        now=needs_now(by, case),
        need_words=NEED_WORDS,
    )
