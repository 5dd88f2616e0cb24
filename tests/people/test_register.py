"""Register a person and correct what was recorded."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from casework.access.permissions import Actor
from casework.audit.models import AuditEvent
from casework.codes import dates
from casework.db import db, uuid7
from casework.errors import InvalidInput, NotAllowed, NotVisible, StaleRecord
from casework.people import queries
from casework.people.models import Person, PersonSealed
from casework.people.names import Names
from casework.people.service import PersonData, correct, register
from tests import factories

NAMES = Names("SOKHA", "Testa", "សុខា", "តេស្តា")


def test_a_person_is_registered_with_what_is_known(worker: Actor) -> None:
    data = PersonData(
        NAMES, sex="female", gender="Feminine", birth=dates.known(date(2003, 5, 14)), birth_ground="document",
        language="khm", origin_country="KHM", origin_province="01", origin_district="0105", address="Invented lane 1",
    )  # fmt: skip
    person = register(data, by=worker, source="paper")
    db.session.expire_all()
    assert (person.birth_year, person.birth_precision, person.minor_until) == (2003, "day", date(2021, 12, 31))
    assert person.registered_by_org_id == worker.organisation_id
    identity = queries.identity_of(person)
    assert (identity.names, identity.birth, identity.address) == (NAMES, data.birth, "Invented lane 1")


def test_a_name_is_enough_and_the_person_is_a_child_until_shown_otherwise(worker: Actor) -> None:
    person = register(PersonData(Names(use_name="Ta")), by=worker)
    assert person.birth_year is None
    assert dates.is_minor(person.minor_until, date(2080, 1, 1))


def test_an_estimated_age_keeps_the_day_it_was_estimated_on(worker: Actor) -> None:
    birth = dates.from_age(20, date(2026, 5, 1))
    person = register(PersonData(NAMES, birth=birth, age_estimated_on=date(2026, 5, 1)), by=worker)
    assert (person.birth_year, person.age_estimated_on) == (2005, date(2026, 5, 1))
    assert queries.identity_of(person).birth == birth


def test_nothing_that_identifies_stands_plain(worker: Actor) -> None:
    person = register(PersonData(NAMES, birth=dates.known(date(2003, 5, 14)), address="Invented lane 1"), by=worker)
    tables = [db.metadata.tables[name] for name in ("person", "person_sealed")]
    rows = [row for table in tables for row in db.session.execute(select(table))]
    written = repr(rows) + repr(db.session.scalars(select(AuditEvent.body)).all())
    for secret in ("SOKHA", "Testa", "សុខា", "Invented lane", "2003-05-14"):
        assert secret not in written
    assert db.session.get_one(PersonSealed, person.id).root_id == person.id


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"names": Names()}, "latin_given"),
        ({"sex": "f"}, "sex"),
        ({"gender": "Woman"}, "gender"),
        ({"language": "tlh"}, "language"),
        ({"origin_country": "KH"}, "origin_country"),
        ({"origin_province": "99"}, "origin_district"),
        ({"origin_province": "02", "origin_district": "0105"}, "origin_district"),
        ({"origin_district": "0105"}, "origin_district"),
        ({"origin_country": "THA", "origin_province": "01"}, "origin_country"),
        ({"birth": dates.known(date(2100, 1, 1))}, "birth"),
        ({"address": "x" * 1001}, "address"),
        ({"reads": ""}, "reads"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(worker: Actor, changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        register(PersonData(**{"names": NAMES} | changes), by=worker)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_an_observer_registers_nobody(worker: Actor) -> None:
    observer = factories.actor("observer")
    with pytest.raises(NotAllowed):
        register(PersonData(NAMES), by=observer)


def test_a_correction_names_the_changed_fields_and_not_what_they_hold(worker: Actor, person: Person) -> None:
    case_id = uuid7()
    changes = {"sex": "male", "names": Names(latin_given="Changed"), "language": None}
    correct(person, changes, by=worker, version=person.version, case_id=case_id)
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "person.corrected")).all()
    assert [event.body for event in events] == ['{"fields":["names","sex"]}']
    assert queries.identity_of(person).names == Names(latin_given="Changed")


@pytest.mark.parametrize("changes", [{"address": "Another lane"}, {"sex": "male"}])
def test_of_two_editors_the_second_learns_what_stands_now(
    worker: Actor, person: Person, changes: dict[str, object]
) -> None:
    seen = person.version
    correct(person, changes, by=worker, version=seen)
    with pytest.raises(StaleRecord) as stale:
        correct(person, {"reads": "no"}, by=worker, version=seen)
    assert changes.items() <= stale.value.current.items()
    assert stale.value.current["latin_family"] == "Sokha"
    assert person.reads == "unknown"


def test_a_correction_that_changes_nothing_writes_nothing(worker: Actor, person: Person) -> None:
    seen = person.version
    correct(person, {"sex": person.sex}, by=worker, version=seen)
    assert person.version == seen


def test_a_birth_that_becomes_known_ends_the_protection_of_a_child(worker: Actor, person: Person) -> None:
    correct(person, {"birth": dates.parse("", "", "1990")}, by=worker, version=person.version)
    assert person.minor_until == date(2008, 12, 31)


def test_names_of_many_people_take_two_statements(worker: Actor) -> None:
    ids = [register(PersonData(Names(latin_given=f"Given {number}")), by=worker).id for number in range(30)]
    db.session.expire_all()
    assert {name.latin_given for name in queries.names_of(ids).values()} == {f"Given {number}" for number in range(30)}
    assert queries.names_of([]) == {}


def test_somebody_who_is_not_there_is_not_visible(worker: Actor) -> None:
    with pytest.raises(NotVisible):
        queries.get_person(uuid7())
