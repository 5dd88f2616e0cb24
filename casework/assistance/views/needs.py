"""The first evening of somebody who has a case: needs, safe contact, rest, paper; whatever the status."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Permission
from casework.assistance.forms import FirstHourForm
from casework.assistance.queries import needs_now
from casework.assistance.service import record_evening
from casework.assistance.views.blueprint import form_page, show_form
from casework.assistance.views.ledger import ledger_url
from casework.assistance.workflow import NEED_WORDS, NEEDS
from casework.cases.queries import classes_of, get_case
from casework.cases.views.links import case_url
from casework.codes.queries import choices
from casework.people import kinds
from casework.people.queries import contacts_of, rules_of
from casework.writes.http import open_form
from casework.writes.orchestrator import Answer


@form_page("/cases/<uuid:case_id>/first-hour", Permission.ASSISTANCE_RECORD)
def first_hour(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record what the person needs now and what was given at once, how to reach them, and what must wait."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(FirstHourForm, draft_id)
    form.offer(choices)
    known = contacts_of(case.person_id) if "safe_contact" in classes_of(by, case_id) else []

    def act() -> Answer:
        evening = form.evening()
        record_evening(get_case(by, case_id), evening, by=by)
        return Answer(ledger_url(case_id) if evening.answers else case_url(case_id), gettext("Recorded."))

    words = {"heading": gettext("First evening"), "verb": gettext("Record")}
    return show_form(
        form,
        draft_id,
        case,
        act,
        **words,
        back=case_url(case_id),
        template="assistance/first_hour.html",
        needs=NEEDS,
        now=needs_now(by, case),
        need_words=NEED_WORDS,
        rules=rules_of(known),
        kinds=kinds,
    )
