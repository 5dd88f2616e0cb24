"""The suggestion: its rule table against a restatement by brute force, and what it says of itself."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casework.identification.workflow import suggestion
from casework.identification.workflow.suggestion import Item, child_then, suggest

ROOT = Path(__file__).parents[2] / "casework" / "codes" / "data"


def _set() -> list[Item]:
    with (ROOT / "indicator.csv").open(encoding="utf-8") as file:
        return [Item("indicator", row["code"], row["strength"], row["dimension"]) for row in csv.DictReader(file)]


ALL = _set()
OFFERED = {
    code: Counter(item.strength for item in ALL if item.dimension == code)
    for code in sorted({i.dimension for i in ALL})
}


def positive_by_hand(strengths: list[str]) -> bool:
    """Restated apart from the code: some two or three of the items are, sorted, one of the five words."""
    for size, words in ((2, {"SS", "MS", "SW"}), (3, {"MMM", "MMW"})):
        if any("".join(sorted(chosen)) in words for chosen in combinations(strengths, size)):
            return True
    return False


def adult_by_hand(items: set[Item]) -> bool:
    """Restated apart from the code: exploitation, and any other dimension."""
    good = {
        code
        for code in ("D1", "D2", "D3", "D4", "D5", "D6")
        if positive_by_hand([item.strength for item in items if item.code.startswith(code)])
    }
    return "D4" in good and len(good) > 1


@given(st.lists(st.sampled_from("SMW"), max_size=8))
@example(["S"])
@example(["M", "M"])
@example(["M", "W", "W", "W"])
@example(["W"] * 8)
def test_a_dimension_is_positive_exactly_when_some_of_its_items_match_the_rule(strengths: list[str]) -> None:
    assert bool(suggestion.met(Counter(strengths))) == positive_by_hand(strengths)


@given(st.sets(st.sampled_from(ALL), max_size=67))
def test_an_adult_is_suggested_for_exploitation_together_with_any_other_dimension(items: set[Item]) -> None:
    found = suggest(items, child=False, offered=OFFERED)
    assert found.points_to_trafficking == adult_by_hand(items)


@given(st.sets(st.sampled_from(["D1", "D2", "D3", "D4", "D5", "D6"])))
@example({"D4", "D1"})
@example({"D4", "D2"})
@example({"D4", "D3"})
@example({"D4", "D5"})
@example({"D4", "D6"})
@example({"D1", "D2", "D3", "D5", "D6"})
def test_each_of_the_other_dimensions_is_enough_beside_exploitation(full: set[str]) -> None:
    items = {item for item in ALL if item.dimension in full}
    found = suggest(items, child=False, offered=OFFERED)
    assert found.points_to_trafficking == adult_by_hand(items) == ("D4" in full and len(full) > 1)


@given(st.sets(st.sampled_from(ALL), max_size=12), st.sets(st.sampled_from(["act", "means", "purpose"])))
def test_a_child_is_suggested_for_act_and_purpose_whatever_the_indicators_say(items: set[Item], told: set[str]) -> None:
    ticked = {Item("ticked", name, element=name) for name in told}
    found = suggest(items | ticked, child=True, offered=OFFERED)
    assert found.points_to_trafficking == ({"act", "purpose"} <= told)


@given(st.sets(st.sampled_from(ALL), max_size=30), st.sampled_from(ALL))
def test_noting_one_more_thing_never_takes_a_suggestion_away(items: set[Item], more: Item) -> None:
    before = suggest(items, child=False, offered=OFFERED)
    after = suggest(items | {more}, child=False, offered=OFFERED)
    assert after.points_to_trafficking or not before.points_to_trafficking


@given(st.sampled_from(sorted(OFFERED)), st.data())
def test_what_is_said_to_be_missing_is_enough_and_nothing_less_would_be(code: str, data: st.DataObject) -> None:
    inside = [item for item in ALL if item.dimension == code]
    items = data.draw(st.sets(st.sampled_from(inside)))
    found = next(one for one in suggest(items, child=False, offered=OFFERED).dimensions if one.code == code)
    have = [item.strength for item in items]
    if found.positive:
        assert found.missing == ()
        return
    assert positive_by_hand(have + list(found.missing))
    for size in range(len(found.missing)):
        for fewer in combinations("SSMMMWWW", size):
            if not Counter(fewer) + Counter(have) - OFFERED[code]:
                assert not positive_by_hand(have + list(fewer))


def test_exploitation_alone_is_not_trafficking() -> None:
    bad_work = [item for item in ALL if item.dimension == "D4"]
    found = suggest(bad_work, child=False, offered=OFFERED)
    assert found.exploitation.positive
    assert found.status == "insufficient_information"
    assert found.supporting == ()


def test_nothing_noted_suggests_no_indication_and_says_what_is_missing() -> None:
    found = suggest([], child=False, offered=OFFERED)
    assert found.status == "no_indication"
    assert not any(found.elements.values())
    assert found.exploitation.missing == ("S", "W")


def test_a_dimension_without_strong_items_asks_only_for_items_it_has() -> None:
    noted = [item for item in ALL if item.code == "D6_01"]
    found = next(one for one in suggest(noted, child=False, offered=OFFERED).dimensions if one.code == "D6")
    assert found.missing == ("M", "W")


def test_the_same_thing_noted_twice_counts_once() -> None:
    strong = next(item for item in ALL if item.code == "D5_01")
    found = suggest([strong, strong], child=False, offered=OFFERED)
    assert next(one for one in found.dimensions if one.code == "D5").counts == {"S": 1, "M": 0, "W": 0}


def test_signs_of_other_sets_are_shown_but_not_counted() -> None:
    at_sea = [Item("supplementary_indicator", f"fish_{n}", "S") for n in range(6)]
    found = suggest(at_sea, child=False, offered=OFFERED)
    assert len(found.others) == 6
    assert not any(one.positive for one in found.dimensions)
    assert found.status == "insufficient_information"


@pytest.mark.parametrize(
    ("days", "child"),
    [
        ([date(2026, 11, 1)], False),
        ([date(2026, 11, 1), None, date(2023, 12, 31)], True),
        ([date(2026, 11, 1), date(2024, 1, 1)], False),
    ],
)
def test_who_was_a_child_when_it_happened_counts_as_a_child(days: list[date | None], child: bool) -> None:
    assert child_then(date(2023, 12, 31), days) is child
