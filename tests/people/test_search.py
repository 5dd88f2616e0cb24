"""Search before registering: exact words, phones, papers, in one office's scope."""

from __future__ import annotations

import pytest

from casework.access.permissions import Actor
from casework.db import db, uuid7
from casework.people import queries
from casework.people.models import Person
from casework.people.names import Names
from casework.people.service import (
    ContactData,
    DocumentData,
    PersonData,
    add_contact,
    add_document,
    correct,
    end_contact,
    register,
    sync_index,
)


@pytest.fixture
def found(worker: Actor) -> Person:
    names = Names("SOKHA", "Testa", "សុខា", "តេស្តា", use_name="Nickname", aliases=("Otherly",))
    person = register(PersonData(names), by=worker)
    add_contact(person, ContactData("voice_call", "012 345 678"), by=worker)
    add_document(person, DocumentData("passport", "N-000.4711"), by=worker)
    sync_index(person.id, {worker.organisation_id})
    return person


@pytest.mark.parametrize(
    "typed",
    [
        "sokha testa",
        "Testa SOKHA",
        "សុខា តេស្តា",
        "nickname",
        "otherly",
        "+855 12 345 678",
        "០១២៣៤៥៦៧៨",
        "n0004711",
        "345678",
    ],
)
def test_a_person_is_found_by_what_they_are_called_or_hold(worker: Actor, found: Person, typed: str) -> None:
    assert queries.candidates(worker.organisation_id, typed) == [found.id]


@pytest.mark.parametrize("typed", ["sokha nobody", "sok", "", "%", "099 999 999"])
def test_nobody_is_found_by_anything_else(worker: Actor, found: Person, typed: str) -> None:
    assert queries.candidates(worker.organisation_id, typed) == []


def test_another_office_finds_nobody_until_identity_is_shared_and_no_longer_than_that(
    worker: Actor, found: Person
) -> None:
    other = uuid7()
    assert queries.candidates(other, "sokha testa") == []
    sync_index(found.id, {worker.organisation_id, other})
    assert queries.candidates(other, "sokha testa") == [found.id]
    sync_index(found.id, {other}, changed=False)
    assert queries.candidates(worker.organisation_id, "sokha testa") == []
    sync_index(found.id, set())
    assert queries.candidates(other, "sokha testa") == []


def test_a_corrected_name_and_an_ended_phone_are_found_no_more(worker: Actor, found: Person) -> None:
    correct(found, {"names": Names(latin_given="Renamed")}, by=worker, version=found.version)
    for contact in queries.contacts_of(found.id):
        end_contact(contact, by=worker, reason="wrong")
    sync_index(found.id, {worker.organisation_id})
    assert queries.candidates(worker.organisation_id, "renamed") == [found.id]
    assert queries.candidates(worker.organisation_id, "sokha") == []
    assert queries.candidates(worker.organisation_id, "012345678") == []
    db.session.expire_all()
