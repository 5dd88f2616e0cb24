"""Safe contact: the rule before the number, the reason before both; ending and confirming a contact."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.queries import case_bar, get_case
from casework.cases.service import person as service
from casework.cases.views.blueprint import bp, form_page
from casework.codes.queries import choices
from casework.people import kinds
from casework.people.forms import EndContactForm, RevealForm
from casework.people.phones import display
from casework.people.queries import rules_of
from casework.web.forms import TapForm
from casework.writes.http import open_form, seen, submit, tap
from casework.writes.orchestrator import Answer


@form_page("/cases/<uuid:case_id>/contacts/<uuid:contact_id>/number", Permission.CONTACT_REVEAL, begin="ask_number")
def show_number(case_id: UUID, contact_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """The rule first; then, with a reason that is written down before, the number. The number is on no other page."""
    by = current()
    case = get_case(by, case_id)
    service.get_contact(case, contact_id, by=by)
    form = open_form(RevealForm, draft_id)
    form.offer(choices)
    found: list[Any] = []

    def act() -> Answer:
        case = get_case(by, case_id)
        confirmed = bool(form.confirmed.data)
        found.append(service.reveal_contact(case, contact_id, by=by, reason=form.reason.data, confirmed=confirmed))
        return Answer(request.path)

    def page(form: RevealForm, revealed: Any = None) -> str:
        seen("contact", [case_id], contact=str(contact_id))
        case = get_case(by, case_id)
        (rule,) = rules_of([service.get_contact(case, contact_id, by=by)])
        return render_template(
            "cases/number.html",
            form=form,
            bar=case_bar(by, case),
            rule=rule,
            revealed=revealed,
            shown=display(revealed.number) or revealed.handle if revealed else "",
            kinds=kinds,
        )

    answer = submit(form, key=draft_id, act=act, page=page, case_id=case_id)
    # The number itself is never stored with the answer: it is shown once, in the reply to the reason.
    return page(form, found[0]) if found else answer


@form_page("/cases/<uuid:case_id>/contacts/<uuid:contact_id>/end", Permission.CASE_EDIT, begin="ask_end_contact")
def end_contact(case_id: UUID, contact_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """A contact is no longer safe, or no longer right."""
    by = current()
    contact = service.get_contact(get_case(by, case_id), contact_id, by=by)
    form = open_form(EndContactForm, draft_id, data={"version": str(contact.version)})
    form.offer(choices)

    def act() -> Answer:
        case = get_case(by, case_id)
        service.end_contact(case, contact_id, by=by, reason=form.reason.data, version=form.seen_version)
        return Answer(url_for("cases.person", case_id=case_id), gettext("The contact is no longer offered."))

    def page(form: EndContactForm) -> str:
        seen("form", [case_id], form="end_contact")
        return render_template(
            "cases/form.html",
            form=form,
            bar=case_bar(by, get_case(by, case_id)),
            heading=gettext("End this contact"),
            verb=gettext("End contact"),
        )

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)


@bp.post("/cases/<uuid:case_id>/contacts/<uuid:contact_id>/confirm")
@requires(Permission.CASE_EDIT)
def confirm_contact(case_id: UUID, contact_id: UUID) -> ResponseReturnValue:
    """One tap: asked again today, the rule still holds."""
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        service.confirm_contact(get_case(by, case_id), contact_id, by=by, version=version)
        return Answer(url_for("cases.person", case_id=case_id), gettext("The contact was confirmed today."))

    return tap(form, record_id=contact_id, version=version, action="confirm", act=act)
