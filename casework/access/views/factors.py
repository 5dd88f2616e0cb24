"""Setting up the second step: QR code, first code, recovery codes; stopping a reset one did not ask for."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access import guards
from casework.access.forms.signin import EnrolForm
from casework.access.models import User
from casework.access.service import factors, sessions
from casework.access.views.blueprint import bp
from casework.access.views.pages import form_page, secret_form
from casework.db import db
from casework.errors import NotVisible
from casework.web import hooks
from casework.web.forms import TapForm
from casework.writes import http
from casework.writes.orchestrator import Answer, transaction


@bp.route("/account/code", methods=["GET", "POST"])
@guards.signed_in_only(at=guards.ENROL)
def enrol() -> ResponseReturnValue:
    """First a button that makes the secret (a GET writes nothing), then the picture and the first code."""
    signed = guards.identity()
    user = db.session.get_one(User, signed.actor.user_id)
    if signed.factor_enrolled:
        return redirect(url_for("access.account"), 303)
    if factors.pending(user) is None:
        return _begin(user)
    form = EnrolForm()

    def act() -> Response:
        codes = factors.confirm(user, code=form.code.data, by=signed.actor)
        device_needed = sessions.renew(signed, factor="code", step_up=True)
        return guards.give_session(_codes_page(codes), device_needed)

    return secret_form(form, act, lambda: _enrol_page(form, user))


def _begin(user: User) -> ResponseReturnValue:
    form = TapForm()
    if request.method == "POST" and form.validate():
        with transaction():
            factors.begin(db.session.get_one(User, user.id))
        return redirect(url_for("access.enrol", next=request.args.get("next")), 303)
    return form_page("enrol_begin", form, gettext("Show the picture"))


def _enrol_page(form: EnrolForm, user: User) -> str:
    hooks.keep_uncompressed()
    secret = factors.pending(user) or ""
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return form_page("enrol", form, gettext("Switch it on"), secret=spaced)


@bp.get("/account/code/picture.svg")
@guards.signed_in_only(at=guards.ENROL)
def picture() -> ResponseReturnValue:
    """The QR code of the secret that waits to be confirmed; nobody else's, and none once it is in force."""
    user = db.session.get_one(User, guards.current().user_id)
    secret = factors.pending(user)
    if secret is None:
        raise NotVisible
    hooks.keep_uncompressed()
    response = make_response(factors.picture(user, secret))
    response.mimetype = "image/svg+xml"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@bp.route("/account/recovery", methods=["GET", "POST"])
@guards.signed_in_only(fresh=True)
def recovery() -> ResponseReturnValue:
    """Ten new recovery codes; the old ones stop working."""
    signed, form = guards.identity(), TapForm()
    if not signed.factor_enrolled:
        return redirect(url_for("access.enrol"), 303)

    def act() -> Response:
        codes = factors.renew_recovery_codes(db.session.get_one(User, signed.actor.user_id), by=signed.actor)
        return _codes_page(codes)

    return secret_form(form, act, lambda: form_page("recovery", form, gettext("Make ten new codes")))


def _codes_page(codes: list[str]) -> Response:
    hooks.keep_uncompressed()
    onward = guards.own_path(request.args.get("next"))
    return make_response(render_template("access/codes.html", codes=codes, next=onward))


@bp.post("/account/code/reset/stop")
@guards.signed_in_only()
def stop_reset() -> ResponseReturnValue:
    """Stop a reset of the own second step that an administrator prepares."""
    actor = guards.current()
    request_row = factors.open_reset(actor.user_id)
    if request_row is None:
        raise NotVisible

    def act() -> Answer:
        factors.cancel_reset(db.session.merge(request_row), by=actor)
        return Answer(url_for("access.account"), gettext("The reset is stopped."))

    return http.tap(TapForm(), record_id=request_row.id, version=1, action="stop", act=act)
