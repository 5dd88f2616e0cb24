"""Indicators of the office: each with what was counted, of how many, and its definition."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.assistance.views import money
from casework.codes import queries as codes
from casework.errors import InvalidInput, n_
from casework.reports.forms import PeriodForm
from casework.reports.queries.indicators import Figure, Part, Period, indicators
from casework.reports.queries.measured import write_period
from casework.reports.views.blueprint import bp
from casework.reports.views.measures import BANDED, UNITS
from casework.reports.workflow import usual_filter
from casework.web.filters import label, number
from casework.web.shims import gettext
from casework.web.words import language
from casework.writes.http import seen

GROUPS = {
    "volume": n_("How many"),
    "workload": n_("Caseload"),
    "funnel": n_("From screening to help"),
    "time": n_("Time"),
    "quality": n_("Quality of work"),
    "outcome": n_("Outcome"),
    "money": n_("Cost"),
}
"""Groups of the list kpi, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table, in words."""

    words: str
    value: str
    counted: str
    of: str
    target: str = ""
    note: str = ""
    numerator: str = ""
    denominator: str = ""


@bp.get("/reports/indicators")
@requires(Permission.REPORT_STATISTICS)
def indicator_page() -> ResponseReturnValue:
    """The indicators over the cases the office answers for, within the reach of the role."""
    by, usual = current(), usual_filter()
    form = PeriodForm(formdata=request.args, data={"first": usual.first, "last": usual.last})
    period = period_of(form)
    if period is None:
        return render_template("reports/indicators.html", form=form, groups=None), 422
    groups = _grouped(indicators(by, period))
    seen("report", [], report="indicators")
    freeze_url = url_for("reports.new_freeze", report="indicators", filters=write_period(period))
    return render_template("reports/indicators.html", form=form, groups=groups, freeze_url=freeze_url)


def period_of(form: PeriodForm) -> Period | None:
    """The period of a form, or None with what is wrong beside its field."""
    if not form.validate():
        return None
    try:
        return Period(form.first.data or usual_filter().first, form.last.data or usual_filter().last)
    except InvalidInput as fault:
        form.blame(fault)
        return None


def _grouped(figures: list[Figure]) -> list[tuple[str, list[Line]]]:
    """(words of the group, its lines) in the order of GROUPS; a group an office added comes last."""
    found: dict[str, list[Line]] = {group: [] for group in GROUPS}
    for figure in figures:
        found.setdefault(codes.get("kpi", figure.code).group, []).extend(_lines(figure))
    return [(gettext(GROUPS.get(group, group)), lines) for group, lines in found.items() if lines]


def _lines(figure: Figure) -> list[Line]:
    row = codes.get("kpi", figure.code)
    unit = row.extra.get("unit", "")
    slow = "" if figure.slow is None else gettext("nine of ten within %(days)s days", days=number(figure.slow))
    first = Line(
        label(figure.code, "kpi"), _value(figure.value, unit), _plain(figure.numerator), _plain(figure.denominator),
        number(row.extra.get("target", "")), slow,
        row.attribute("numerator", language()), row.attribute("denominator", language()),
    )  # fmt: skip
    return [first, *(_share(figure, part, unit) for part in figure.parts)]


def _share(figure: Figure, part: Part, unit: str) -> Line:
    words = label(part.code, part.list) if part.list else part.code
    if figure.code in BANDED:
        words = gettext(BANDED[figure.code], band=number(part.code))
    if unit == "money":
        per = "-" if part.value is None else money(round(part.value), part.code)
        return Line("", per, money(int(part.numerator), part.code), _plain(part.denominator), note=words)
    return Line("", _value(part.value, unit), _plain(part.numerator), _plain(part.denominator), note=words)


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    words = number(f"{value:g}" if value % 1 else f"{value:.0f}")
    return gettext(UNITS[unit], value=words) if unit in UNITS else words


def _plain(value: float | None) -> str:
    return "-" if value is None else number(f"{value:,.0f}")
