"""Working days: Monday to Friday less the country's holidays; day 1 is the next working day (docs/domain.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date, datetime, timedelta

from casework.codes import queries
from casework.db import PHNOM_PENH, end_of_day
from casework.errors import InvalidInput, n_

HOME = "KHM"
MOST = 5000
Stopped = Iterable[tuple[date, date]]
"""Spells in which the clock stood still (waiting for the survivor): first day, day it went on (not included)."""


def is_working(day: date, country: str = HOME) -> bool:
    """Whether offices of the country work on this day."""
    return day.weekday() < 5 and day not in queries.holidays(country)


def add(day: date, n: int, country: str = HOME, *, stopped: Stopped = ()) -> date:
    """The n-th working day after `day`; n = 0 is `day` itself, a negative n counts back.

    Days in `stopped` spells do not count. Raises InvalidInput for more than 5,000 days or a date beyond the calendar.
    """
    return count_on(day, n, queries.holidays(country), tuple(stopped))


def between(start: date, end: date, country: str = HOME) -> int:
    """How many working days lie after `start` up to and including `end`; negative when `end` comes first."""
    if end < start:
        return -sum(is_working(end + timedelta(days=step), country) for step in range((start - end).days))
    return sum(is_working(start + timedelta(days=step + 1), country) for step in range((end - start).days))


def due_at(started_at: datetime, n: int, country: str = HOME, *, stopped: Stopped = ()) -> datetime:
    """The end of the n-th working day after a moment, counted in Phnom Penh, as UTC."""
    return end_of_day(add(started_at.astimezone(PHNOM_PENH).date(), n, country, stopped=stopped))


def count_on(day: date, n: int, free: Set[date], stopped: tuple[tuple[date, date], ...] = ()) -> date:
    """As `add`, with the holidays given."""
    if abs(n) > MOST:
        raise InvalidInput(n_("Enter at most %(most)s working days."), most=MOST)
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    try:
        while left:
            day += step
            standing = any(first <= day < went_on for first, went_on in stopped)
            if day.weekday() < 5 and day not in free and not standing:
                left -= 1
    except OverflowError as error:
        raise InvalidInput(n_("This date lies too far away.")) from error
    return day
