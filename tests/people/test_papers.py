"""Papers, nationality claims, facts, and the people around a person."""

from __future__ import annotations

from datetime import date

import pytest

from casework.access.permissions import Actor
from casework.codes import dates
from casework.errors import InvalidInput, NotVisible, StaleRecord
from casework.people import queries
from casework.people.models import Person
from casework.people.names import Names
from casework.people.service import (
    ClaimData,
    DocumentData,
    PersonData,
    RelationData,
    ThirdPersonData,
    add_document,
    add_relation,
    add_third_person,
    change_document,
    change_relation,
    claim_nationality,
    record_fact,
    register,
)
from casework.vault.keys import roots_of


def test_a_paper_keeps_its_number_sealed_and_its_state_with_history(worker: Actor, person: Person) -> None:
    paper = add_document(person, DocumentData("passport", "N0000001", "KHM", date(2030, 1, 1)), by=worker)
    assert queries.document_numbers(queries.documents_of(person.id)) == {paper.id: "N0000001"}
    seen = paper.version
    change_document(paper, state="seized", by=worker, version=seen)
    with pytest.raises(StaleRecord):
        change_document(paper, state="lost", by=worker, version=seen)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (DocumentData("passe-partout"), "kind"),
        (DocumentData("passport", issued_country="KH"), "issued_country"),
        (DocumentData("passport", state="eaten"), "state"),
        (DocumentData("passport", "9" * 201), "number"),
    ],
)
def test_a_paper_that_cannot_be_is_refused(worker: Actor, person: Person, data: DocumentData, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_document(person, data, by=worker)
    assert refused.value.field == field


def test_the_newest_claim_of_each_country_stands(worker: Actor, person: Person) -> None:
    for country, state in (("KHM", "claimed"), ("VNM", "claimed"), ("KHM", "confirmed"), ("VNM", "denied")):
        claim_nationality(person, ClaimData(country, state), by=worker)
    standing = {claim.country: claim.state for claim in queries.claims_of([person.id])[person.id]}
    assert standing == {"KHM": "confirmed", "VNM": "denied"}


def test_confirmed_by_no_country_names_no_country(worker: Actor, person: Person) -> None:
    with pytest.raises(InvalidInput):
        claim_nationality(person, ClaimData("KHM", "confirmed_by_no_country"), by=worker)
    assert claim_nationality(person, ClaimData("XXX", "confirmed_by_no_country"), by=worker).country == "XXX"


def test_a_claim_cannot_lean_on_the_paper_of_another_person(worker: Actor, person: Person) -> None:
    other = register(PersonData(Names(latin_given="Other")), by=worker)
    paper = add_document(other, DocumentData("passport"), by=worker)
    with pytest.raises(NotVisible):
        claim_nationality(person, ClaimData("KHM", document_id=paper.id), by=worker)


def test_the_newest_fact_says_whether_contacts_stop(worker: Actor, person: Person) -> None:
    assert queries.stopped([person.id]) == {}
    record_fact(person, "missing", by=worker, occurred=dates.parse("", "", "2024"))
    assert queries.stopped([person.id])[person.id].kind == "missing"
    assert queries.traits([person.id])[person.id].fact == "missing", "lists say the same"
    record_fact(person, "found", by=worker)
    assert queries.stopped([person.id]) == {}
    assert queries.traits([person.id])[person.id].fact is None, "lists say the same"


def test_a_fact_does_not_lie_in_the_future(worker: Actor, person: Person) -> None:
    with pytest.raises(InvalidInput):
        record_fact(person, "dead", by=worker, occurred=dates.parse("", "", "2149"))


def test_a_third_person_has_a_key_of_their_own(worker: Actor, person: Person) -> None:
    third = add_third_person(person, ThirdPersonData("guardian", Names(latin_given="Elder"), "012 345 678"), by=worker)
    assert queries.names_of_third([third.id])[third.id].latin_given == "Elder"
    assert (third.id, "third_person") in roots_of(person.id), "goes when the person is erased"
    offender = add_third_person(person, ThirdPersonData("alleged_offender", Names(latin_given="Boss")), by=worker)
    assert (offender.id, "third_person") not in roots_of(person.id), "other cases rest on it"


def test_a_relationship_is_dated_and_changes_under_its_version(worker: Actor, person: Person) -> None:
    third = add_third_person(person, ThirdPersonData("guardian", Names(latin_given="Elder")), by=worker)
    relation = add_relation(person, third, RelationData("guardian", "yes", date(2026, 1, 1)), by=worker)
    assert queries.relations_of(person.id) == [relation]
    seen = relation.version
    change_relation(relation, {"safe_to_contact": "no"}, by=worker, version=seen)
    with pytest.raises(StaleRecord):
        change_relation(relation, {"safe_to_contact": "yes"}, by=worker, version=seen)
    with pytest.raises(InvalidInput):
        change_relation(relation, {"guardian_valid_to": date(2025, 1, 1)}, by=worker, version=relation.version)
    assert relation.guardian_valid_to is None, "a refused change leaves nothing behind"
    change_relation(relation, {"ended_on": date(2026, 2, 1)}, by=worker, version=relation.version)
    assert queries.relations_of(person.id) == []


def test_two_people_we_help_may_be_related_but_nobody_to_themselves(worker: Actor, person: Person) -> None:
    sister = register(PersonData(Names(latin_given="Other")), by=worker)
    assert add_relation(person, sister, RelationData("sibling"), by=worker).other_person_id == sister.id
    with pytest.raises(InvalidInput):
        add_relation(person, person, RelationData("sibling"), by=worker)


def test_a_third_person_without_name_and_phone_is_nobody(worker: Actor, person: Person) -> None:
    with pytest.raises(InvalidInput):
        add_third_person(person, ThirdPersonData("guardian"), by=worker)
