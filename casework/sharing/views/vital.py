"""Vital interest on pages: opening with a reason, and the supervisor's decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Actor, Permission
from casework.access.queries import names_of, organisation
from casework.cases.queries import case_bar, get_case
from casework.codes.queries import choices
from casework.consent.models import VitalOpening
from casework.consent.workflow import SEPARATE_PURPOSES
from casework.db import end_of_day
from casework.sharing import service
from casework.sharing.forms import AskForm, DecisionForm, VitalForm
from casework.sharing.views.blueprint import form_page, other_offices, read_id, shareable
from casework.web.forms import often_first
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer


@form_page("/cases/<uuid:case_id>/vital", Permission.VITAL_OPEN)
def open_vital(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Let an office in for 72 hours because life or limb is at stake."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(VitalForm, draft_id)
    form.recipient.choices = other_offices(by, with_users=True)
    form.purpose.choices = [c for c in choices("consent_purpose", group="care") if c.code not in SEPARATE_PURPOSES]
    form.classes.choices = shareable()

    def act() -> Answer:
        service.open_vital(
            get_case(by, case_id),
            by=by,
            org_id=read_id(form.recipient.data, field="recipient"),
            purpose=form.purpose.data,
            classes=form.classes.data,
            reason=form.reason.data,
        )
        return Answer(url_for("sharing.consent", case_id=case_id), gettext("The office is let in for 72 hours."))

    def page(form: VitalForm) -> str:
        seen("form", [case_id], form="vital")
        return render_template("sharing/vital.html", form=form, bar=case_bar(by, case))

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)


def _opening(by: Actor, case_id: UUID, opening_id: UUID) -> VitalOpening:
    return service.get_opening(opening_id, get_case(by, case_id), by=by)


@form_page(
    "/cases/<uuid:case_id>/vital/openings/<uuid:opening_id>",
    Permission.VITAL_DECIDE,
    begin="vital_opening",
    load=_opening,
)
def decide_vital(case_id: UUID, opening_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Confirm an opening, or end it at once."""
    by = current()
    case = get_case(by, case_id)
    opening = service.get_opening(opening_id, case, by=by)
    form = open_form(DecisionForm, draft_id, data={"version": str(opening.version)})

    def act() -> Answer:
        now = get_case(by, case_id)
        service.decide_vital(
            service.get_opening(opening_id, now, by=by),
            now,
            by=by,
            decision=form.decision.data,
            reason=form.reason.data,
            expected_version=form.seen_version,
        )
        return Answer(url_for("sharing.consent", case_id=case_id), gettext("The decision is recorded."))

    def page(form: DecisionForm) -> str:
        seen("vital_opening", [case_id])
        who = names_of([opening.opened_by])
        return render_template(
            "sharing/decide.html",
            form=form,
            bar=case_bar(by, case),
            opening=opening,
            reason=service.reason_of(opening),
            office=organisation(opening.org_id).name,
            opened_by=who.get(opening.opened_by, ""),
        )

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)


@form_page("/cases/<uuid:case_id>/ask", Permission.REFERRAL_SEND)
def ask(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Ask another office, such as the ministry above, for advice: a dated look with consent."""
    by = current()
    case = get_case(by, case_id)
    form: Any = open_form(AskForm, draft_id)
    form.to.choices = other_offices(by, with_users=True)
    form.purpose.choices = often_first(choices("consent_purpose"))

    def act() -> Answer:
        service.ask_office(
            get_case(by, case_id),
            by=by,
            org_id=read_id(form.to.data, field="to"),
            purpose=form.purpose.data,
            until=end_of_day(form.until.data),
            question=form.question.data,
        )
        return Answer(url_for("sharing.consent", case_id=case_id), gettext("The office is asked."))

    def page(form: AskForm) -> str:
        seen("form", [case_id], form="ask")
        return render_template("sharing/ask.html", form=form, bar=case_bar(by, case))

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)
