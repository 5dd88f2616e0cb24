"""The clock of a step: holidays, week-ends, days on which it stood still; against a wall calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.codes import queries
from casework.repatriation.workflow import clock

START = date(2026, 1, 1)
FREE = frozenset({date(2026, 1, 7), date(2026, 3, 9), date(2026, 4, 14), date(2026, 4, 15), date(2026, 5, 1)})
DAYS = st.integers(0, 120).map(lambda n: START + timedelta(days=n))
SPELLS = st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=4).map(
    lambda rows: [(first, first + timedelta(days=length)) for first, length in rows]
)


@pytest.fixture(autouse=True)
def free_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "holidays", lambda country: FREE if country == "KHM" else frozenset())


def counts(day: date, working: bool, spells: list[tuple[date, date]], country: str) -> bool:
    """Would somebody with a wall calendar tick this day?"""
    if any(first <= day and day < until for first, until in spells):
        return False
    if not working:
        return True
    return day.isoweekday() not in (6, 7) and not (country == "KHM" and day in FREE)


@given(DAYS, st.integers(0, 40), st.booleans(), SPELLS, st.sampled_from(["KHM", "VNM"]))
def test_the_due_day_is_the_one_a_wall_calendar_gives(
    start: date, days: int, working: bool, spells: list[tuple[date, date]], country: str
) -> None:
    expected, ticked = start, 0
    while ticked < days:
        expected += timedelta(days=1)
        if counts(expected, working, spells, country):
            ticked += 1
    assert clock.due_on(start, days, working=working, country=country, spells=spells) == expected


@given(DAYS, st.integers(0, 60), st.booleans(), SPELLS, st.sampled_from(["KHM", "VNM"]))
def test_days_used_are_the_ticks_on_a_wall_calendar(
    start: date, length: int, working: bool, spells: list[tuple[date, date]], country: str
) -> None:
    days = [start + timedelta(days=n) for n in range(1, length + 1)]
    ticks = sum(counts(day, working, spells, country) for day in days)
    until = start + timedelta(days=length)
    assert clock.used(start, until, working=working, country=country, spells=spells) == ticks


@given(DAYS, st.integers(1, 30), st.booleans(), SPELLS)
def test_on_the_due_day_all_days_are_used_and_not_one_more(
    start: date, days: int, working: bool, spells: list[tuple[date, date]]
) -> None:
    due = clock.due_on(start, days, working=working, country="KHM", spells=spells)
    assert due is not None
    assert clock.used(start, due, working=working, country="KHM", spells=spells) == days
    before = due - timedelta(days=1)
    assert clock.used(start, before, working=working, country="KHM", spells=spells) == days - 1


def test_the_first_day_is_the_next_working_day() -> None:
    friday = date(2026, 1, 2)
    assert clock.due_on(friday, 1, working=True, country="KHM") == date(2026, 1, 5)
    assert clock.due_on(friday, 1, working=False, country="KHM") == date(2026, 1, 3)
    assert clock.due_on(friday, 0, working=True, country="KHM") == friday


def test_a_clock_that_stands_has_no_due_day() -> None:
    spells = [(date(2026, 1, 5), None)]
    assert clock.due_on(START, 5, working=True, country="KHM", spells=spells) is None
    assert clock.used(START, date(2026, 6, 1), working=False, country="KHM", spells=spells) == 3


def test_before_travel_counts_back_from_the_travel_day() -> None:
    assert clock.before_travel(date(2026, 3, 10), -3) == date(2026, 3, 7)
    assert clock.before_travel(date(2026, 3, 10), 0) == date(2026, 3, 10)
