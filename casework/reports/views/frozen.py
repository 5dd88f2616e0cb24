"""Freezing a report as it is handed in, the list of those, and each beside what it would say today."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.access.queries import names_of
from casework.errors import InvalidInput
from casework.reports import service
from casework.reports.forms import FreezeForm
from casework.reports.measures import Change, Measure, changes
from casework.reports.models import FREEZABLE
from casework.reports.queries.kept import digest_of, figures_of, frozen_reports, get_frozen, words_of_frozen
from casework.reports.queries.measured import days_in, measured
from casework.reports.views.blueprint import bp
from casework.reports.views.measures import REPORTS, lines_of, narrowing
from casework.writes.http import fresh, open_form, seen, submit
from casework.writes.orchestrator import Answer


@bp.get("/reports/freeze")
@requires(Permission.REPORT_EXPORT, Permission.REPORT_STATISTICS)
def new_freeze() -> ResponseReturnValue:
    """To the questions before a report is frozen, with the filter it stands under."""
    kept = {name: request.args[name] for name in ("report", "filters") if name in request.args}
    if kept.get("report") not in FREEZABLE or "filters" not in kept:
        return redirect(url_for("reports.index"), 303)
    return fresh("reports.freeze", **kept)


@bp.route("/reports/freeze/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.REPORT_EXPORT, Permission.REPORT_STATISTICS)
def freeze(draft_id: UUID) -> ResponseReturnValue:
    """Show what would be frozen; ask what it is called and to whom it is handed in."""
    by = current()
    asked = {name: request.args.get(name, "") for name in ("report", "filters")}
    form = open_form(FreezeForm, draft_id, data=asked)
    figures: list[Measure] = []

    def measure() -> None:
        """Before the transaction: counting may take a while, and nobody should wait for it to write."""
        figures.extend(measured(by, form.report.data or "", form.filters.data or ""))

    def act() -> Answer:
        report, filters = form.report.data or "", form.filters.data or ""
        first, last = days_in(report, filters)
        row = service.freeze(
            by, report=report, first=first, last=last, filters=filters, figures=figures,
            title=form.title.data or "", receiver=form.receiver.data or "", remark=form.remark.data or "",
        )  # fmt: skip
        return Answer(url_for("reports.frozen", frozen_id=row.id), gettext("The report is frozen."))

    def page(form: FreezeForm) -> str:
        report, filters = form.report.data or "", form.filters.data or ""
        shown = figures or measured(by, report, filters)
        seen("report", [], report="freeze")
        return render_template(
            "reports/freeze.html",
            form=form,
            report=REPORTS.get(report, ""),
            narrowed=narrowing(by, report, filters),
            lines=lines_of([Change(one, None) for one in shown]),
            days=days_in(report, filters),
        )

    if request.method == "GET":
        try:
            days_in(form.report.data or "", form.filters.data or "")
        except InvalidInput:
            return redirect(url_for("reports.index"), 303)
    return submit(form, key=draft_id, act=act, page=page, prepare=measure)


@bp.get("/reports/frozen")
@requires(Permission.REPORT_STATISTICS)
def frozen_list() -> ResponseReturnValue:
    """Reports that the own office froze: what, which days, who, when, for whom."""
    rows = frozen_reports(current())
    return render_template(
        "reports/frozen_list.html",
        rows=rows,
        words=words_of_frozen(rows),
        people=names_of([row.author_user_id for row in rows]),
        reports=REPORTS,
    )


@bp.get("/reports/frozen/<uuid:frozen_id>")
@requires(Permission.REPORT_STATISTICS)
def frozen(frozen_id: UUID) -> ResponseReturnValue:
    """One frozen report; for who is entitled to the exact numbers beside what it would say today."""
    by = current()
    row = get_frozen(by, frozen_id)
    then, exact = figures_of(by, row)
    now = measured(by, row.report, row.filters) if exact else []
    found = changes(then, now) if exact else [Change(one, None) for one in then]
    seen("report", [], report="frozen")
    return render_template(
        "reports/frozen.html",
        row=row,
        words=words_of_frozen([row])[row.id],
        who=names_of([row.author_user_id]).get(row.author_user_id, ""),
        report=REPORTS[row.report],
        narrowed=narrowing(by, row.report, row.filters),
        exact=exact,
        whole=digest_of(row) == row.digest,
        lines=lines_of(found),
        moved=sum(one.moved for one in found) if exact else 0,
    )
