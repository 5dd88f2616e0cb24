"""Endings: the sender takes back or withdraws a referral; recipients confirm that they stopped and erased."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.queries import get_notice
from casework.errors import n_
from casework.sharing import queries, service
from casework.sharing.views.answers import tapped
from casework.sharing.views.blueprint import bp
from casework.web.forms import TapForm
from casework.writes.http import seen, tap
from casework.writes.orchestrator import Answer

ENDED = n_("It is ended.")


@bp.post("/referrals/<uuid:referral_id>/take-back")
@requires(Permission.REFERRAL_SEND)
def take_back(referral_id: UUID) -> ResponseReturnValue:
    """One tap: not answered in time, taken back."""
    return tapped(referral_id, "take_back", service.take_back, ENDED)


@bp.post("/referrals/<uuid:referral_id>/revoke")
@requires(Permission.REFERRAL_SEND)
def revoke(referral_id: UUID) -> ResponseReturnValue:
    """One tap: the sender withdraws it; what it opened is closed."""
    return tapped(referral_id, "revoke", service.revoke, ENDED)


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
