"""The blueprint of reports, and the way from 'Reports' to the first report the role may open."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from casework.access.guards import current, signed_in_only
from casework.access.permissions import Permission, can
from casework.errors import NotAllowed, n_

bp = Blueprint("reports", __name__)

FIRST = (
    (Permission.REPORT_REFERRALS, "reports.referrals"),
    (Permission.REPORT_STATISTICS, "reports.statistics"),
    (Permission.REPORT_TOTALS, "reports.totals"),
)


@bp.get("/reports")
@signed_in_only()
def index() -> ResponseReturnValue:
    """To the first report the role may open."""
    for permission, endpoint in FIRST:
        if can(current(), permission):
            return redirect(url_for(endpoint), 303)
    raise NotAllowed(n_("Your role does not allow this."))
