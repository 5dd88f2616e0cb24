"""The own filters of the referral report: kept under a name, taken away."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.reports import service
from casework.reports.forms import KeepFilterForm
from casework.reports.queries.kept import Kept
from casework.reports.views.blueprint import bp
from casework.reports.views.filters import address_of, filter_of_request, in_words, kept
from casework.reports.workflow import SPANS, read_filter, usual_filter
from casework.web.forms import TapForm, options
from casework.writes.http import fresh, open_form, submit, tap
from casework.writes.orchestrator import Answer


def address(one: Kept) -> str:
    """The report under a kept filter, as it means today."""
    return url_for("reports.referrals", **address_of(one.wanted))


@bp.get("/reports/referrals/filters")
@requires(Permission.REPORT_REFERRALS)
def new_keep_filter() -> ResponseReturnValue:
    """To the form that keeps the filter of the report."""
    if filter_of_request(current())[1] is None:
        return redirect(url_for("reports.referrals", **kept()), 303)
    return fresh("reports.keep_filter", **kept())


@bp.route("/reports/referrals/filters/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.REPORT_REFERRALS)
def keep_filter(draft_id: UUID) -> ResponseReturnValue:
    """Keep a filter under a name, with its days or with days that move along."""
    by = current()
    wanted = filter_of_request(by)[1] if request.method == "GET" else None
    form = open_form(KeepFilterForm, draft_id, data={"filters": (wanted or usual_filter()).written(), "span": "fixed"})
    form.span.choices = options(SPANS)

    def act() -> Answer:
        asked = read_filter(form.filters.data)
        service.keep_filter(by, asked, name=form.name.data or "", span=form.span.data or "")
        return Answer(url_for("reports.referrals", **address_of(asked)), gettext("The filter is kept."))

    def page(form: KeepFilterForm) -> str:
        asked = read_filter(form.filters.data)
        return render_template("reports/keep.html", form=form, wanted=asked, narrowed=in_words(asked, by))

    return submit(form, key=draft_id, act=act, page=page)


@bp.post("/reports/referrals/filters/<uuid:filter_id>/drop")
@requires(Permission.REPORT_REFERRALS)
def drop_filter(filter_id: UUID) -> ResponseReturnValue:
    """One tap: a kept filter is no longer needed."""
    by = current()

    def act() -> Answer:
        service.drop_filter(by, filter_id)
        return Answer(url_for("reports.referrals"), gettext("The filter is taken away."))

    return tap(TapForm(), record_id=filter_id, version=0, action="drop", act=act)
