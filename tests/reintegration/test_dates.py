"""Days of a schedule: calendar months with their ends, weeks, what a template asks for."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from casework.codes.queries import Code
from casework.errors import InvalidInput, InvalidTransition
from casework.reintegration.workflow import (
    PLAN_MOVES,
    PLAN_WORDS,
    add_months,
    asks_scores,
    check_plan_move,
    check_rhythm,
    due_on,
    mode_of,
    rhythm_for,
)

DAYS = some.dates(date(1990, 1, 1), date(2090, 12, 31))


def template(value: str, unit: str, mode: str = "home visit") -> Code:
    return Code(
        "follow_up_schedule", "t", "T", extra={"offset_value": value, "offset_unit": unit, "contact_mode": mode}
    )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 18, date(2028, 2, 29)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 1), 24, date(2028, 12, 1)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_a_short_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(DAYS, some.integers(0, 48))
def test_months_go_forward_by_the_calendar(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    last = calendar.monthrange(later.year, later.month)[1]
    assert later.day == min(day.day, last)


@given(DAYS, some.integers(0, 36))
def test_visits_never_come_earlier_when_home_is_later(day: date, months: int) -> None:
    assert add_months(day, months) <= add_months(day + timedelta(days=1), months)


@given(DAYS, some.integers(1, 12))
def test_weeks_are_seven_days(day: date, weeks: int) -> None:
    assert (due_on(day, template(str(weeks), "week")) - day).days == 7 * weeks


@pytest.mark.parametrize("broken", [template("x", "week"), template("1", "moon"), Code("l", "c", "C")])
def test_a_broken_template_is_said_not_guessed(broken: Code) -> None:
    with pytest.raises(InvalidInput):
        due_on(date(2026, 1, 1), broken)


def test_what_a_template_asks_for() -> None:
    assert asks_scores(template("6", "month"))
    assert not asks_scores(template("5", "month"))
    assert not asks_scores(template("6", "week"))
    assert not asks_scores(None)
    assert mode_of(template("1", "week", "safe call")) == "safe_call"
    assert (rhythm_for(minor=True), rhythm_for(minor=False)) == ("child", "standard")


def test_the_light_rhythm_is_for_low_risk_only() -> None:
    check_rhythm("light", "low")
    check_rhythm("standard", None)
    for risk in (None, "high", "not_assessed"):
        with pytest.raises(InvalidInput):
            check_rhythm("light", risk)


def test_a_plan_takes_no_step_that_is_not_in_the_table() -> None:
    for before in PLAN_WORDS:
        for after in PLAN_WORDS:
            if after in PLAN_MOVES[before]:
                check_plan_move(before, after)
            else:
                with pytest.raises(InvalidTransition):
                    check_plan_move(before, after)
