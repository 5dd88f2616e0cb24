"""Naming and taking back a deputy."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access import guards
from casework.access.forms.signin import DeputyForm
from casework.access.permissions import APPROVALS
from casework.access.queries import deputies_of, members
from casework.access.service import deputies
from casework.access.views.blueprint import bp
from casework.access.views.pages import form_page
from casework.web.forms import TapForm
from casework.writes import http
from casework.writes.orchestrator import Answer


@bp.get("/account/deputies")
@guards.signed_in_only()
def deputy_list() -> ResponseReturnValue:
    """Who approves in one's place, now and later."""
    actor = guards.current()
    names = {one.membership_id: one.display_name for one in members(actor.organisation_id, only_current=False)}
    return render_template(
        "access/deputies.html",
        rows=deputies_of([actor.membership_id]),
        names=names,
        may_name=bool(actor.permissions & APPROVALS),
        press=TapForm(),
    )


@bp.get("/account/deputies/new")
@guards.signed_in_only()
def new_deputy() -> ResponseReturnValue:
    """To the form, under a new key."""
    return http.fresh("access.name_deputy")


@bp.route("/account/deputies/new/<uuid:draft_id>", methods=["GET", "POST"])
@guards.signed_in_only()
def name_deputy(draft_id: UUID) -> ResponseReturnValue:
    """Name a colleague of the office for some days."""
    actor = guards.current()
    form = http.open_form(DeputyForm, draft_id)
    colleagues = [one for one in members(actor.organisation_id) if one.user_id != actor.user_id]
    form.deputy_membership_id.choices = [(str(one.membership_id), one.display_name) for one in colleagues]

    def act() -> Answer:
        deputies.name_deputy(
            deputy_membership_id=UUID(form.deputy_membership_id.data),
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            by=actor,
        )
        return Answer(url_for("access.deputy_list"), gettext("Your deputy is named."))

    return http.submit(form, key=draft_id, act=act, page=lambda f: form_page("deputy", f, gettext("Name deputy")))


@bp.post("/account/deputies/<uuid:deputy_id>/end")
@guards.signed_in_only()
def end_deputy(deputy_id: UUID) -> ResponseReturnValue:
    """Take a delegation back before its last day."""
    actor = guards.current()

    def act() -> Answer:
        deputies.take_back(deputy_id, by=actor)
        return Answer(url_for("access.deputy_list"), gettext("Taken back."))

    return http.tap(TapForm(), record_id=deputy_id, version=1, action="end", act=act)
