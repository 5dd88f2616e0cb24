"""The working-day clock, with holidays handed in: no database needed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.codes import queries, workingdays
from casework.errors import InvalidInput

FREE = frozenset({date(2026, 5, 14), date(2026, 5, 1)})
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))


@pytest.fixture(autouse=True)
def _holidays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "holidays", lambda country: FREE if country == "KHM" else frozenset())


def test_day_one_is_the_next_working_day() -> None:
    friday = date(2026, 5, 8)
    assert workingdays.add(friday, 1) == date(2026, 5, 11)
    assert workingdays.add(friday, 0) == friday


def test_a_holiday_of_the_country_does_not_count() -> None:
    assert workingdays.add(date(2026, 5, 13), 1) == date(2026, 5, 15)
    assert workingdays.add(date(2026, 5, 13), 1, "VNM") == date(2026, 5, 14)


def test_counting_back_is_counting_before() -> None:
    assert workingdays.add(date(2026, 5, 15), -3) == date(2026, 5, 11)


def test_days_on_which_the_clock_stood_still_do_not_count() -> None:
    stopped = [(date(2026, 5, 11), date(2026, 5, 13))]
    assert workingdays.add(date(2026, 5, 8), 2, stopped=stopped) == date(2026, 5, 15)


@given(days, st.integers(-400, 400))
def test_between_undoes_add(day: date, n: int) -> None:
    assert workingdays.between(day, workingdays.add(day, n)) == n


@given(days, st.integers(1, 400))
def test_a_due_day_is_a_working_day(day: date, n: int) -> None:
    assert workingdays.is_working(workingdays.add(day, n))


def test_the_day_a_clock_starts_is_the_day_in_phnom_penh() -> None:
    late_thursday_there = datetime(2026, 5, 7, 18, tzinfo=UTC)  # Friday 01:00 in Phnom Penh
    due = workingdays.due_at(late_thursday_there, 1)
    assert due == datetime(2026, 5, 11, 17, tzinfo=UTC) - timedelta(microseconds=1)


@pytest.mark.parametrize("n", [5001, -5001])
def test_a_count_beyond_reason_is_refused(n: int) -> None:
    with pytest.raises(InvalidInput):
        workingdays.add(date(2026, 5, 7), n)


def test_the_end_of_the_calendar_is_a_sentence() -> None:
    with pytest.raises(InvalidInput):
        workingdays.add(date(9999, 12, 20), 100)
