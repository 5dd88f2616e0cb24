"""Sums of money and measures: to the coin, whatever the shares."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some

from casework.assistance.workflow import WHOLE, cost_of, data_class_of, shown, smallest, split
from casework.codes.queries import Code, get
from casework.errors import InvalidInput

KG = Code("assistance_unit", "kg", "Kilogram", extra={"decimals": "2"})
KIT = Code("assistance_unit", "kit", "Kit", extra={"decimals": "0"})


@some.composite
def shares(draw: some.DrawFn) -> list[int]:
    cuts = sorted(draw(some.sets(some.integers(1, WHOLE - 1), max_size=6)))
    return [end - start for start, end in zip([0, *cuts], [*cuts, WHOLE], strict=True)]


@given(some.integers(0, 10**12), shares())
def test_the_parts_of_a_cost_make_the_cost_and_are_fair_to_the_coin(cost: int, parts: list[int]) -> None:
    amounts = split(cost, parts)
    assert sum(amounts) == cost
    for share, amount in zip(parts, amounts, strict=True):
        assert abs(amount * WHOLE - cost * share) < WHOLE


@pytest.mark.parametrize("wrong", [[9_999], [5_000, 5_001], [10_001], [], [10_000, 0], [10_500, -500]])
def test_shares_that_do_not_make_100_per_cent_are_refused(wrong: list[int]) -> None:
    with pytest.raises(InvalidInput):
        split(100, wrong)


def test_a_cost_is_rounded_half_up_once() -> None:
    assert cost_of(150, KG, 333) == 500  # 1.5 kg at 3.33 = 4.995 → 5.00
    assert cost_of(3, KIT, 1_250) == 3_750


@given(some.integers(1, 10**9), some.sampled_from([KG, KIT]))
def test_a_quantity_shown_and_read_again_is_the_same(parts: int, unit: Code) -> None:
    assert smallest(Decimal(shown(parts, unit)), unit) == parts


@pytest.mark.parametrize(("text", "unit"), [("1.5", KIT), ("1.001", KG), ("0", KIT), ("-1", KG)])
def test_a_quantity_finer_than_its_unit_or_empty_is_refused(text: str, unit: Code) -> None:
    with pytest.raises(InvalidInput):
        smallest(Decimal(text), unit)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("medicine", "health"),
        ("tb_screening", "health"),
        ("first_aid", "assistance"),
        ("counselling_trauma", "psychosocial"),
        ("legal_support_representation", "legal"),
        ("rice", "assistance"),
    ],
)
def test_the_class_of_a_line_follows_the_service(app: Flask, code: str, expected: str) -> None:
    assert data_class_of(get("service_type", code)) == expected


def test_a_service_nobody_gave_a_class_is_plain_assistance() -> None:
    assert data_class_of(Code("service_type", "something_new", "Something new")) == "assistance"
