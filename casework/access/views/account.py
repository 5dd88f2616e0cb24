"""The own account: password, sessions, the office one acts for."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access import guards
from casework.access.forms.signin import OfficeForm, PasswordForm
from casework.access.models import User
from casework.access.queries import live_sessions, memberships_of, policies
from casework.access.service import accounts, factors, passwords, sessions
from casework.access.views import door
from casework.access.views.blueprint import bp
from casework.access.views.pages import form_page, secret_form
from casework.db import db
from casework.errors import InvalidInput, n_
from casework.web.forms import TapForm
from casework.writes import drafts, http
from casework.writes.orchestrator import Answer, transaction


@bp.get("/account")
@guards.signed_in_only()
def account() -> ResponseReturnValue:
    """What stands about the own account: roles, sessions, second step."""
    actor = guards.current()
    user = db.session.get_one(User, actor.user_id)
    return render_template(
        "access/account.html",
        user=user,
        roles=[policies()[code].label for code in sorted(actor.roles)],
        scope=actor.scope.label,
        sessions=live_sessions(actor.user_id),
        own_session=actor.session_id,
        codes_left=factors.recovery_codes_left(actor.user_id),
        reset=factors.open_reset(actor.user_id),
        several=len(memberships_of(actor.user_id)) > 1,
        press=TapForm(),
        drafts=[(draft, "") for draft in drafts.list_for(actor)],
    )


@bp.post("/account/drafts/<uuid:draft_id>/discard")
@guards.signed_in_only()
def discard_draft(draft_id: UUID) -> ResponseReturnValue:
    """Throw away one of the own drafts."""
    actor = guards.current()

    def act() -> Answer:
        drafts.discard(draft_id, by=actor)
        return Answer(url_for("access.account"), gettext("The draft is thrown away."))

    return http.tap(TapForm(), record_id=draft_id, version=1, action="discard", act=act)


@bp.route("/account/password", methods=["GET", "POST"])
@guards.signed_in_only(at=guards.PASSWORD)
def password() -> ResponseReturnValue:
    """Change the own password; all other sessions end, and this one goes on under a new token."""
    signed, form = guards.identity(), PasswordForm()
    new_hash = ""

    def act() -> Response:
        user = db.session.get_one(User, signed.actor.user_id)
        accounts.change_password(user, password_hash=new_hash, by=signed.actor)
        token = sessions.renew(signed)
        flash(gettext("The password is changed. Other places where you were signed in are signed out."))
        return door.let_in(door.Opened(token, None), request.args.get("next") or url_for("access.account"))

    if request.method == "POST" and form.validate():
        try:
            _check_change(form, signed.actor.user_id)
            new_hash = passwords.make(form.new_password.data)
        except InvalidInput as error:
            form.blame(error)
            return _password_page(form), 422
    return secret_form(form, act, lambda: _password_page(form))


def _password_page(form: PasswordForm) -> str:
    first = guards.identity().must_change_password
    return form_page("password", form, gettext("Change password"), first=first)


def _check_change(form: PasswordForm, user_id: UUID) -> None:
    """Raise InvalidInput for a wrong old password, a new one that does not fit, or two that differ."""
    if form.new_password.data != form.again.data:
        raise InvalidInput(n_("The two new passwords differ. Enter the same twice."), field="again")
    if form.new_password.data == form.old_password.data:
        raise InvalidInput(n_("Choose a password you did not use until now."), field="new_password")
    accounts.password_fits(db.session.get_one(User, user_id), form.new_password.data)
    if not door.right_password(guards.identity(), form.old_password.data):
        raise InvalidInput(door.WRONG, field="old_password")


@bp.post("/account/sessions/<uuid:session_id>/end")
@guards.signed_in_only()
def end_session(session_id: UUID) -> ResponseReturnValue:
    """End one of the own sessions."""
    actor = guards.current()

    def act() -> Answer:
        sessions.end_own(session_id, by=actor)
        return Answer(url_for("access.account"), gettext("That session is signed out."))

    return http.tap(TapForm(), record_id=session_id, version=1, action="end", act=act)


@bp.route("/account/office", methods=["GET", "POST"])
@guards.signed_in_only()
def act_for() -> ResponseReturnValue:
    """Choose the membership this session acts for; it goes on under a new token."""
    signed, form = guards.identity(), OfficeForm()
    labels = {code: policy.label for code, policy in policies().items()}
    held = memberships_of(signed.actor.user_id)
    form.membership.choices = [
        (str(one.membership_id), f"{one.organisation_name}: {', '.join(gettext(labels[role]) for role in one.roles)}")
        for one in held
    ]
    if request.method != "POST":
        form.membership.data = str(signed.actor.membership_id)
    if request.method == "POST" and form.validate():
        with transaction():
            token = sessions.renew(signed, membership_id=UUID(form.membership.data))
        return door.let_in(door.Opened(token, None), "/")
    page = form_page("act_for", form, gettext("Act for this office"), several=len(held) > 1)
    return page, 422 if form.errors else 200
