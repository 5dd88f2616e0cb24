"""The first evening: one page, from paper or not; what must wait stands everywhere; thirty people in one sitting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from casework.access.models import User
from casework.assistance.models import ServiceLine
from casework.assistance.queries import needs_now
from casework.assistance.queries.groups import members_now
from casework.assistance.service import Evening, record_evening
from casework.cases.models import AskStop, Case, CaseGroup, PaperSheet, Task
from casework.cases.queries.care import sheets_of, stop_now, talks_of
from casework.cases.service import Paper, StopWish, go_on_asking, make_group, mark_talk, stop_asking
from casework.cases.service.tasks import add_task
from casework.db import at, db, today, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotVisible
from casework.people.models import Person
from casework.people.queries import contacts_of
from casework.people.service import ContactData
from tests import factories
from tests.assistance.world import World
from tests.client import Client, Page
from tests.overview.counting import statements
from tests.signin import enter

Browsers = Callable[[], Client]
YESTERDAY = {"paper_on-day": "day", "paper_on-month": "month", "paper_on-year": "year"}


def on(day: Any) -> dict[str, str]:
    return {box: str(getattr(day, part)) for box, part in YESTERDAY.items()}


@pytest.fixture
def desk(app: Flask, world: World, client: Browsers) -> Client:
    return enter(client(), world.worker.username)


def at_form(desk: Client, path: str, **values: Any) -> Page:
    opened = desk.get(path)
    assert opened.status == 303, opened.status
    return desk.fill(opened.location, **values)


def test_one_page_registers_feeds_and_lets_the_person_rest(desk: Client, world: World) -> None:
    begun = desk.fill("/register", text="Tired Sample")
    values = {"sex": "male", "manner_of_return": "deported", "food": "given", "bed": "wanted", "language": "khm"}
    contact = {"channel": "voice_call", "number": "012 345 678", "unsafe_persons": "The broker", "stop": "yes"}
    sent = desk.fill(begun.location, **values, **contact)
    assert sent.status == 303, sent.words()
    page = desk.follow(sent)
    assert "Do not ask more now" in page.words(".cw-identity")
    assert "The person" in page.words(".cw-identity")
    case = db.session.scalars(select(Case).where(Case.id != world.case.id)).one()
    assert {code: row.state for code, row in needs_now(world.worker, case).items()} == {
        "food": "given", "bed": "wanted",
    }  # fmt: skip
    assert len(contacts_of(case.person_id)) == 1
    assert db.session.get_one(Person, case.person_id).language == "khm"
    screening = desk.follow(desk.get(f"/cases/{case.id}/screenings/new"))
    assert "Do not ask more now" in screening.words(".cw-identity")


def test_a_number_needs_a_way_and_everything_typed_is_still_there(desk: Client, world: World) -> None:
    page = at_form(desk, f"/cases/{world.case.id}/first-hour", number="012 345 678", unsafe_persons="The broker")
    assert page.status == 422
    assert "Choose how to reach the person" in page.words()
    assert page.fields()["unsafe_persons"] == "The broker"
    nothing = at_form(desk, f"/cases/{world.case.id}/first-hour")
    assert nothing.status == 422
    assert "Write down at least one thing" in nothing.words()


def test_everything_that_is_wrong_is_told_at_once_on_top_and_beside_its_field(desk: Client, world: World) -> None:
    names = {"latin_family": "ចាន់", "khmer_given": "Dara", "age": "30", "birth-year": "1990"}
    contact = {"safe_from": "25:99", "safe_to": "noon", "number": "12", "paper_place": "Green folder"}
    page = desk.fill(desk.fill("/register", text="Tired Sample").location, **names, **contact)
    assert page.status == 422
    wrong = {"latin_family", "khmer_given", "age", "sex", "manner_of_return"}
    wrong |= {"safe_from", "safe_to", "channel", "number", "paper_on"}
    assert {one.attrs["id"].removesuffix("-error") for one in page.query(".govuk-error-message")} == wrong
    told = [one.attrs["href"] for one in page.query(".govuk-error-summary__list a")]
    assert len(told) == len(wrong)
    assert "latin_family" in told[0]  # who the person is comes before the evening, as on the page
    assert "safe" not in told[4]
    assert page.fields()["safe_to"] == "noon"
    half = at_form(desk, f"/cases/{world.case.id}/first-hour", channel="voice_call", safe_from="08:00")
    assert len(half.query(".govuk-error-summary__list a")) == 2  # the end of the hours, and the number
    assert contacts_of(world.case.person_id) == []


def test_what_was_written_on_paper_says_so_and_where_it_lies(desk: Client, world: World) -> None:
    yesterday = today() - timedelta(days=1)
    half = at_form(desk, f"/cases/{world.case.id}/first-hour", food="given", **on(yesterday))
    assert half.status == 422
    assert "Say where the paper lies" in half.words()
    path = f"/cases/{world.case.id}/first-hour"
    sent = at_form(desk, path, food="given", paper_place="Green folder", **on(yesterday))
    assert sent.status == 303, sent.words()
    line = db.session.scalars(select(ServiceLine)).one()
    assert (line.source, line.occurred_from) == ("paper", yesterday)
    need = needs_now(world.worker, world.case)["food"]
    assert (need.source, need.occurred_from) == ("paper", yesterday)
    (sheet,) = sheets_of(world.worker, world.case.id)
    assert (sheet.row.written_on, sheet.place) == (yesterday, "Green folder")
    assert "Green folder" in desk.get(f"/cases/{world.case.id}").words()


def test_a_paper_form_is_not_from_tomorrow(world: World) -> None:
    paper = Paper("first_evening", today() + timedelta(days=1), "Green folder")
    with pytest.raises(InvalidInput):
        record_evening(world.case, Evening(contact=ContactData("sms"), paper=paper), by=world.worker)


def test_a_stop_holds_until_the_morning_or_until_the_person_wishes_to_go_on(desk: Client, world: World) -> None:
    stop_asking(world.case, by=world.worker, said_by="health_worker", span="tomorrow", reason="Fever")
    stop = stop_now(world.worker, world.case.id)
    assert stop is not None
    page = desk.get(f"/cases/{world.case.id}")
    assert "A doctor or nurse" in page.words(".cw-identity")
    assert "Fever" in page.words()
    with at(utcnow() + timedelta(days=2)):
        assert stop_now(world.worker, world.case.id) is None
    ended = desk.post(f"/cases/{world.case.id}/stop/{stop.id}/end", {"csrf_token": page.fields()["csrf_token"]})
    assert ended.status == 303
    assert "Do not ask more" not in desk.get(f"/cases/{world.case.id}").words(".cw-identity")
    with pytest.raises(InvalidTransition):
        go_on_asking(world.case, stop.id, by=world.worker)


def test_a_stop_of_another_case_is_not_there(world: World) -> None:
    other = world.another_case()
    stop = stop_asking(other, by=world.worker, said_by="person", span="week")
    with pytest.raises(NotVisible):
        go_on_asking(world.case, stop.id, by=world.worker)
    assert stop_now(world.stranger, other.id) is None


@pytest.mark.parametrize(("said_by", "span"), [("nobody", "tomorrow"), ("person", "forever")])
def test_a_stop_says_who_and_until_when(world: World, said_by: str, span: str) -> None:
    with pytest.raises(InvalidInput):
        record_evening(world.case, Evening(stop=StopWish(said_by, span)), by=world.worker)
    assert db.session.scalars(select(AskStop)).all() == []


def test_a_private_talk_is_one_tap_and_a_mistake_one_more(desk: Client, world: World) -> None:
    add_task(world.case, by=world.worker, kind="first_talk")
    for state in ("held", "taken_back", "held"):
        page = desk.get(f"/cases/{world.case.id}")
        way = f"/cases/{world.case.id}/private-talk/{state}"
        (form,) = [form for form in page.query("main form") if form.attrs["action"] == way]
        values = {box.attrs["name"]: box.attrs["value"] for box in form.query("input")}
        for _ in range(2):
            assert desk.post(way, values).status == 303
        assert talks_of(world.worker, [world.case.id])[world.case.id].state == state
    assert db.session.scalars(select(Task.state).where(Task.kind == "first_talk")).all() == ["done"]
    with pytest.raises(InvalidTransition):
        mark_talk(world.case, "held", by=world.worker)


GROUP = {"kind": "crew", "name": "Invented boat", "manner_of_return": "deported", "vessel": "Demo Star 7"}


def test_each_row_of_a_group_says_what_is_wrong_with_it_and_all_is_kept(desk: Client, world: World) -> None:
    rows = {f"p{n}_family": f"Crew{n}" for n in range(1, 31)}
    wrong = {"p3_phone": "not a number", "p7_age": "999", "p9_family": "", "p9_sex": "male", "p12_family": ""}
    page = at_form(desk, "/groups/new", **GROUP, **{**rows, **wrong, "p12_needs": "food"})
    assert page.status == 422
    for box in ("p3_phone", "p7_age", "p9_family", "p12_family"):
        assert page.query(f"#{box}-error"), box
    assert page.fields()["p30_family"] == "Crew30"
    assert db.session.scalars(select(CaseGroup)).all() == []


@pytest.mark.parametrize("language", ["en", "km"])
def test_a_row_of_a_group_says_for_a_narrow_page_and_for_the_ear_what_each_box_is(
    app: Flask, client: Browsers, world: World, language: str
) -> None:
    """In Khmer too the page keeps to its size: the client looks."""
    user = db.session.get_one(User, world.worker.user_id)
    user.language = language
    db.session.commit()
    desk = enter(client(), world.worker.username)
    page = desk.get(desk.get("/groups/new").location)
    heads = {one.attrs["id"]: " ".join(one.to_text().split()) for one in page.query(".cw-grid thead th[id]")}
    rows = {one.attrs["id"]: one.attrs["aria-label"] for one in page.query(".cw-grid tbody th")}
    assert len(set(rows.values())) == 30
    cells = page.query(".cw-grid td")
    assert len(cells) == 30 * len(heads)
    for cell in cells:
        row, head = cell.query("[aria-labelledby]")[0].attrs["aria-labelledby"].split()
        assert row in rows
        assert heads[head] == cell.attrs["data-label"]


def test_thirty_come_with_their_needs_and_the_group_says_how_each_of_them_is(desk: Client, world: World) -> None:
    rows = {f"p{n}_family": f"Crew{n}" for n in range(1, 4)}
    needs = {"p1_needs": ["food", "medical"], "p2_language": "vie", "language": "khm"}
    paper = {"paper_place": "Green folder", **on(today())}
    sent = at_form(desk, "/groups/new", **GROUP, **rows, **needs, **paper)
    assert sent.status == 303, sent.words()
    group = db.session.scalars(select(CaseGroup)).one()
    page = desk.follow(sent)
    words = page.words()
    for said in (
        "Demo Star 7",
        "Deported",
        "Medical help: wanted",
        "never asked",
        "not yet",
        "Talked with alone: 0 of 3",
    ):
        assert said in words, said
    members = members_now(world.worker, group.id)
    people = [db.session.get_one(Person, member.case.person_id) for member in members]
    assert [person.language for person in people] == ["khm", "vie", "khm"]
    assert {person.source for person in people} == {"paper"}
    assert [set(member.needs) for member in members] == [{"food", "medical"}, set(), set()]
    assert len(db.session.scalars(select(PaperSheet)).all()) == 3
    way = f"/cases/{members[0].case.id}/private-talk/held?group={group.id}"
    tapped = desk.post(way, {"csrf_token": page.fields()["csrf_token"], "version": "0"})
    assert tapped.location.endswith(f"/groups/{group.id}")
    assert "Talked with alone: 1 of 3" in desk.follow(tapped).words()


def test_a_group_page_costs_the_same_for_three_and_for_nine(desk: Client, world: World) -> None:
    counts = []
    cases = [world.another_case() for _ in range(9)]
    for case in cases:
        record_evening(case, Evening({"food": "wanted"}, stop=StopWish("person", "tomorrow")), by=world.worker)
        mark_talk(case, "held", by=world.worker)
    for size in (3, 9):
        group = make_group(by=world.worker, kind="bus", name="Bus", cases=cases[:size])
        desk.get(f"/groups/{group.id}")
        with statements() as sent:
            assert f"{size} people" in desk.get(f"/groups/{group.id}").words()
        counts.append(len(sent))
    assert counts[0] == counts[1], counts


def test_another_office_sees_in_a_group_only_what_is_open_to_it(client: Browsers, world: World) -> None:
    case = world.another_case()
    record_evening(case, Evening({"food": "wanted"}), by=world.worker)
    mark_talk(case, "held", by=world.worker)
    group = make_group(by=world.worker, kind="bus", name="Bus", cases=[case, world.case])
    world.share(case, world.elsewhere, ["travel"])
    reader = factories.actor("mission_officer", at_office=world.elsewhere)
    page = enter(client(), reader.username).get(f"/groups/{group.id}").words()
    assert "1 person" in page
    for hidden in ("Food and water: wanted", "talked with alone", "Testfamily"):
        assert hidden not in page, hidden


def test_the_empty_forms_speak_both_languages(desk: Client, world: World) -> None:
    for path in ("/first-evening/form", "/first-evening/list"):
        page = desk.get(path).words()
        assert "Food and water" in page
        assert any("\u1780" <= letter <= "\u17ff" for letter in page), path
