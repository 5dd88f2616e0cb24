"""Phone numbers in every script become one E.164 number, or a sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import InvalidInput
from casework.people import phones

KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.mark.parametrize(
    "typed",
    [
        "012 345 678",
        "០១២ ៣៤៥ ៦៧៨",
        "+855 12 345 678",
        "00855 12-345-678",
        "855 12 345 678",
        "(012) 345.678",
        "\u200b012345678 ",
    ],
)
def test_one_number_written_in_many_ways_is_one_number(typed: str) -> None:
    assert phones.parse(typed) == "+85512345678"


def test_a_number_of_another_country_keeps_its_country() -> None:
    assert phones.parse("+66 81 234 5678") == phones.parse("๐๘๑๒๓๔๕๖๗๘", region="TH") == "+66812345678"


@pytest.mark.parametrize("typed", ["12", "phone", "1800-FLOWERS", "+", "012345678 ext 5", "9" * 60, "0123456789012345"])
def test_what_is_no_whole_number_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        phones.parse(typed, field="number")
    assert refused.value.field == "number"


def test_nothing_typed_is_no_number() -> None:
    assert phones.parse(" \u200b") == ""


@given(st.text(max_size=30))
def test_anything_typed_is_e164_or_a_sentence(typed: str) -> None:
    try:
        number = phones.parse(typed)
    except InvalidInput:
        return
    assert number == "" or re.fullmatch(r"\+[1-9]\d{1,14}", number)


@given(st.integers(10_000_000, 99_999_999), st.sampled_from([None, KHMER, THAI]))
def test_a_parsed_number_parses_to_itself(tail: int, script: dict[int, int] | None) -> None:
    typed = f"0{tail}"
    number = phones.parse(typed.translate(script) if script else typed)
    assert number == phones.parse(number) == phones.parse(phones.display(number))


def test_a_number_is_shown_as_people_here_write_it() -> None:
    assert phones.display("+85512345678") == "012 345 678"
    assert phones.display("+66812345678") == "+66 81 234 5678"
