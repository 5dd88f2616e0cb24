"""Cleaning of typed text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import InvalidInput
from casework.vault.text import clean, clean_line


def test_what_deceives_goes_and_what_was_typed_stays() -> None:
    assert clean(" a\x00b\x1b\u202ec\u2066d\ufeff \r\n e\tf\ud800 ") == "abcd \n e f"
    assert clean("ក\u200bខ") == "ក\u200bខ"
    assert clean("e\u0301") == "\u00e9"


def test_one_line() -> None:
    assert clean_line(" a \n b\u2028c ") == "a b c"


def test_too_long_is_refused_and_not_cut() -> None:
    assert clean("x" * 10, limit=10) == "x" * 10
    for size in (11, 10_000_000):
        with pytest.raises(InvalidInput) as refused:
            clean("x" * size, limit=10, field="note")
        assert refused.value.field == "note"


@given(st.text())
def test_cleaning_is_stable_and_leaves_what_can_be_stored(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\x00" not in once
    once.encode()
