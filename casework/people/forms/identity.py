"""Search first; then who the person is, and how to speak with them."""

from __future__ import annotations

from typing import Any

from casework.codes.dates import UNKNOWN, PartialDate, age_range, from_age
from casework.db import today
from casework.errors import InvalidInput, collected, n_
from casework.people import kinds
from casework.people.forms.offers import OfferingForm, Source, partial
from casework.people.names import PARTS, Names
from casework.people.service import PersonData, person_faults
from casework.web import forms as web
from casework.web.forms import BaseForm


class SearchForm(BaseForm):
    """Search before registering: by POST, so that no name stands in an address or a log."""

    text = web.Text(
        n_("Name, phone or document number"),
        needed=n_("Enter a name, a phone number or a document number."),
        hint=n_("Names in any order, in Khmer or Latin letters."),
    )


class IdentityForm(OfferingForm):
    """Names, sex, and what is known of the birth."""

    LISTS = {"gender": "gender", "birth_ground": "age_source"}
    WORDS = {"sex": kinds.SEXES}

    latin_family = web.Text(n_("Family name, Latin letters"), limit=100, covered=True)
    latin_given = web.Text(n_("Given name, Latin letters"), limit=100, covered=True)
    khmer_family = web.Text(n_("Family name, Khmer letters"), limit=100, covered=True)
    khmer_given = web.Text(n_("Given name, Khmer letters"), limit=100, covered=True)
    use_name = web.Text(n_("Name to use"), hint=n_("What the person wants to be called."), limit=100, covered=True)
    aliases = web.LongText(n_("Other names"), hint=n_("One on each line."), rows=2, limit=1000, covered=True)
    sex = web.Choice(n_("Sex, as on papers"), needed=n_("Choose the sex as it stands on papers, or 'Not known'."))
    gender = web.Choice(n_("Gender"), hint=n_("What the person says. Leave it open if you did not ask."))
    birth = web.PartialDate(n_("Date of birth"), hint=n_("Leave the day, or the day and month, empty."), past=True)
    age = web.Number(n_("Age, if the date of birth is not known"), highest=120, width=3)
    birth_ground = web.Choice(n_("How the birth or age is known"))

    def validate(self, extra_validators: Any = None) -> bool:
        """True when everything can stand; else all that is wrong is told, not the first only."""
        valid = super().validate(extra_validators)
        return self.stands(self._wrong_of_person()) and valid

    def _wrong_of_person(self) -> list[InvalidInput]:
        disagreeing = collected(self.birth_known)
        return disagreeing + person_faults(PersonData(**self._said(UNKNOWN if disagreeing else self.birth_known())))

    def person_data(self, **more: Any) -> PersonData:
        """What `people.service.register` takes. Raises InvalidInput when age and birth contradict each other."""
        return PersonData(**self.changes(), **more)

    def changes(self) -> dict[str, Any]:
        """What `people.service.correct` takes."""
        return self._said(self.birth_known())

    def _said(self, birth: PartialDate) -> dict[str, Any]:
        names = {part: self[part].data for part in PARTS}
        aliases = tuple(line.strip() for line in self.aliases.data.splitlines() if line.strip())
        return {
            "names": Names(**names, aliases=aliases),
            "sex": self.sex.data or "unknown",
            "gender": self.gender.data,
            "birth": birth,
            "birth_ground": self.birth_ground.data,
        }

    def birth_known(self) -> PartialDate:
        """The date of birth, or the interval an estimated age leaves; both must agree."""
        birth, age = partial(self.birth.data), self.age.data
        if age is None:
            return birth
        if birth == UNKNOWN:
            return from_age(age, today(), field="age")
        ages = age_range(birth, today())
        if ages is not None and not ages.lowest <= age <= ages.highest:
            message = n_("This age does not agree with the date of birth. Correct one of them, or leave the age empty.")
            raise InvalidInput(message, field="age")
        return birth


class OriginForm(OfferingForm):
    """How to speak with the person, and where they come from."""

    LISTS = {
        "language": "language",
        "marital_status": "marital_status",
        "education": "education",
        "origin_country": "country",
        "origin_province": "province",
        "origin_district": "district",
    }
    WORDS = {
        "sign_language": kinds.SIGNING,
        "reads": kinds.READING,
        "hearing": kinds.DIFFICULTY,
        "sight": kinds.DIFFICULTY,
        "birth_registered": kinds.YES_NO,
    }
    PLAIN = (*LISTS, *WORDS)

    language = web.Choice(n_("Language the person speaks best"), look="select")
    interpreter_needed = web.Tick(n_("An interpreter is needed"))
    sign_language = web.Choice(n_("Sign language"))
    reads = web.Choice(n_("Reads"))
    hearing = web.Choice(n_("Difficulty hearing"))
    sight = web.Choice(n_("Difficulty seeing"))
    origin_country = web.Choice(n_("Country of origin"), look="select")
    origin_province = web.Choice(n_("Province in Cambodia"), look="select")
    origin_district = web.Choice(n_("District"), look="select")
    address = web.Text(n_("Village or address"), limit=1000)
    birth_registered = web.Choice(n_("Birth registered"))
    marital_status = web.Choice(n_("Marital status"), look="select")
    education = web.Choice(n_("Education"), look="select")

    def offer(self, choices: Source) -> None:
        """Districts stand under their province, for there are two hundred of them."""
        super().offer(choices)
        provinces = {one.value: one.label for one in self.origin_province.choices}
        districts = ((web.option(row), row.group) for row in choices("district"))
        self.origin_district.choices = [one._replace(group=provinces.get(group, "")) for one, group in districts]

    def changes(self) -> dict[str, Any]:
        """What `people.service.correct` takes; words not answered stay 'not asked'."""
        unanswered = dict.fromkeys(self.WORDS, "unknown")
        values = {name: self[name].data or unanswered.get(name) for name in self.PLAIN}
        return values | {"interpreter_needed": bool(self.interpreter_needed.data), "address": self.address.data}
