"""Thirty people on one page: a family, a boat crew, a bus. One form, so that draft and summary hold all of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from casework.codes.dates import UNKNOWN, from_age
from casework.db import today
from casework.errors import InvalidInput, n_
from casework.people import kinds, phones
from casework.people.forms.offers import OfferingForm, Source
from casework.people.names import Names
from casework.people.service import PersonData
from casework.people.service.register import checked
from casework.web import forms as web
from casework.web.shims import translate

ROWS = 30
NEAR = frozenset({"national", "neighbour", "minority", "sign"})
"""Groups of languages offered in each row; rarer ones are set for all, or on the page of the person."""
COLUMNS = ("family", "given", "sex", "age", "language", "phone")
_KHMER = re.compile("[\u1780-\u17ff]")
_BOXES = {
    "latin_family": "family",
    "khmer_family": "family",
    "latin_given": "given",
    "khmer_given": "given",
    "sex": "sex",
    "birth": "age",
    "age": "age",
    "language": "language",
    "number": "phone",
    "phone": "phone",
}
"""Field a service blames → column of the page."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One row that was filled in: its number on the page, the person, the phone as typed."""

    number: int
    person: PersonData
    phone: str


class GroupForm(OfferingForm):
    """Rows of name, sex, age and phone; what is the same for all is asked once. Empty rows are left out."""

    LISTS = {"language": "language", "origin_country": "country", "origin_province": "province"}

    language = web.Choice(n_("Language of most of them"), look="select")
    origin_country = web.Choice(n_("Country of origin, if the same for all"), look="select")
    origin_province = web.Choice(n_("Province, if the same for all"), look="select")

    def offer(self, choices: Source) -> None:
        super().offer(choices)
        sexes = list(kinds.SEXES.items())
        near = [code for code in choices("language") if code.group in NEAR]
        for number in range(1, ROWS + 1):
            self.box(number, "sex").choices = sexes
            self.box(number, "language").choices = near

    def validate(self, extra_validators: Any = None) -> bool:
        """True when the boxes and every row hold; what is wrong stands beside its row, in all rows at once."""
        valid = super().validate(extra_validators)
        wrong = [error for number in range(1, ROWS + 1) if (error := self._wrong(number)) is not None]
        for error in wrong:
            self.blame(error)
        for number in range(1, ROWS + 1):
            for box in (self.box(number, column) for column in COLUMNS):
                box.errors = [
                    translate(n_("Row %(row)s: %(message)s"), {"row": number, "message": one}) for one in box.errors
                ]
        return valid and not wrong

    def box(self, number: int, column: str) -> Any:
        """The field of one row and column, numbered from 1."""
        return self[f"p{number}_{column}"]

    def people(self) -> list[GroupRow]:
        """The rows filled in. Raises InvalidInput for none, for a row without a name, or for an impossible age."""
        found = [row for number in range(1, ROWS + 1) if (row := self._row(number)) is not None]
        if not found:
            raise InvalidInput(n_("Enter at least one person."), field="p1_family")
        return found

    def of_row(self, number: int, error: InvalidInput) -> InvalidInput:
        """The error of a service about one row, moved beside its box."""
        column = _BOXES.get(error.field or "", "family")
        return InvalidInput(error.message, field=f"p{number}_{column}", **error.values)

    def _wrong(self, number: int) -> InvalidInput | None:
        """What a service would refuse about one row, if anything; a box that is wrong by itself says so already."""
        if any(self.box(number, column).errors for column in COLUMNS):
            return None
        try:
            row = self._row(number)
            if row is not None:
                checked(row.person)
                phones.parse(row.phone, field="phone")
        except InvalidInput as error:
            return error if (error.field or "").startswith("p") and error.field in self else self.of_row(number, error)
        return None

    def _row(self, number: int) -> GroupRow | None:
        family, given, sex, age, language, phone = (self.box(number, column).data for column in COLUMNS)
        if not (family or given or sex or phone or language) and age is None:
            return None
        if not (family or given):
            raise InvalidInput(n_("Enter a name, or empty the row."), field=f"p{number}_family")
        person = PersonData(
            names=_names(family, given),
            sex=sex or "unknown",
            birth=UNKNOWN if age is None else from_age(age, today(), field=f"p{number}_age"),
            language=language or self.language.data,
            origin_country=self.origin_country.data,
            origin_province=self.origin_province.data,
        )
        return GroupRow(number, person, phone)


def _names(family: str, given: str) -> Names:
    """Each name in the field of the script it was typed in."""
    values = {}
    for part, text in (("family", family), ("given", given)):
        values[f"{'khmer' if _KHMER.search(text) else 'latin'}_{part}"] = text
    return Names(**values)  # type: ignore[arg-type]


def _add_rows() -> None:
    """Give the form its rows; WTForms keeps fields in the order of their making."""
    for number in range(1, ROWS + 1):
        fields = {
            "family": web.Text(n_("Family name"), limit=100, optional_mark=False),
            "given": web.Text(n_("Given name"), limit=100, optional_mark=False),
            "sex": web.Choice(n_("Sex"), look="select", optional_mark=False),
            "age": web.Number(n_("Age"), highest=120, width=3, optional_mark=False),
            "language": web.Choice(n_("Another language"), look="select", optional_mark=False),
            "phone": web.Text(n_("Phone number"), inputmode="tel", limit=40, optional_mark=False),
        }
        for column in COLUMNS:
            setattr(GroupForm, f"p{number}_{column}", fields[column])


_add_rows()
