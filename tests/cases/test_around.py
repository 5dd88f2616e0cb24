"""Papers that move and people around a person, on their pages: changed under a version, guardians by their dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.queries import timeline
from casework.cases.service import make_group
from casework.cases.service import person as service
from casework.codes.dates import from_age
from casework.db import today
from casework.people.kinds import inverse_of
from casework.people.names import Names
from casework.people.queries import documents_of, get_person, guardians_of, relations_of
from casework.people.service import DocumentData, PersonData, RelationData, ThirdPersonData, add_relation, register
from tests import scenes as make
from tests.client import Client, Page
from tests.signin import enter

Browsers = Callable[[], Client]
UNTIL = {"day": "guardian_valid_to-day", "month": "guardian_valid_to-month", "year": "guardian_valid_to-year"}


@pytest.fixture
def worker(app: Flask) -> Actor:
    return make.user(make.office(), "case_worker")


@pytest.fixture
def case(worker: Actor) -> Case:
    """A child with an aunt who is the guardian since yesterday."""
    names = Names(latin_family="Testfamily", latin_given="Kid")
    child = register(PersonData(names=names, birth=from_age(12, today()), birth_registered="no"), by=worker)
    case = make.case(worker, person_id=child.id)
    data = RelationData("aunt_uncle", "yes", today() - timedelta(days=1))
    service.relate(case, ThirdPersonData("guardian", Names(latin_given="Aunty")), data, by=worker)
    return case


@pytest.fixture
def desk(worker: Actor, client: Browsers) -> Client:
    return enter(client(), worker.username)


def at_form(desk: Client, path: str, **values: Any) -> Page:
    opened = desk.get(path)
    assert opened.status == 303, opened.status
    return desk.fill(opened.location, **values)


def test_a_guardian_is_one_until_the_last_day(desk: Client, case: Case) -> None:
    (relation,) = relations_of(case.person_id)
    page = desk.get(f"/cases/{case.id}/person").words()
    assert "Aunty" in page
    assert "guardian from" in page
    assert "no guardian is recorded" not in page
    assert "The birth is not registered" in page
    yesterday = today() - timedelta(days=1)
    ends = {box: str(getattr(yesterday, part)) for part, box in UNTIL.items()}
    sent = at_form(desk, f"/cases/{case.id}/relations/{relation.id}", **ends)
    assert sent.status == 303, sent.words()
    page = desk.get(f"/cases/{case.id}/person").words()
    assert "no longer a guardian" in page
    assert "no guardian is recorded whose dates are valid today" in page
    assert "Somebody around the person changed" in desk.get(f"/cases/{case.id}").words()


def test_the_end_of_a_guardian_is_not_before_the_beginning(desk: Client, case: Case) -> None:
    (relation,) = relations_of(case.person_id)
    early = today() - timedelta(days=30)
    ends = {box: str(getattr(early, part)) for part, box in UNTIL.items()}
    page = at_form(desk, f"/cases/{case.id}/relations/{relation.id}", **ends)
    assert page.status == 422
    assert "The end lies before the beginning" in page.words()
    assert page.fields()["guardian_valid_to-day"] == str(early.day)


def test_two_who_change_a_relation_meet(desk: Client, worker: Actor, case: Case) -> None:
    (relation,) = relations_of(case.person_id)
    opened = desk.get(f"/cases/{case.id}/relations/{relation.id}")
    page = desk.get(opened.location)
    changes = {"safe_to_contact": "no"}
    service.correct_relation(case, relation.id, changes, by=worker, version=relation.version)
    answer = desk.post(opened.location, page.fields() | {"safe_to_contact": "unknown"})
    assert answer.status == 409
    assert "Not asked" in answer.words()


def test_a_paper_moves_and_nobody_is_asked_for_its_number_again(desk: Client, worker: Actor, case: Case) -> None:
    paper = service.add_paper(case, DocumentData("passport", "N0000001", state="seized"), by=worker)
    sent = at_form(desk, f"/cases/{case.id}/papers/{paper.id}", state="held")
    assert sent.status == 303, sent.words()
    assert [row.state for row in documents_of(case.person_id)] == ["held"]
    assert "With the person" in desk.get(f"/cases/{case.id}/person").words()
    assert "Where the papers are, changed" in desk.get(f"/cases/{case.id}").words()


def test_what_changes_nothing_is_not_told_on_the_timeline(worker: Actor, case: Case) -> None:
    paper = service.add_paper(case, DocumentData("passport"), by=worker)
    before = [entry.kind for entry in timeline(worker, case.id)]
    service.move_paper(case, paper.id, paper.state, by=worker, version=paper.version)
    person = get_person(case.person_id)
    service.correct_person(case, {}, by=worker, version=person.version)
    assert [entry.kind for entry in timeline(worker, case.id)] == before


def test_another_cases_paper_and_relation_are_not_there(desk: Client, worker: Actor, case: Case) -> None:
    other = make.case(worker)
    paper = service.add_paper(other, DocumentData("passport"), by=worker)
    for part in (f"papers/{paper.id}", f"relations/{paper.id}"):
        opened = desk.get(f"/cases/{case.id}/{part}")
        assert desk.get(opened.location).status == 404


def test_a_relative_we_help_is_named_only_where_their_case_is_open(client: Browsers, worker: Actor, case: Case) -> None:
    sister = make.case(worker, person_id=make.person(worker, "Sister", "Shown"))
    hidden = make.user(make.office())
    brother = make.case(hidden, person_id=make.person(hidden, "Brother", "Hidden"))
    for other in (sister, brother):
        add_relation(get_person(case.person_id), get_person(other.person_id), RelationData("sibling"), by=worker)
    page = enter(client(), worker.username).get(f"/cases/{case.id}/person").words()
    assert "Sister Shown" in page
    assert "Hidden" not in page


def test_an_adult_needs_no_guardian(worker: Actor) -> None:
    grown = register(PersonData(names=Names(latin_given="Grown"), birth=from_age(40, today())), by=worker)
    assert not guardians_of(grown, []).wanted


def test_a_father_and_his_child_are_related_on_both_cases(desk: Client, worker: Actor, case: Case) -> None:
    man = register(PersonData(names=Names(latin_given="Pa"), sex="male", birth=from_age(40, today())), by=worker)
    father = make.case(worker, person_id=man.id)
    make_group(by=worker, kind="family", name="Family", cases=[case, father])
    values = {"other": str(father.id), "kind": "father", "safe_to_contact": "yes"}
    dates = {"guardian_valid_from-day": "1", "guardian_valid_from-month": "1", "guardian_valid_from-year": "2020"}
    sent = at_form(desk, f"/cases/{case.id}/relatives/new", **values, **dates)
    assert sent.status == 303, sent.words()
    assert "Father: Pa" in desk.follow(sent).words()
    (back,) = relations_of(father.person_id)
    assert (back.kind, back.other_person_id, back.guardian_valid_from) == ("child", case.person_id, None)
    again = at_form(desk, f"/cases/{father.id}/relatives/new", other=str(case.id), kind="child", safe_to_contact="yes")
    assert again.status == 422
    assert "related in the record already" in again.words()


def test_only_people_of_the_same_group_can_be_chosen(desk: Client, worker: Actor, case: Case) -> None:
    stranger = make.case(worker)
    values = {"other": str(stranger.id), "kind": "sibling", "safe_to_contact": "yes"}
    assert at_form(desk, f"/cases/{case.id}/relatives/new", **values).status == 422


@pytest.mark.parametrize(
    ("kind", "sex", "back"),
    [
        ("child", "female", "mother"),
        ("child", "male", "father"),
        ("mother", "male", "child"),
        ("cousin", "male", "cousin"),
    ],
)
def test_what_one_is_to_the_other(kind: str, sex: str, back: str) -> None:
    assert inverse_of(kind, sex) == back
