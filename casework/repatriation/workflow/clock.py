"""The clock of a step: working or calendar days after the start; it stands still while the step waits for the person.

Day 1 is the next (working) day after the start; a spell's first day does not count, the day it ends counts again
(docs/domain.md 3, defaults; Viet Nam's 20 and 10 working days: its circular of 2008).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from casework.codes import workingdays

DAY = timedelta(days=1)
Spells = Iterable[tuple[date, date | None]]
"""First day that does not count, first day that counts again (None: the clock still stands)."""


def closed(spells: Spells) -> tuple[tuple[date, date], ...]:
    """The spells, one that has no end reaching to the end of the calendar."""
    return tuple((first, until or date.max) for first, until in spells)


def due_on(start: date, days: int, *, working: bool, country: str, spells: Spells = ()) -> date | None:
    """The last day on which the step is in time, or None while the clock stands. 0 days: the day of the start."""
    listed = closed(spells)
    if any(until == date.max for _, until in listed):
        return None
    if working:
        return workingdays.add(start, days, country, stopped=listed)
    day, left = start, days
    while left > 0:
        day += DAY
        left -= not _standing(day, listed)
    return day


def used(start: date, until: date, *, working: bool, country: str, spells: Spells = ()) -> int:
    """How many days of the clock have passed after `start` up to and including `until`."""
    listed = closed(spells)
    total, day = 0, start
    while day < until:
        day += DAY
        if not _standing(day, listed) and (not working or workingdays.is_working(day, country)):
            total += 1
    return total


def before_travel(travel_on: date, days: int) -> date:
    """The due day of a step that is counted from the travel day: `days` is 0 or negative."""
    return travel_on + days * DAY


def _standing(day: date, spells: tuple[tuple[date, date], ...]) -> bool:
    return any(first <= day < until for first, until in spells)
