"""Endings: the sender takes back or withdraws a referral; recipients confirm that they stopped and erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.queries import get_notice
from casework.referrals.queries import get_referral
from casework.sharing import queries, service
from casework.sharing.views.answers import here
from casework.sharing.views.blueprint import bp
from casework.web.forms import TapForm
from casework.writes.http import seen, tap
from casework.writes.orchestrator import Answer


@bp.post("/referrals/<uuid:referral_id>/take-back")
@requires(Permission.REFERRAL_SEND)
def take_back(referral_id: UUID) -> ResponseReturnValue:
    """One tap: not answered in time, taken back."""
    return _ended(referral_id, "take_back", service.take_back)


@bp.post("/referrals/<uuid:referral_id>/revoke")
@requires(Permission.REFERRAL_SEND)
def revoke(referral_id: UUID) -> ResponseReturnValue:
    """One tap: the sender withdraws it; what it opened is closed."""
    return _ended(referral_id, "revoke", service.revoke)


@bp.get("/referrals/stop")
@requires(Permission.REFERRAL_ANSWER)
def stops() -> ResponseReturnValue:
    """What this office was asked to stop using and to erase, until it says that it did."""
    rows = queries.stop_notices(current())
    seen("stops", [row.case_id for row in rows])
    tap_form = TapForm(formdata=None, data={"version": "0"})
    return render_template("sharing/stop.html", rows=rows, tap=tap_form)


@bp.post("/referrals/stop/<uuid:notice_id>")
@requires(Permission.REFERRAL_ANSWER)
def confirm_stop(notice_id: UUID) -> ResponseReturnValue:
    """One tap: stopped, and erased where possible."""
    by = current()

    def act() -> Answer:
        service.acknowledge_stop(get_notice(by, notice_id), by=by)
        return Answer(url_for("sharing.stops"), gettext("Recorded. The sender knows."))

    return tap(TapForm(), record_id=notice_id, version=0, action="stop", act=act)


def _ended(referral_id: UUID, action: str, do: Callable[..., Any]) -> ResponseReturnValue:
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        do(get_referral(by, referral_id), by=by, expected_version=version)
        return Answer(here(referral_id), gettext("It is ended."))

    return tap(form, record_id=referral_id, version=version, action=action, act=act)
