"""Partial dates: what three boxes may say, and what must never come out of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casework.codes import dates
from casework.codes.dates import ALWAYS, UNKNOWN, AgeRange, BuddhistYear, Precision
from casework.errors import InvalidInput

DIGITS = ("0123456789", "០១២៣៤៥៦៧៨៩", "๐๑๒๓๔๕๖๗๘๙", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "໐໑໒໓໔໕໖໗໘໙")
days = st.dates(min_value=date(1901, 1, 1), max_value=date(2149, 12, 31))
scripts = st.sampled_from(DIGITS)


def written(number: int, digits: str) -> str:
    return "".join(digits[int(char)] for char in str(number))


@given(days, scripts, st.booleans())
def test_a_day_is_read_alike_in_every_script_and_in_the_buddhist_era(day: date, digits: str, buddhist: bool) -> None:
    boxes = [written(number, digits) for number in (day.day, day.month, day.year + 543 * buddhist)]
    assert dates.parse(*boxes, buddhist_confirmed=True) == dates.known(day)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_anything_typed_is_a_date_or_a_sentence(day: str, month: str, year: str) -> None:
    refused: InvalidInput | None = None
    try:
        value = dates.parse(day, month, year, field="born")
    except InvalidInput as error:
        refused = error
    if refused is None:
        assert (value.first is None) == (not value)
    else:
        assert refused.field == "born"
        assert refused.message % refused.values


@pytest.mark.parametrize(
    ("boxes", "first", "last", "precision"),
    [
        (("", "", "2014"), date(2014, 1, 1), date(2014, 12, 31), Precision.YEAR),
        (("", "2", "2012"), date(2012, 2, 1), date(2012, 2, 29), Precision.MONTH),
        ((" 29\u200b", "02 ", "2012"), date(2012, 2, 29), date(2012, 2, 29), Precision.DAY),
    ],
)
def test_empty_boxes_leave_an_interval(boxes: tuple[str, str, str], first: date, last: date, precision: str) -> None:
    assert dates.parse(*boxes) == dates.PartialDate(first, last, Precision(precision))


def test_three_empty_boxes_are_not_known() -> None:
    assert dates.parse("", " ", "") == UNKNOWN
    assert not UNKNOWN


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (("30", "2", "2003"), "This month has only %(last)s days. Check the day and the month."),
        (("29", "2", "2100"), "This month has only %(last)s days. Check the day and the month."),
        (("1", "", "2003"), "Enter the month too."),
        (("1", "5", ""), "Enter the year too."),
        (("32", "5", "2003"), "Enter the day as a number from 1 to 31."),
        (("0", "5", "2003"), "Enter the day as a number from 1 to 31."),
        (("1", "00019", "2003"), "Enter the month as a number from 1 to 12."),
        (("1", "May", "2003"), "Enter the month as a number from 1 to 12."),
        (("1", "5", "03"), "Enter the year with four digits, for example 2003."),
        (("1", "5", "²003"), "Enter the year with four digits, for example 2003."),
        (("1", "5", "1066"), "Enter a year after %(year)s."),
    ],
)
def test_a_date_that_cannot_be_gets_a_clear_sentence(boxes: tuple[str, str, str], sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        dates.parse(*boxes)
    assert refused.value.message == sentence


def test_a_buddhist_year_is_asked_back_before_it_is_taken() -> None:
    with pytest.raises(BuddhistYear) as asked:
        dates.parse("", "", "២៥៤៦", field="born")
    assert (asked.value.year, asked.value.field) == (2003, "born")


def test_a_day_in_the_future_is_refused_where_it_cannot_be() -> None:
    with pytest.raises(InvalidInput):
        dates.parse("2", "5", "2026", not_after=date(2026, 5, 1))
    assert dates.parse("", "", "2026", not_after=date(2026, 5, 1)), "the year may have begun"


@given(days, days)
def test_an_interval_never_ends_before_it_begins(one: date, other: date) -> None:
    if other < one:
        with pytest.raises(InvalidInput):
            dates.interval(dates.known(one), dates.known(other))
    else:
        assert dates.interval(dates.known(one), dates.known(other)).last == other


def test_an_interval_is_as_vague_as_its_vaguer_end() -> None:
    span = dates.interval(dates.parse("", "", "2014"), dates.parse("3", "4", "2018"))
    assert span == dates.PartialDate(date(2014, 1, 1), date(2018, 4, 3), Precision.YEAR)
    assert dates.interval(UNKNOWN, span) == span == dates.interval(span, UNKNOWN)


@given(days, days)
def test_the_age_on_a_day_is_what_the_calendar_says(born: date, on: date) -> None:
    if born > on:
        return
    ages = dates.age_range(dates.known(born), on)
    assert ages is not None
    assert ages.lowest == ages.highest
    assert dates.ages(born.year, "day", on).lowest <= ages.lowest <= dates.ages(born.year, "day", on).highest  # type: ignore[union-attr]


@given(st.integers(0, 120), days)
def test_an_estimated_age_is_a_range_of_two_years_either_way(age: int, on: date) -> None:
    if on.year - age - 3 < 1:
        return
    ages = dates.age_range(dates.from_age(age, on), on)
    assert ages == AgeRange(max(age - 2, 0), age + 2)


@given(st.integers(3, 110), st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 20))
def test_an_estimated_age_is_found_again_from_year_and_day_of_the_estimate(age: int, on: date, later: int) -> None:
    assume((on.month, on.day) != (7, 2))  # the middle of the interval falls between two years
    birth = dates.from_age(age, on)
    assert birth.first is not None
    assert birth.last is not None
    year = (birth.first + (birth.last - birth.first) / 2).year
    now = date(on.year + later, 12, 31)
    found = dates.ages(year, "age_estimate", now, on)
    assert found is not None
    assert found.about == age + later
    assert found.lowest <= age + later <= found.highest


def test_an_age_by_papers_is_not_about() -> None:
    assert dates.ages(1999, "year", date(2026, 5, 1)) == AgeRange(26, 27)
    assert dates.ages(1999, "year", date(2026, 5, 1)).about is None  # type: ignore[union-attr]


@pytest.mark.parametrize("age", [-1, 121])
def test_an_age_nobody_has_is_refused(age: int) -> None:
    with pytest.raises(InvalidInput):
        dates.from_age(age, date(2026, 5, 1))


@given(days, st.integers(0, 36500))
def test_nobody_under_18_is_ever_taken_for_an_adult(born: date, later: int) -> None:
    on = born + timedelta(days=later)
    age = dates.age_range(dates.known(born), on)
    assert age is not None
    for birth in (
        dates.known(born),
        dates.parse("", str(born.month), str(born.year)),
        dates.parse("", "", str(born.year)),
    ):
        minor = dates.is_minor(dates.minor_until(birth), on)
        assert minor or age.lowest >= 18
        assert not minor or on.year <= born.year + 18


def test_minor_until_is_the_end_of_the_year_so_that_it_gives_no_birthday_away() -> None:
    assert dates.minor_until(dates.known(date(2008, 5, 1))) == date(2026, 12, 31)
    assert dates.minor_until(dates.from_age(17, date(2026, 5, 1))) == date(2029, 12, 31)


def test_a_person_whose_birth_is_not_known_is_a_child_until_shown_otherwise() -> None:
    assert dates.minor_until(UNKNOWN) == ALWAYS
    assert dates.is_minor(ALWAYS, date(2090, 1, 1))
    assert dates.age_range(UNKNOWN, date(2026, 5, 1)) is None
    assert dates.ages(None, "unknown", date(2026, 5, 1)) is None


@pytest.mark.parametrize("text", ["", "-1", "1.5", "៣x", "9999999999"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        dates.whole_number(text)


@given(st.integers(0, 999_999_999), scripts)
def test_whole_numbers_are_read_in_every_script(number: int, digits: str) -> None:
    assert dates.whole_number(f" {written(number, digits)}") == number
