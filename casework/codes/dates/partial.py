"""The value object of a partial date, how it is read from three boxes and how it is shown."""

from __future__ import annotations

import calendar
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.errors import InvalidInput, n_

FIRST_YEAR = 1900
BUDDHIST_FROM = 2400
"""A year above this is read as a Buddhist one: minus 543, after asking (docs/domain.md 11)."""
BUDDHIST_OFFSET = 543


class Precision(StrEnum):
    """How much of a date is known; the codes of the list `date_precision`."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    AGE_ESTIMATE = "age_estimate"
    UNKNOWN = "unknown"


_COARSER = list(Precision)


class BuddhistYear(InvalidInput):
    """The year looks Buddhist; the form shows what it would be and asks. `year` is the common year meant."""

    def __init__(self, typed: int, *, field: str | None = None) -> None:
        self.year = typed - BUDDHIST_OFFSET
        super().__init__(
            n_("%(typed)s looks like a Buddhist year. Confirm that it is %(year)s, or type the year again."),
            field=field,
            typed=str(typed),
            year=str(self.year),
        )


@dataclass(frozen=True, slots=True)
class PartialDate:
    """All days from `first` to `last`, both included; both None when nothing is known."""

    first: date | None
    last: date | None
    precision: Precision

    def __post_init__(self) -> None:
        if (self.first is None) != (self.last is None) or (self.first is None) != (self.precision == Precision.UNKNOWN):
            raise ValueError("a date is known at both ends or not at all")
        if self.first is not None and self.last is not None and self.first > self.last:
            raise ValueError("the first day lies behind the last")

    def __bool__(self) -> bool:
        return self.first is not None


UNKNOWN = PartialDate(None, None, Precision.UNKNOWN)


def known(day: date) -> PartialDate:
    """A date known to the day."""
    return PartialDate(day, day, Precision.DAY)


def plain_digits(text: str) -> str:
    """`text` with the digits of any script (Khmer, Thai, Lao, Arabic-Indic ...) as 0-9, without spaces around it
    and without invisible format characters, which arrive with pasted text."""
    visible = (char for char in text if unicodedata.category(char) not in ("Cf", "Cc"))
    return "".join(str(unicodedata.decimal(char, char)) for char in visible).strip()


def whole_number(text: str, *, field: str | None = None) -> int:
    """A whole number of at most nine digits in any script. Raises InvalidInput."""
    digits = plain_digits(text)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise InvalidInput(n_("Enter a whole number."), field=field)
    return int(digits)


def parse(
    day: str,
    month: str,
    year: str,
    *,
    field: str | None = None,
    buddhist_confirmed: bool = False,
    not_after: date | None = None,
) -> PartialDate:
    """Read the three boxes of a date; empty ones narrow what is known, three empty ones are 'not known'.

    A year above 2400 raises BuddhistYear until it was confirmed. `not_after` is the latest day that may be meant.
    Raises InvalidInput with a sentence for what cannot be.
    """
    d, m, y = plain_digits(day), plain_digits(month), plain_digits(year)
    if not (d or m or y):
        return UNKNOWN
    if not y:
        raise InvalidInput(n_("Enter the year too."), field=field)
    if d and not m:
        raise InvalidInput(n_("Enter the month too."), field=field)
    value = _partial(_year(y, field, buddhist_confirmed), m, d, field)
    if not_after is not None and value.first is not None and value.first > not_after:
        raise InvalidInput(n_("This date lies in the future. Check the year."), field=field)
    return value


def _year(text: str, field: str | None, buddhist_confirmed: bool) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise InvalidInput(n_("Enter the year with four digits, for example 2003."), field=field)
    year = int(text)
    if year > BUDDHIST_FROM:
        if not buddhist_confirmed:
            raise BuddhistYear(year, field=field)
        year -= BUDDHIST_OFFSET
    if not FIRST_YEAR <= year <= FIRST_YEAR + 250:
        raise InvalidInput(n_("Enter a year after %(year)s."), field=field, year=str(FIRST_YEAR))
    return year


def _partial(year: int, month_text: str, day_text: str, field: str | None) -> PartialDate:
    if not month_text:
        return PartialDate(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
    if not _between(month_text, 1, 12):
        raise InvalidInput(n_("Enter the month as a number from 1 to 12."), field=field)
    month = int(month_text)
    last = calendar.monthrange(year, month)[1]
    if not day_text:
        return PartialDate(date(year, month, 1), date(year, month, last), Precision.MONTH)
    if not _between(day_text, 1, 31):
        raise InvalidInput(n_("Enter the day as a number from 1 to 31."), field=field)
    if int(day_text) > last:
        raise InvalidInput(
            n_("This month has only %(last)s days. Check the day and the month."), field=field, last=last
        )
    return known(date(year, month, int(day_text)))


def _between(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 2 and least <= int(text) <= most


def interval(start: PartialDate, end: PartialDate, *, field: str | None = None) -> PartialDate:
    """From the first day of `start` to the last day of `end`, as precise as the vaguer of the two.

    One that is not known leaves the other. Raises InvalidInput when the end lies before the beginning.
    """
    if start.first is None or end.last is None:
        return start or end
    if end.last < start.first:
        raise InvalidInput(n_("The end lies before the beginning. Check both dates."), field=field)
    precision = max(start.precision, end.precision, key=_COARSER.index)
    return PartialDate(start.first, end.last, precision)


def from_columns(first: date | None, last: date | None, precision: str) -> PartialDate:
    """The value kept in a record's columns occurred_from, occurred_to and occurred_precision."""
    return PartialDate(first, last, Precision(precision))
