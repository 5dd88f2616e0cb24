"""Names in two scripts: what is kept, what is shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.codes import dates
from casework.errors import InvalidInput
from casework.people import names
from casework.people.names import Names

BOTH = Names("SOKHA", "Testa", "សុខា", "តេស្តា", use_name="Ta", aliases=("Tata",))
lines = st.text("abcឃុំស ", max_size=20).map(str.strip)


def test_each_language_sees_the_script_it_reads() -> None:
    assert names.display_name(BOTH, "en") == "SOKHA Testa"
    assert names.display_name(BOTH, "km") == "សុខា តេស្តា"
    assert names.display_name(Names(khmer_given="តេស្តា"), "th") == "តេស្តា"


def test_without_any_name_the_words_say_so() -> None:
    assert names.display_name(Names()) == names.display_name(None) == names.UNNAMED
    assert names.display_name(Names(use_name="Ta")) == "Ta"


@pytest.mark.parametrize(("part", "value"), [("khmer_given", "Testa"), ("latin_family", "សុខា")])
def test_a_name_in_the_wrong_script_is_refused(part: str, value: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        names.cleaned(Names(**{part: value}))  # type: ignore[arg-type]
    assert refused.value.field == part


def test_control_and_direction_characters_go_and_letters_stay() -> None:
    assert names.cleaned(Names(latin_given="Te\x00s\u202eta\n Đỗ")).latin_given == "Testa Đỗ"


def test_too_many_and_too_long_names_are_refused() -> None:
    with pytest.raises(InvalidInput):
        names.cleaned(Names(latin_given="x" * 101))
    with pytest.raises(InvalidInput):
        names.cleaned(Names(aliases=tuple(f"name {number}" for number in range(11))))


@given(st.builds(Names, use_name=lines, aliases=st.lists(lines.filter(bool), max_size=3, unique=True).map(tuple)))
def test_a_document_gives_back_the_names_it_was_made_of(given_names: Names) -> None:
    assert names.from_document(names.to_document(given_names)) == given_names


def test_a_document_keeps_the_birth_as_exactly_as_it_is_known() -> None:
    for birth in (dates.known(date(2003, 5, 14)), dates.parse("", "5", "2003"), dates.from_age(20, date(2026, 5, 1))):
        assert names.birth_of(names.to_document(BOTH, birth), birth.precision) == birth
    assert names.birth_of(names.to_document(BOTH), "unknown") == dates.UNKNOWN
    assert names.birth_of(None, "day") == dates.UNKNOWN
