"""Signing in and out, the code after the password, and proving again who one is."""

from __future__ import annotations

from flask import current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access import guards
from casework.access.forms.signin import CodeForm, ConfirmForm, SignInForm
from casework.access.service import demo, factors
from casework.access.views import door
from casework.access.views.blueprint import bp
from casework.access.views.pages import form_page
from casework.web.forms import TapForm
from casework.web.marks import public


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """The door: one answer for every refusal."""
    form = SignInForm()
    if request.method == "POST" and form.validate():
        opened = door.try_password(form.username.data, form.password.data, office=form.office.data)
        if opened is not None:
            guards.end_current("renewed")
            return door.let_in(opened, request.args.get("next"), greet=True)
        form.form_errors = [gettext(door.WRONG)]
    listed = demo.accounts() if current_app.config["CASEWORK_DEMO"] else []
    return form_page("sign_in", form, gettext("Sign in"), accounts=listed), 422 if form.form_errors else 200


@bp.route("/sign-in/code", methods=["GET", "POST"])
@guards.signed_in_only(at=guards.CODE)
def code() -> ResponseReturnValue:
    """The second step after the password."""
    signed = guards.identity()
    if guards.pending_step(signed) != guards.CODE:
        return redirect(guards.own_path(request.args.get("next")), 303)
    form = CodeForm()
    if request.method == "POST" and form.validate():
        opened = door.try_code(signed, code=form.code.data, recovery=form.recovery.data)
        if opened is not None:
            return door.let_in(opened, request.args.get("next"), greet=True)
        form.form_errors = [gettext(factors.WRONG_CODE)]
    shown = demo.code_for(signed.actor.username) if current_app.config["CASEWORK_DEMO"] and signed.is_demo else ""
    return form_page("code", form, gettext("Go on"), demo_code=shown), 422 if form.form_errors else 200


@bp.route("/sign-in/again", methods=["GET", "POST"])
@guards.signed_in_only()
def confirm() -> ResponseReturnValue:
    """Prove again who sits here; good for five minutes."""
    signed = guards.identity()
    form = ConfirmForm()
    if request.method == "POST" and form.validate():
        opened = door.try_confirm(signed, password=form.password.data, code=form.code.data)
        if opened is not None:
            return door.let_in(opened, request.args.get("next"))
        form.form_errors = [gettext(door.WRONG)]
    shown = demo.code_for(signed.actor.username) if current_app.config["CASEWORK_DEMO"] and signed.is_demo else ""
    return form_page("confirm", form, gettext("Go on"), demo_code=shown), 422 if form.form_errors else 200


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session and everything the browser kept of it."""
    if not TapForm().validate():
        return redirect(url_for("access.sign_in"), 303)
    guards.end_current()
    session.clear()
    flash(gettext("You are signed out."))
    return guards.take_session(current_app.make_response(redirect(url_for("access.sign_in"), 303)))
