"""Figures of any report as lines of a table, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casework.access.permissions import Actor
from casework.assistance.views import money
from casework.errors import n_
from casework.people.kinds import SEXES
from casework.referrals.kinds import KINDS
from casework.reports.measures import Change, Measure
from casework.reports.queries.measured import definition_of, read_period
from casework.reports.queries.persons import UNFUNDED, UNKNOWN
from casework.reports.queries.referrals import TRANSFER
from casework.reports.views.filters import in_words
from casework.reports.workflow import read_filter
from casework.web.filters import label, number
from casework.web.shims import gettext
from casework.web.words import language

REPORTS = {"referrals": n_("Report of referrals"), "indicators": n_("Indicators"), "persons": n_("Persons helped")}
UNITS = {"percent": n_("%(value)s %%"), "median days": n_("%(value)s days"), "hours": n_("%(value)s hours")}
BANDED = {
    "active_caseload": n_("Workers with %(band)s cases"),
    "open_to_close": n_("%(band)s days"),
    "report_delay": n_("%(band)s days"),
}
DISABILITY = {"yes": n_("With a disability"), "no": n_("Without a disability"), "unknown": n_("Not asked")}
WITHHELD = n_("withheld")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: as frozen, today, and the difference, all in words."""

    words: str
    share: bool
    """Part of the figure above it."""
    then: str
    then_counted: str
    then_n: str
    now: str
    difference: str
    moved: bool
    definition: dict[str, str]


def lines_of(rows: Iterable[Change]) -> list[Line]:
    """The lines of the table."""
    return [_line(row) for row in rows]


def _line(row: Change) -> Line:
    shown = row.shown
    own = definition_of(shown, language()) if not shown.part else {}
    return Line(
        words=_words(shown),
        share=bool(shown.part),
        then=_value(row.then),
        then_counted=_plain(row.then, "counted"),
        then_n=_plain(row.then, "n"),
        now=_value(row.now),
        difference=_difference(row),
        moved=row.moved and row.now is not None,
        definition=own,
    )


def _words(one: Measure) -> str:
    if not one.part:
        return one.words.get(language()) or gettext(one.words.get("en") or one.key)
    words = part_words(one.key, one.part, one.list)
    return f"{gettext(one.words['en'])}: {words}" if "en" in one.words else words


def part_words(key: str, part: str, list_name: str) -> str:
    """What a share of a figure is called."""
    if part == TRANSFER and list_name == "service_type":
        return gettext(KINDS[TRANSFER])
    if part == UNFUNDED and list_name == "donor":
        return gettext("no fund named")
    if list_name:
        return label(part, list_name)
    if key == "persons_disability":
        return gettext(DISABILITY[part])
    if key in BANDED:
        return gettext(BANDED[key], band=number(part))
    return ", ".join(_group(code) for code in part.split("/"))


def _group(code: str) -> str:
    if code == UNKNOWN:
        return gettext("not known")
    return gettext(SEXES[code]) if code in SEXES else number(code)


def _value(one: Measure | None) -> str:
    if one is None:
        return ""
    if one.value is None:
        return gettext(WITHHELD) if one.n is None or one.counted is None else "-"
    if one.unit == "money" and one.part:
        return money(round(one.value), one.part)
    words = number(f"{one.value:g}" if one.value % 1 else f"{one.value:,.0f}")
    return gettext(UNITS[one.unit], value=words) if one.unit in UNITS else words


def _plain(one: Measure | None, name: str) -> str:
    value = getattr(one, name) if one else None
    if value is None or one is None:
        return ""
    return money(int(value), one.part) if one.unit == "money" and name == "counted" else number(f"{value:,.0f}")


def _difference(row: Change) -> str:
    if row.now is None:
        return ""
    if row.then is None:
        return gettext("new")
    if not row.moved:
        return gettext("none")
    found = row.difference
    if not found:
        return gettext("the numbers under it")
    sign = "+" if found > 0 else "-"
    return number(f"{sign}{abs(found):g}")


def narrowing(by: Actor, report: str, filters: str) -> list[tuple[str, str]]:
    """(words, value) of what a report is narrowed to besides its days."""
    if report == "referrals":
        return [
            (words, label(value, one) if one else value) for words, value, one in in_words(read_filter(filters), by)
        ]
    _, rest = read_period(filters)
    return [(gettext("Donor"), part_words("persons_donor", rest["donor"], "donor"))] if rest.get("donor") else []
