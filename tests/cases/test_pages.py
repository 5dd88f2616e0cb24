"""Pages of cases as a worker uses them: register, find, contact, notes, tasks, groups, who has seen it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from casework.access.permissions import Actor
from casework.audit.models import AuditEvent
from casework.cases.models import Case, GroupMember, Note, Task
from casework.cases.queries import find
from casework.cases.service import refresh_access, take_on
from casework.db import db
from tests import factories
from tests import scenes as make
from tests.client import Client, Page
from tests.signin import enter

Browsers = Callable[[], Client]


@pytest.fixture
def worker(app: Flask) -> Actor:
    return make.user(make.office(), "case_worker")


@pytest.fixture
def desk(worker: Actor, client: Browsers) -> Client:
    return enter(client(), worker.username)


def at_form(desk: Client, path: str, **values: Any) -> Page:
    """Open the fresh form at `path`, fill it and send it."""
    opened = desk.get(path)
    assert opened.status == 303, opened.status
    return desk.fill(opened.location, **values)


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def register(desk: Client, **values: Any) -> Page:
    begun = desk.fill("/register", text="Demo Sample")
    assert begun.status == 303, "nobody is found: the form comes at once"
    return desk.fill(begun.location, sex="female", manner_of_return="deported", **values)


def test_registering_searches_first_keeps_the_words_and_opens_the_case(desk: Client, worker: Actor) -> None:
    page = register(desk, age="30")
    assert page.status == 303, page.words()
    (case,) = find(worker, "sample demo")
    assert str(case.id) in page.location
    asked = desk.get(page.location)
    assert asked.status == 303
    assert "step=1" in asked.location
    assert "about 30 years" in desk.get(f"/cases/{case.id}").words(".cw-identity")
    assert "about 30 years, born 19" in desk.get(f"/cases/{case.id}/person").words()
    assert "about 30" in desk.get("/cases").words()


def test_districts_stand_under_their_province(desk: Client, worker: Actor) -> None:
    case = make.case(worker)
    page = desk.follow(desk.get(f"/cases/{case.id}/origin"))
    groups = page.query("select[name=origin_district] optgroup")
    assert len(groups) == 25
    assert groups[0].attrs["label"] == "Banteay Meanchey"
    assert all(option.attrs["value"].startswith("01") for option in groups[0].query("option"))


def test_a_person_registered_already_is_offered_before_a_new_one(desk: Client, worker: Actor) -> None:
    case = make.case(worker, person_id=make.person(worker, "Demo", "Sample"))
    found = desk.fill("/register", text="sample")
    assert case.code in found.words()
    assert "Is it one of these?" in found.words()


def test_impossible_ages_are_said_beside_the_field_and_nothing_is_saved(desk: Client) -> None:
    page = register(desk, age="300")
    assert page.status == 422
    assert "Demo" in page.fields().values()
    assert count(Case) == 0


def test_a_search_leads_by_code_and_finds_by_words(desk: Client, worker: Actor) -> None:
    case = make.case(worker, person_id=make.person(worker, "Demo", "Sample"))
    by_code = desk.fill("/find", text=case.code)
    assert by_code.status == 303
    assert str(case.id) in by_code.location
    assert case.code in desk.fill("/find", text="Sample").words()
    assert "Nobody of your office" in desk.fill("/find", text="Nobodyatall").words()


def test_another_offices_case_is_answered_as_one_that_is_not_there(desk: Client) -> None:
    foreign = make.case(make.user(make.office()))
    absent = make.case(make.user(make.office()))
    absent_id = absent.id
    for part in ("", "/person", "/notes", "/documents", "/seen", "/notes/new", "/contacts/new"):
        page = desk.get(f"/cases/{foreign.id}{part}")
        assert page.status == 404, part
        assert page.text == desk.get(f"/cases/{str(absent_id)[:-4]}0000{part}").text


def test_the_rule_comes_before_the_number_and_the_reason_before_both(desk: Client, worker: Actor) -> None:
    case = make.case(worker)
    added = at_form(
        desk, f"/cases/{case.id}/contacts/new", channel="voice_call", number="012 345 678", name_to_use="Auntie"
    )
    assert added.status == 303, added.words()
    person = desk.get(f"/cases/{case.id}/person")
    assert "Auntie" in person.words()
    assert "12345678" not in person.text.replace(" ", "")
    (link,) = [a.attrs["href"] for a in person.query("main a") if a.attrs.get("href", "").endswith("/number")]
    asked = desk.get(desk.get(link).location)
    assert "12345678" not in asked.text.replace(" ", "")
    shown = at_form(desk, link, reason="planned", confirmed="yes")
    assert "12345678" in shown.text.replace(" ", ""), shown.words()
    actions = db.session.scalars(select(AuditEvent.action).where(AuditEvent.action == "contact.revealed")).all()
    assert actions == ["contact.revealed"]


def test_a_note_is_recorded_once_however_often_it_is_sent(desk: Client, worker: Actor) -> None:
    case = make.case(worker)
    opened = desk.get(f"/cases/{case.id}/notes/new")
    for _ in range(2):
        assert desk.fill(opened.location, text="She slept well.").status == 303
    assert count(Note) == 1
    other = desk.fill(opened.location, text="Other words.")
    assert other.status == 409
    assert "Other words." in other.text
    assert "She slept well." in desk.get(f"/cases/{case.id}/notes").words()


def test_a_draft_waits_and_ends_with_the_note(desk: Client, worker: Actor) -> None:
    case = make.case(worker)
    opened = desk.get(f"/cases/{case.id}/notes/new")
    kept = desk.fill(opened.location, text="Half a sentence", save="draft")
    assert kept.status == 303
    assert "Half a sentence" in desk.get(opened.location).text
    assert desk.fill(opened.location).status == 303
    assert count(Note) == 1
    assert "Half a sentence" not in desk.get(opened.location).text


def test_a_task_is_planned_and_ended_by_one_tap(desk: Client, worker: Actor) -> None:
    case = make.case(worker)
    due = {"due_on-day": "1", "due_on-month": "1", "due_on-year": "2100"}
    page = at_form(desk, f"/cases/{case.id}/tasks/new", text="Call the clinic", **due)
    assert page.status == 303, page.words()
    task = db.session.scalars(select(Task)).one()
    token = desk.token("/find")
    sent = {"csrf_token": token, "version": str(task.version)}
    assert desk.post(f"/tasks/{task.id}/done", sent).status == 303
    assert desk.post(f"/tasks/{task.id}/done", sent).status == 303
    db.session.expire_all()
    assert db.session.get_one(Task, task.id).state == "done"


def test_of_two_editors_of_a_name_the_second_sees_both_versions(desk: Client, worker: Actor, client: Browsers) -> None:
    case = make.case(worker)
    mine = desk.get(f"/cases/{case.id}/identity").location
    colleague = enter(client(), worker.username)
    theirs = colleague.get(f"/cases/{case.id}/identity").location
    form = desk.get(mine).fields()
    assert colleague.fill(theirs, latin_given="Theirs").status == 303
    token = {"csrf_token": desk.token("/find")}
    page = desk.post(mine, {**form, **token, "latin_given": "Mine"})
    assert page.status == 409
    assert "Mine" in page.text
    assert "Theirs" in page.text


def test_thirty_rows_become_a_group_or_nothing(desk: Client, worker: Actor) -> None:
    rows = {f"p{n}_family": f"Crew{n}" for n in range(1, 31)}
    shared = {"kind": "crew", "name": "Invented boat", "manner_of_return": "deported"}
    opened = desk.get("/groups/new").location
    wrong = desk.fill(opened, **shared, **{**rows, "p7_age": "999"})
    assert wrong.status == 422
    assert count(Case) == 0
    done = desk.fill(opened, **shared, **{**rows, "p7_age": "19"})
    assert done.status == 303, done.words()
    assert count(Case) == 30 == count(GroupMember)
    assert "30 people" in desk.follow(done).words()


def test_a_group_shows_and_counts_visible_members_only(desk: Client, worker: Actor, client: Browsers) -> None:
    rows = {f"p{n}_family": f"Crew{n}" for n in range(1, 4)}
    shared = {"kind": "crew", "name": "Invented boat", "manner_of_return": "deported"}
    done = at_form(desk, "/groups/new", **shared, **rows)
    other = make.user(make.office(), "case_worker")
    case = db.session.scalars(select(Case)).first()
    assert case is not None
    make.grant(case, other.organisation_id, ["identity"])
    refresh_access(case)
    take_on(case, user_id=other.user_id, by=other)
    page = enter(client(), other.username).get(done.location)
    assert "1 person" in page.words()
    assert "Invented boat" not in page.text


def test_who_does_not_belong_is_taken_out_of_the_group_and_keeps_the_case(desk: Client, worker: Actor) -> None:
    rows = {f"p{n}_family": f"Crew{n}" for n in range(1, 4)}
    done = at_form(desk, "/groups/new", kind="crew", name="Invented boat", manner_of_return="deported", **rows)
    page = desk.get(done.location)
    assert "3 people" in page.words()
    (way, *_) = [form.attrs["action"] for form in page.query("main form") if form.attrs["action"].endswith("/leave")]
    left = desk.post(way, {"csrf_token": page.fields()["csrf_token"]})
    assert "2 people" in desk.follow(left).words()
    case_id = way.split("/")[2]
    assert desk.get(f"/cases/{case_id}").status == 200
    actions = db.session.scalars(select(AuditEvent.action).where(AuditEvent.stream_id == UUID(case_id))).all()
    assert "group.left" in actions


def test_who_has_seen_names_colleagues_and_only_the_owner_learns_of_other_offices(
    desk: Client, worker: Actor, client: Browsers
) -> None:
    case = make.case(worker)
    other = make.user(make.office(), "case_worker")
    make.grant(case, other.organisation_id, ["identity", "case_note"])
    take_on(case, user_id=other.user_id, by=other)
    visitor = enter(client(), other.username)
    assert visitor.get(f"/cases/{case.id}/notes").status == 200
    assert other.organisation_name in desk.get(f"/cases/{case.id}/seen").words()
    assert worker.organisation_name not in visitor.get(f"/cases/{case.id}/seen").words()


def test_a_photo_is_kept_without_its_place_and_served_only_through_the_case(
    desk: Client, worker: Actor, client: Browsers
) -> None:
    case = make.case(worker)
    photo = io.BytesIO()
    picture = Image.new("RGB", (40, 30), "white")
    exif = picture.getexif()
    exif[0x010E] = "secret place"
    picture.save(photo, "JPEG", exif=exif)
    opened = desk.get(f"/cases/{case.id}/documents/new").location
    data = {**desk.get(opened).fields(), "title": "Passport page", "kind": "other", "data_class": "identity"}
    sent = desk.post(opened, {**data, "file": (io.BytesIO(photo.getvalue()), "photo.jpg")})
    assert sent.status == 303, sent.words()
    listed = desk.follow(sent)
    assert "Passport page" in listed.words()
    (link,) = [a.attrs["href"] for a in listed.query("main a") if "show=1" in a.attrs.get("href", "")]
    body = desk.raw.get(link).data
    assert body[:2] == b"\xff\xd8"
    assert b"secret place" not in body
    stranger = enter(client(), make.user(make.office(), "case_worker").username)
    assert stranger.get(link).status == 404


def test_a_supervisor_brings_a_nurse_in_and_lets_her_go(app: Flask, client: Browsers) -> None:
    organisation = make.office()
    boss = factories.user("coordinator", at_office=organisation, factor=True)
    nurse = make.user(organisation, "health_worker")
    case = make.case(make.user(organisation, "case_worker"))
    desk = enter(client(), boss.username)
    named = {"to_user_id": str(nurse.user_id), "part": "helps", "reason": "skills"}
    done = at_form(desk, f"/cases/{case.id}/assign", **named)
    assert done.status == 303, done.words()
    page = desk.get(desk.get(done.location).location)
    (form,) = [f for f in page.query("main form") if (f.attrs.get("action") or "").endswith("/end")]
    assert enter(client(), nurse.username).get(f"/cases/{case.id}").status == 200
    assert desk.post(form.attrs["action"], {"csrf_token": desk.token("/find")}).status == 303
    assert enter(client(), nurse.username).get(f"/cases/{case.id}").status == 404
