"""Ages from partial birth dates: always a range, and a child whenever a child is possible."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from casework.codes.dates.partial import PartialDate, Precision
from casework.errors import InvalidInput, n_

SPREAD = 2
"""Years by which an estimated age may be wrong either way (docs/domain.md 11, default)."""
OLDEST = 120
ADULT = 18
ALWAYS = date(9999, 12, 31)
"""minor-until of a person whose birth is not known: a child until shown otherwise."""


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Ages in completed years, both possible."""

    lowest: int
    highest: int
    about: int | None = field(default=None, compare=False)
    """The age somebody said or guessed, as it is by now: the range was made from it. None: known from a birth."""

    def __str__(self) -> str:
        return str(self.lowest) if self.lowest == self.highest else f"{self.lowest}–{self.highest}"


def from_age(age: int, on: date, *, field: str | None = None) -> PartialDate:
    """The birth of somebody who seems `age` years old on a day: two years either way. Raises InvalidInput."""
    if not 0 <= age <= OLDEST:
        raise InvalidInput(n_("Enter an age from 0 to %(oldest)s."), field=field, oldest=OLDEST)
    first = _birthday(on, -(age + SPREAD + 1)) + timedelta(days=1)
    last = _birthday(on, -max(age - SPREAD, 0))
    return PartialDate(first, last, Precision.AGE_ESTIMATE)


def age_range(birth: PartialDate, on: date) -> AgeRange | None:
    """The ages somebody can have on a day, or None when the birth is not known."""
    if birth.first is None or birth.last is None:
        return None
    return AgeRange(max(_age(birth.last, on), 0), max(_age(birth.first, on), 0))


def ages(birth_year: int | None, precision: str, on: date, estimated_on: date | None = None) -> AgeRange | None:
    """The ages by the plain columns alone (year and precision, day of an estimate), for lists and statistics."""
    if birth_year is None:
        return None
    estimated = precision == Precision.AGE_ESTIMATE
    spread = SPREAD if estimated else 0
    age = on.year - birth_year
    about = _estimated(birth_year, on, estimated_on or on) if estimated else None
    return AgeRange(max(age - 1 - spread, 0), max(age + spread, 0), about)


def _estimated(birth_year: int, on: date, estimated_on: date) -> int | None:
    """The estimated age as it is by now, found again from the middle year of its interval.

    None for an infant, whose interval the estimate itself cuts off; of an estimate on 2 July it may be a year more.
    """
    near = max(estimated_on.year - birth_year, 0)
    fits = (age for age in (near, near - 1, near + 1) if age >= 0 and _middle(age, estimated_on).year == birth_year)
    age = next(fits, near)
    return age + max(_age(estimated_on, on), 0) if age > SPREAD else None


def _middle(age: int, on: date) -> date:
    birth = from_age(min(age, OLDEST), on)
    first, last = birth.first or on, birth.last or on
    return first + (last - first) / 2


def minor_until(birth: PartialDate) -> date:
    """31 December of the last year in which the person could turn 18: says who is a child without the birthday.

    A birth that is not known gives ALWAYS (Palermo Protocol Art. 3(d); child when in doubt).
    """
    return ALWAYS if birth.last is None else date(birth.last.year + ADULT, 12, 31)


def is_minor(until: date, on: date) -> bool:
    """Whether every safeguard for a child holds on a day."""
    return on <= until


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _birthday(day: date, years: int) -> date:
    """The same day in another year; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
