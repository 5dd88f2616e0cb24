"""Statistics of cases for who may see them, and the totals for observers."""

from __future__ import annotations

from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.access.queries import provinces_of
from casework.errors import n_
from casework.people.kinds import SEXES
from casework.reports import queries
from casework.reports.forms import CaseFilterForm
from casework.reports.queries import CaseFilter
from casework.reports.views.blueprint import bp
from casework.web.forms import options
from casework.writes.http import seen

TABLES = {
    "by_period": n_("Year or period of opening"),
    "by_sex": n_("Sex"),
    "by_age_group": n_("Adult or child"),
    "by_form": n_("Form of exploitation"),
    "by_origin_region": n_("Region of origin"),
    "by_exploitation_region": n_("Region of exploitation"),
    "by_kind": n_("Kind of record"),
}
CODES = {
    **SEXES,
    "adult": n_("Adult"),
    "child": n_("Under 18"),
    "labour": n_("Forced labour"),
    "sexual": n_("Sexual exploitation"),
    "several": n_("Several forms"),
    "running": n_("Running cases"),
    "historical": n_("Historical records"),
    "unknown": n_("Not known"),
}
KINDS = {"all": n_("all cases"), "running": n_("running cases"), "historical": n_("historical records")}


@bp.get("/reports/statistics")
@requires(Permission.REPORT_STATISTICS)
def statistics() -> ResponseReturnValue:
    """Exact tables over the cases one may see."""
    by = current()
    form = CaseFilterForm(formdata=request.args, data={"kind": "all"})
    form.kind.choices = options(KINDS)
    if not form.validate():
        return render_template("reports/statistics.html", form=form, found=None), 422
    wanted = CaseFilter(form.kind.data or "all", form.first.data, form.last.data)
    found = queries.statistics(by, wanted)
    seen("report", [], report="statistics", counted=found.cases)
    return render_template("reports/statistics.html", form=form, found=found, titles=TABLES, code_words=code_words)


@bp.get("/reports/totals")
@requires(Permission.REPORT_TOTALS)
def totals() -> ResponseReturnValue:
    """The same tables for observers: no case, no small number."""
    by = current()
    found = queries.totals(by)
    seen("report", [], report="totals")
    return render_template(
        "reports/totals.html",
        found=found,
        titles=TABLES,
        code_words=code_words,
        until=queries.counted_before() - timedelta(days=1),
        provinces=provinces_of(by.organisation_id),
    )


def code_words(code: str) -> str:
    """The words of a row; years and regions stand as the source has them."""
    return gettext(CODES[code]) if code in CODES else code
