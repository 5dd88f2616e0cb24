"""How much was given, as people say it, in English and in Khmer."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from casework import codes
from casework.assistance.views.amounts import UNITS, amount
from casework.codes.service import edit
from tests import factories


@pytest.mark.parametrize(
    ("parts", "unit", "english", "khmer"),
    [
        (1000, "kg", "10 kilograms", "១០ គីឡូក្រាម"),
        (100, "kg", "1 kilogram", "១ គីឡូក្រាម"),
        (150, "kg", "1.5 kilograms", "១.៥ គីឡូក្រាម"),
        ("2", "meal", "2 meals", "២ ពេលអាហារ"),
        (1, "person_day", "1 person-day", "១ នាក់-ថ្ងៃ"),
        (-3, "THB", "-0.03 Thai baht", "-០.០៣ បាតថៃ"),
    ],
)
def test_an_amount_reads_as_people_say_it(
    app: Flask, session: Any, parts: int | str, unit: str, english: str, khmer: str
) -> None:
    said = {}
    for language in ("en", "km"):
        with app.test_request_context("/"), force_locale(language):
            said[language] = amount(parts, unit)
    assert said == {"en": english, "km": khmer}


def test_a_unit_that_an_office_words_anew_is_taken_at_its_word(app: Flask, session: Any) -> None:
    edit("assistance_unit", "kit", by=factories.actor("system_admin"), version=1, changes={"label_en": "Dignity kit"})
    with app.test_request_context("/"):
        assert amount(3, "kit") == "3 Dignity kit"


def test_every_unit_of_our_own_list_can_be_said() -> None:
    with (Path(codes.__file__).parent / "data" / "assistance_unit.csv").open(encoding="utf-8") as file:
        assert {(row["code"], row["label_en"]) for row in csv.DictReader(file)} == set(UNITS)
