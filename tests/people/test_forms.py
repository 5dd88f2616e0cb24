"""The pages of registering: what is typed becomes what the services take, or a sentence beside its field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, TypeVar

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from casework.access.permissions import Actor
from casework.codes import dates, queries
from casework.db import at
from casework.errors import InvalidInput
from casework.people import forms
from casework.people.forms.offers import OfferingForm, clock, minutes
from casework.people.names import Names
from casework.people.service import add_contact, correct, register

F = TypeVar("F", bound=OfferingForm)
NOW = datetime(2026, 5, 12, 5, tzinfo=UTC)


def sent(app: Flask, form_class: type[F], typed: dict[str, Any]) -> F:
    """The form after sending `typed`; its checks have run."""
    with app.test_request_context("/form", method="POST", data=MultiDict(typed)), at(NOW):
        form = form_class(meta={"csrf": False})
        form.offer(queries.choices)
        form.validate()
        return form


def test_a_name_and_a_sex_are_enough_to_register(app: Flask, worker: Actor) -> None:
    form = sent(app, forms.IdentityForm, {"khmer_given": "តេស្តា", "sex": "female", "aliases": "Tata\r\n\r\n Ta "})
    assert not form.errors
    person = register(form.person_data(), by=worker)
    assert (person.sex, person.birth_year) == ("female", None)
    assert form.person_data().names == Names(khmer_given="តេស្តា", aliases=("Tata", "Ta"))


def test_a_birth_known_in_part_and_an_age_that_agrees(app: Flask, worker: Actor) -> None:
    typed = {"latin_given": "Testa", "sex": "male", "birth-year": "២០០៣", "age": "២២"}
    with at(NOW):
        assert sent(app, forms.IdentityForm, typed).birth_known() == dates.parse("", "", "2003")
        with pytest.raises(InvalidInput) as refused:
            sent(app, forms.IdentityForm, typed | {"age": "40"}).birth_known()
    assert refused.value.field == "age"


def test_an_age_alone_is_an_estimate(app: Flask, worker: Actor) -> None:
    with at(NOW):
        birth = sent(app, forms.IdentityForm, {"latin_given": "T", "sex": "male", "age": "๒๐"}).birth_known()
    assert birth == dates.from_age(20, date(2026, 5, 12))


def test_a_code_that_was_not_offered_is_refused(app: Flask, worker: Actor) -> None:
    form = sent(app, forms.IdentityForm, {"latin_given": "T", "sex": "boat", "gender": "Woman"})
    assert {"sex", "gender"} <= set(form.errors)


def test_the_second_page_corrects_the_person(app: Flask, worker: Actor) -> None:
    person = register(sent(app, forms.IdentityForm, {"latin_given": "T", "sex": "male"}).person_data(), by=worker)
    typed = {"language": "khm", "interpreter_needed": "yes", "reads": "no", "origin_country": "KHM",
             "origin_province": "01", "origin_district": "0105", "address": "Invented lane"}  # fmt: skip
    form = sent(app, forms.OriginForm, typed)
    assert not form.errors
    correct(person, form.changes(), by=worker, version=person.version)
    assert (person.language, person.interpreter_needed, person.reads) == ("khm", True, "no")
    assert (person.origin_district, person.hearing) == ("0105", "unknown")


def test_the_third_page_adds_a_contact(app: Flask, worker: Actor) -> None:
    person = register(sent(app, forms.IdentityForm, {"latin_given": "T", "sex": "male"}).person_data(), by=worker)
    typed = {"channel": "voice_call", "number": "០១២៣៤៥៦៧៨", "safe_days": ["0", "4"], "safe_from": "៩:០០",
             "safe_to": "24:00", "phone_owner": "self", "may_text": "yes"}  # fmt: skip
    form = sent(app, forms.ContactForm, typed)
    assert not form.errors
    assert form.given
    contact = add_contact(person, form.contact_data(), by=worker)
    assert (contact.safe_days, contact.safe_from, contact.safe_to) == (0b0010001, 540, 1440)
    assert (contact.may_text, contact.may_leave_message) == (True, False)


def test_safe_hours_alone_are_a_contact_that_wants_a_way(app: Flask, worker: Actor) -> None:
    assert sent(app, forms.FirstContact, {}).first_contact() is None
    with pytest.raises(InvalidInput) as refused:
        sent(app, forms.FirstContact, {"safe_from": "9:00"}).first_contact()
    assert refused.value.field == "channel"


@pytest.mark.parametrize("typed", ["25:00", "24:01", "9", "noon", "12:60"])
def test_a_time_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        minutes(typed, field="safe_from")


def test_a_time_comes_back_as_it_was_typed() -> None:
    assert [clock(minutes(typed, field="x")) for typed in ("00:00", "9:05", "24:00", "")] == [
        "00:00",
        "09:05",
        "24:00",
        "",
    ]


def test_the_fourth_page_and_the_small_forms_say_what_is_needed(app: Flask, worker: Actor) -> None:
    for form_class in (forms.PaperForm, forms.NationalityForm, forms.RelationForm, forms.FactForm, forms.RevealForm):
        assert sent(app, form_class, {}).errors, form_class.__name__
    paper = sent(app, forms.PaperForm, {"kind": "passport", "number": "N1", "state": "seized"})
    assert not paper.errors
    assert paper.document_data().state == "seized"
    claim = sent(app, forms.NationalityForm, {"country": "KHM", "state": "claimed"})
    assert claim.claim_data().country == "KHM"


def rows(count: int) -> dict[str, str]:
    typed = {}
    for number in range(1, count + 1):
        typed |= {f"p{number}_family": "សុខា" if number % 2 else "Sokha", f"p{number}_given": f"Given {number}"}
        typed |= {f"p{number}_sex": "male", f"p{number}_age": str(number + 10)}
    return typed


def test_thirty_people_come_in_on_one_page(app: Flask, worker: Actor) -> None:
    form = sent(app, forms.GroupForm, rows(30) | {"language": "khm", "origin_country": "KHM", "origin_province": "01"})
    assert not form.errors
    with at(NOW):
        found = form.people()
    assert len(found) == 30
    assert (found[0].person.names.khmer_family, found[1].person.names.latin_family) == ("សុខា", "Sokha")
    assert found[29].person.birth == dates.from_age(40, date(2026, 5, 12))
    assert {row.person.origin_province for row in found} == {"01"}


def test_empty_rows_are_left_out_and_a_row_without_a_name_is_named(app: Flask, worker: Actor) -> None:
    form = sent(app, forms.GroupForm, {"p3_given": "Testa", "p7_phone": "012345678"})
    assert form.box(7, "family").errors == ["Row 7: Enter a name, or empty the row."]
    with pytest.raises(InvalidInput) as refused:
        form.people()
    assert refused.value.field == "p7_family"
    assert [row.number for row in sent(app, forms.GroupForm, {"p3_given": "Testa"}).people()] == [3]
    with pytest.raises(InvalidInput):
        sent(app, forms.GroupForm, {}).people()


def test_an_error_of_one_row_stands_beside_its_box(app: Flask, worker: Actor) -> None:
    form = sent(app, forms.GroupForm, rows(2))
    error = form.of_row(2, InvalidInput("Enter a whole phone number.", field="number"))
    assert error.field == "p2_phone"
    assert error.field in form


def test_what_was_typed_on_the_group_page_is_kept_for_the_draft(app: Flask, worker: Actor) -> None:
    typed = rows(30)
    kept = sent(app, forms.GroupForm, typed).typed()
    assert {name: kept.get(name) for name in typed} == typed
