"""The referral report: a sentence of filters, four figures, small charts, the table."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.access.queries import organisation_names
from casework.cases.queries import Cursor
from casework.db import utcnow
from casework.referrals.kinds import KINDS
from casework.reports import queries
from casework.reports.queries import Group
from casework.reports.queries.kept import filters_of
from casework.reports.queries.referrals import TRANSFER
from casework.reports.views.blueprint import bp
from casework.reports.views.filters import filter_of_request, kept
from casework.reports.views.saved import address
from casework.web.filters import label
from casework.writes.http import seen

BARS = 8
"""Services that have a bar of their own; the rest stand together."""


@bp.get("/reports/referrals")
@requires(Permission.REPORT_REFERRALS)
def referrals() -> ResponseReturnValue:
    """Figures and rows of the referrals one may see, narrowed by the filter. Codes only, no names."""
    by = current()
    form, wanted = filter_of_request(by)
    if wanted is None:
        return render_template("reports/referrals.html", form=form, figures=None), 422
    rows, after = queries.rows(by, wanted, after=Cursor.read(request.args.get("after")))
    figures = queries.figures(by, wanted)
    seen("report", [row.case_id for row in rows], report="referrals", counted=figures.all.sent)
    offices = organisation_names({row.author_org_id for row in rows} | {row.to_org_id for row in rows if row.to_org_id})
    return render_template(
        "reports/referrals.html",
        form=form,
        figures=figures,
        charts=[
            (gettext("State"), bars(figures.by_status, "referral_status")),
            (gettext("Service"), bars(figures.by_service, "service_type")),
            (gettext("Priority"), bars(figures.by_priority, "referral_priority")),
        ],
        rows=rows,
        offices=offices,
        now=utcnow(),
        transfer=gettext(KINDS["transfer"]),
        export_url=url_for("reports.new_export", **kept()),
        freeze_url=url_for("reports.new_freeze", report="referrals", filters=wanted.written()),
        keep_url=url_for("reports.new_keep_filter", **kept()),
        saved=[(one, address(one)) for one in filters_of(by)],
        next_url=url_for("reports.referrals", after=str(after), **kept()) if after else "",
    )


def bars(groups: Mapping[str, Group], list_name: str) -> list[tuple[str, int]]:
    """(words, referrals) with the largest first; small ones of a long list stand together."""
    ordered = sorted(groups.items(), key=lambda item: (-item[1].sent, item[0]))
    made = [(_words(code, list_name), group.sent) for code, group in ordered[:BARS]]
    rest = sum(group.sent for _, group in ordered[BARS:])
    return [*made, (gettext("All others"), rest)] if rest else made


def _words(code: str, list_name: str) -> str:
    return gettext(KINDS[TRANSFER]) if code == TRANSFER else label(code, list_name)
