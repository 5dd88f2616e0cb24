"""Naming and taking back a deputy."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access import guards
from casework.access.forms.administration import OfficeDeputyForm
from casework.access.forms.signin import DeputyForm
from casework.access.permissions import APPROVALS, Permission
from casework.access.queries import deputies_of, members, policies
from casework.access.service import deputies
from casework.access.views.addresses import form_at
from casework.access.views.blueprint import bp
from casework.access.views.pages import form_page
from casework.db import uuid7
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


@bp.get("/administration/deputies")
@guards.requires(Permission.ORGANISATION_MANAGE)
def office_deputies() -> ResponseReturnValue:
    """Who approves in whose place at the own office, now and later."""
    actor = guards.current()
    names = {one.membership_id: one.display_name for one in members(actor.organisation_id, only_current=False)}
    press = TapForm(data={"draft": str(uuid7())})
    return render_template("access/office_deputies.html", rows=deputies_of(names), names=names, press=press)


@form_at(bp, "/administration/deputies/new", Permission.ORGANISATION_MANAGE, begin="new_office_deputy", fresh=True)
def name_office_deputy(draft_id: UUID) -> ResponseReturnValue:
    """Name a deputy for a colleague who is away and can't do it."""
    actor = guards.current()
    form = http.open_form(OfficeDeputyForm, draft_id)
    able = {code for code, policy in policies().items() if policy.permissions & APPROVALS}
    staff = [one for one in members(actor.organisation_id) if one.user_id != actor.user_id]
    form.membership.choices = [(str(one.membership_id), one.display_name) for one in staff if able & {*one.roles}]
    form.deputy_membership_id.choices = [(str(one.membership_id), one.display_name) for one in staff]

    def act() -> Answer:
        deputies.name_for(
            UUID(form.membership.data),
            deputy_membership_id=UUID(form.deputy_membership_id.data),
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            by=actor,
        )
        return Answer(url_for("access.office_deputies"), gettext("The deputy is named."))

    verb = gettext("Name deputy")
    return http.submit(form, key=draft_id, act=act, page=lambda f: form_page("office_deputy", f, verb))


@bp.post("/administration/deputies/<uuid:deputy_id>/end")
@guards.requires(Permission.ORGANISATION_MANAGE)
def end_office_deputy(deputy_id: UUID) -> ResponseReturnValue:
    """Take a delegation of the own office back."""
    actor = guards.current()

    def act() -> Answer:
        deputies.take_back_for(deputy_id, by=actor)
        return Answer(url_for("access.office_deputies"), gettext("Taken back."))

    return http.tap(TapForm(), record_id=deputy_id, version=1, action="end-office", act=act)
