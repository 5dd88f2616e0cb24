"""Filters and charts: values in words, in the digits and the calendar of the reader."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from casework.db import at
from casework.web import charts, digits, filters
from casework.web.forms import PartialDay

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def shown(web: Flask, function: Any, *values: Any, language: str = "en") -> Any:
    with web.test_request_context("/", headers={"Accept-Language": language}), at(NOW):
        return function(*values)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "23 Nov 2026"), ("km", "២៣ វិច្ឆិកា ២០២៦"), ("th", "๒๓ พ.ย. พ.ศ. ๒๕๖๙")]
)
def test_a_day_is_written_as_the_reader_writes_it(
    web: Flask, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    monkeypatch.setattr("casework.web.languages.LANGUAGES", {"en": "", "km": "", "th": ""})
    assert shown(web, filters.day, TODAY, language=language) == words


def test_a_moment_is_told_in_phnom_penh(web: Flask) -> None:
    assert shown(web, filters.moment, datetime(2026, 11, 22, 20, 5, tzinfo=UTC)) == "23 Nov 2026, 03:05"
    assert shown(web, filters.day, datetime(2026, 11, 22, 20, 5, tzinfo=UTC)) == "23 Nov 2026"


@pytest.mark.parametrize(
    ("due", "words", "late"),
    [
        (TODAY, "today", False),
        (TODAY + timedelta(days=1), "tomorrow", False),
        (TODAY + timedelta(days=3), "in 3 days", False),
        (TODAY - timedelta(days=1), "late 1 day", True),
        (TODAY - timedelta(days=2), "late 2 days", True),
        (NOW, "now", False),
        (NOW + timedelta(hours=5), "in 5 hours", False),
        (NOW - timedelta(minutes=20), "late 20 minutes", True),
        (NOW + timedelta(days=3), "in 3 days", False),
        (None, "", False),
    ],
)
def test_a_deadline_is_told_as_people_speak(web: Flask, due: Any, words: str, late: bool) -> None:
    assert shown(web, filters.span, due) == words
    assert shown(web, filters.late, due) is late


def test_how_long_something_lasts(web: Flask) -> None:
    assert shown(web, filters.since, TODAY) == "since today"
    assert shown(web, filters.since, NOW - timedelta(days=9)) == "for 9 days"
    assert shown(web, filters.since, TODAY - timedelta(days=9), language="km") == "រយៈពេល ៩ ថ្ងៃ"


def test_only_the_known_part_of_a_day_is_shown(web: Flask) -> None:
    year = PartialDay(date(2009, 1, 1), date(2009, 12, 31), "year", about=True)
    assert shown(web, filters.partial, year) == "about 2009"
    assert shown(web, filters.partial, (date(2014, 1, 1), date(2018, 12, 31), "year")) == "2014 - 2018"
    assert shown(web, filters.partial, (date(2016, 11, 1), date(2016, 11, 30), "month")) == "Nov 2016"
    assert shown(web, filters.partial, (None, None, "unknown")) == ""


def test_codes_are_told_in_words_once_the_lists_are_there(web: Flask) -> None:
    assert shown(web, filters.label, "food", "service_type") == "food"
    filters.install_labels(web, lambda list_name, code: f"{list_name}/{code}")
    assert shown(web, filters.label, "food", "service_type") == "service_type/food"
    assert shown(web, filters.label, None, "service_type") == ""


@given(st.text())
def test_digits_of_any_script_become_plain_and_nothing_else_changes(text: str) -> None:
    assert len(digits.plain(text)) == len(text)
    assert digits.plain(digits.shown(text, "km")) == digits.plain(text)
    assert digits.plain(digits.shown(text, "th")) == digits.plain(text)


@given(st.lists(st.integers(min_value=0, max_value=10**9) | st.none(), max_size=30))
def test_bars_never_leave_the_drawing(values: list[int | None]) -> None:
    rows = [(str(index), value) for index, value in enumerate(values)]
    assert all(0 <= bar.width <= 320 for bar in charts.bars(rows, width=320))
    line = charts.line(values)
    assert all(0 <= x <= 320 and 0 <= y <= 80 for x, y in line.dots)
    assert len(line.dots) == sum(value is not None for value in values)


@pytest.mark.parametrize(("part", "whole", "share"), [(0, 10, 0), (5, 10, 50), (14, 10, 100), (-1, 10, 0), (3, 0, 0)])
def test_a_share_stays_within_its_bar(part: int, whole: int, share: float) -> None:
    assert charts.share(part, whole) == share
