"""What templates call to show values: days, moments, spans, counts, coded values, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Protocol

from babel import Locale
from babel.dates import format_date
from flask import Flask, current_app
from markupsafe import Markup

from casework.db import PHNOM_PENH, today, utcnow
from casework.web import digits
from casework.web.dates import BUDDHIST, PartialDay
from casework.web.words import counted as ngettext
from casework.web.words import language
from casework.web.words import words as gettext

LINE_ENDS = re.compile(r"\s*\n\s*")

Labels = Callable[[str, str], str]
"""(list, code) -> words in the reader's language."""

HOURS_UNTIL = timedelta(hours=36)
"""Below this a moment is told in hours, above in days."""


def number(value: object) -> str:
    """A value that may hold digits, in the digits of the language."""
    return digits.shown(str(value), language())


def count(value: int) -> str:
    """A count with groups of three: 12,345."""
    return digits.shown(f"{value:,}", language())


@lru_cache(maxsize=4096)
def _day(value: date, tongue: str) -> str:
    if tongue == "th":
        text = f"{format_date(value, 'd MMM', locale=Locale(tongue))} พ.ศ. {value.year + BUDDHIST}"
    else:
        text = format_date(value, "d MMM y", locale=Locale(tongue))
    return digits.shown(text, tongue)


def day(value: date | datetime | None) -> str:
    """'23 Nov 2026'; a moment is told by its day in Phnom Penh; Thai pages show the Buddhist year."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(PHNOM_PENH).date()
    return _day(value, language())


def clock(value: datetime | None) -> str:
    """'14:05' in Phnom Penh."""
    return "" if value is None else number(f"{value.astimezone(PHNOM_PENH):%H:%M}")


def moment(value: datetime | None) -> str:
    """'23 Nov 2026, 14:05' in Phnom Penh."""
    return "" if value is None else f"{day(value)}, {clock(value)}"


def partial(value: PartialDay | tuple[date | None, date | None, str] | None) -> str:
    """A day known in part: '2016', 'Nov 2016', 'about 2016', '3 Nov 2016', '2014 - 2018'; '' when unknown.

    Takes a PartialDay or (from, to, precision).
    """
    if value is None or value[0] is None:
        return ""
    first, last, precision = value[0], value[1] or value[0], value[2]
    start, end = _part(first, precision), _part(last, precision)
    text = start if start == end else f"{start} - {end}"
    return gettext("about %(date)s", date=text) if len(value) > 3 and value[3] else text


def _part(value: date, precision: str) -> str:
    tongue = language()
    if precision == "day":
        return _day(value, tongue)
    year = value.year + (BUDDHIST if tongue == "th" else 0)
    month = "" if precision != "month" else f"{format_date(value, 'MMM', locale=Locale(tongue))} "
    return digits.shown(f"{month}{year}", tongue)


class Age(Protocol):
    """Ages that are possible, and the one that was said or guessed, if the range was made from it."""

    @property
    def lowest(self) -> int:
        """The youngest that is possible, in completed years."""

    @property
    def highest(self) -> int:
        """The oldest that is possible."""

    @property
    def about(self) -> int | None:
        """The age that was said."""


def age(value: Age | None) -> str:
    """'27', '26–27' by a year of birth, 'about 27' by an age that was said or guessed; '' when not known."""
    if value is None:
        return ""
    if value.about is not None:
        return number(gettext("about %(num)s", num=value.about))
    return number(str(value))


def years(value: Age | None) -> str:
    """The age with its unit: '27 years', 'about 27 years'."""
    if value is None:
        return ""
    one = value.lowest == value.highest == 1 or value.about == 1
    return ngettext("%(age)s year", "%(age)s years", 1 if one else 2, age=age(value))


def span(due: date | datetime | None) -> str:
    """How far a deadline is: 'today', 'tomorrow', 'in 3 days', 'in 5 hours', 'late 2 days'."""
    if due is None:
        return ""
    if isinstance(due, datetime):
        left = due - utcnow()
        if abs(left) < HOURS_UNTIL:
            return _hours(left)
        due = due.astimezone(PHNOM_PENH).date()
    days = (due - today()).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days > 0:
        return number(ngettext("in %(num)s day", "in %(num)s days", days))
    return number(ngettext("late %(num)s day", "late %(num)s days", -days))


def _hours(left: timedelta) -> str:
    minutes = int(abs(left).total_seconds() // 60)
    hours = minutes // 60
    if not minutes:
        return gettext("now")
    if left < timedelta(0):
        if hours:
            return number(ngettext("late %(num)s hour", "late %(num)s hours", hours))
        return number(ngettext("late %(num)s minute", "late %(num)s minutes", minutes))
    if hours:
        return number(ngettext("in %(num)s hour", "in %(num)s hours", hours))
    return number(ngettext("in %(num)s minute", "in %(num)s minutes", minutes))


def since(start: date | datetime | None) -> str:
    """How long something has lasted: 'since today', 'for 9 days'."""
    if start is None:
        return ""
    if isinstance(start, datetime):
        start = start.astimezone(PHNOM_PENH).date()
    days = (today() - start).days
    return gettext("since today") if days <= 0 else number(ngettext("for %(num)s day", "for %(num)s days", days))


def late(due: date | datetime | None) -> bool:
    """True when a deadline has passed."""
    if due is None:
        return False
    return due < utcnow() if isinstance(due, datetime) else due < today()


def label(code: str | None, list_name: str) -> str:
    """The words of a coded value; the code itself if no list is installed, '' for none."""
    if not code:
        return ""
    lookup: Labels | None = current_app.extensions.get("casework.labels")
    return lookup(list_name, code) if lookup else code


def install_labels(app: Flask, lookup: Labels) -> None:
    """Give the filter `label` its code lists (create_app hands in `codes.queries.label`)."""
    app.extensions["casework.labels"] = lookup


def tight(markup: str) -> str:
    """HTML without the ends of lines and the indentation of its source; never around text that keeps its lines."""
    folded = LINE_ENDS.sub(" ", markup)
    return Markup(folded) if isinstance(markup, Markup) else folded  # noqa: S704 - safe as it came, or not at all


def install(app: Flask) -> None:
    """Make the filters known to templates."""
    own = (number, count, day, clock, moment, partial, age, years, span, since, late, label, tight)
    app.jinja_env.filters.update({function.__name__: function for function in own})
    app.jinja_env.filters.update({"code": label, "digits": number})
    app.jinja_env.tests["late"] = late
