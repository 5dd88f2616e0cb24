"""The normaliser: one form for every way of typing a name, and stable when applied twice."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.vault import words

BASES = [chr(code) for code in range(0x1780, 0x17A3)]
SUBSCRIPTS = ["\u17d2" + base for base in BASES]
VOWELS = [chr(code) for code in range(0x17B6, 0x17C6)]
SIGNS = ["\u17c6", "\u17c7", "\u17cb", "\u17cd", "\u17d0", "\u17dd"]
khmer_text = st.text(st.characters(min_codepoint=0x1780, max_codepoint=0x17DD), max_size=20)


@st.composite
def syllables(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A base and its marks: robat, subscripts, shifter, a vowel, signs."""
    marks = draw(st.lists(st.sampled_from(SUBSCRIPTS), max_size=2, unique=True))
    marks += draw(st.sampled_from([[], ["\u17cc"]]))
    marks += draw(st.sampled_from([[], ["\u17c9"], ["\u17ca"]]))
    marks += draw(st.lists(st.sampled_from(VOWELS), max_size=2, unique=True))
    marks += draw(st.lists(st.sampled_from(SIGNS), max_size=2, unique=True))
    return draw(st.sampled_from(BASES)), marks


@given(st.lists(syllables(), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_khmer_marks_in_any_order_come_to_one_form(word: list[tuple[str, list[str]]], chance: random.Random) -> None:
    straight = "".join(base + "".join(marks) for base, marks in word)
    mixed = "".join(base + "".join(chance.sample(marks, len(marks))) for base, marks in word)
    assert words.khmer(mixed) == words.khmer(straight)
    assert words.khmer(unicodedata.normalize("NFC", mixed)) == words.khmer(straight)


@given(khmer_text)
def test_khmer_is_stable(text: str) -> None:
    once = words.khmer(text)
    assert words.khmer(once) == once


@given(st.text(max_size=40))
def test_every_fold_is_stable(text: str) -> None:
    for fold in (words.latin, words.phone, words.document):
        once = fold(text)
        assert fold(once) == once, fold.__name__


@given(st.text(max_size=40))
def test_tokens_are_stable(text: str) -> None:
    once = words.tokens(text)
    assert words.tokens(" ".join(once)) == once


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_tokens_without_gaps(text: str) -> None:
    for token in words.tokens(text):
        assert token
        assert not any(one.isspace() for one in token)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Sok  Dara", ["sok", "dara"]),
        ("SOK-DARA", ["sok", "dara"]),
        ("Sók\u200bDàra", ["sokdara"]),
        ("Đặng Thị Hồng", ["dang", "thi", "hong"]),
        ("Łukasz Ødegård Æsa", ["lukasz", "odegard", "aesa"]),
        ("Ｓｏｋ", ["sok"]),
        ("សុខ ដារ៉ា", ["សុខ", "ដារ៉ា"]),
        ("សុខSok", ["សុខ", "sok"]),
        ("Sok 12", ["sok"]),
        ("\u202eSok\ufeff", ["sok"]),
        ("", []),
        (" - ' . ", []),
    ],
)
def test_tokens(typed: str, expected: list[str]) -> None:
    assert words.tokens(typed) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u1780\u17c1\u17b8", "\u1780\u17be"),  # e + ii typed for oe
        ("\u1780\u17c1\u17b6", "\u1780\u17c4"),  # e + aa typed for oo
        ("\u1780\u17b8\u17c1", "\u1780\u17be"),
        ("\u1780\u17d2\u178f", "\u1780\u17d2\u178a"),  # subscripts ta and da look alike
        ("\u17a3", "\u17a2"),
        ("\u17a4", "\u17a2\u17b6"),
        ("\u17b2", "\u17b1"),
        ("\u1780\u17b6\u17b6", "\u1780\u17b6"),
        ("\u1780\u17b4", "\u1780"),
        ("\u179f\u17d2\u179a\u17d2\u178f\u17b8", "\u179f\u17d2\u178f\u17d2\u179a\u17b8"),  # subscript ro typed first
    ],
)
def test_khmer_look_alikes_are_one(one: str, other: str) -> None:
    assert words.khmer(one) == words.khmer(other)


def test_different_khmer_names_stay_different() -> None:
    names = ["សុខ", "សុភា", "ដារ៉ា", "ចាន់", "ចន្ទ", "ស្រី", "ធីតា", "វណ្ណា", "រតនា", "បុប្ផា"]
    assert len({words.khmer(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    "typed",
    ["012 345 678", "+855 12 345 678", "00855 12-345-678", "855 12345678", "+855 (0)12 345 678", "០១២ ៣៤៥ ៦៧៨",
     "０１２３４５６７８"],
)  # fmt: skip
def test_phones_have_one_form(typed: str) -> None:
    assert words.phone(typed) == "012345678"


def test_phones_of_other_countries_keep_their_code() -> None:
    assert words.phone("+66 81 234 5678") == words.phone("0066 81 234 5678") == "66812345678"


@pytest.mark.parametrize("typed", ["n-01 234567", "N01234567", "Ｎ０１２３４５６７", "n០១២៣៤៥៦៧"])
def test_document_numbers_have_one_form(typed: str) -> None:
    assert words.document(typed) == "N01234567"
