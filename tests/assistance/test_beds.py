"""Houses, rooms and beds: one person in each, the board by right, what was agreed about a stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from casework.access.permissions import Actor
from casework.assistance.models import House, Room, Stay
from casework.assistance.queries import bed_board, free_beds, plain_houses, stays
from casework.assistance.service import (
    Lodging,
    add_house,
    add_room,
    arrive,
    change_house,
    change_room,
    change_stay,
    leave,
)
from casework.cases.service import exclude
from casework.db import db, today
from casework.errors import Conflict, InvalidInput, InvalidTransition, NotAllowed, NotVisible, StaleRecord
from casework.people.models import Person
from tests import factories
from tests.assistance.test_pages import at_form
from tests.assistance.world import World
from tests.client import Client
from tests.overview.counting import statements
from tests.signin import enter

Browsers = Callable[[], Client]


class Home:
    """A house with one room of three beds, and the world around it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.admin: Actor = factories.actor("org_admin", at_office=world.office, factor=True)
        self.house: House = add_house(by=self.admin, name="Sample house Kapok", directions="Behind the sample market")
        self.room: Room = add_room(self.house, by=self.admin, label="2", beds=3)

    def arrive(self, bed: int | None = 1, case: Any = None, **more: Any) -> Stay:
        lodging = Lodging("agreed", room_id=self.room.id, bed_number=bed, **more)
        return arrive(case or self.world.case, lodging, by=self.world.worker, arrived_on=today())


@pytest.fixture
def home(world: World) -> Home:
    return Home(world)


def beds(by: Actor) -> dict[int, Any]:
    [house] = bed_board(by)
    return house.rooms[0].beds


def test_a_bed_holds_one_person_and_is_free_again_when_they_leave(home: Home) -> None:
    stay = home.arrive(1)
    with pytest.raises(InvalidTransition):
        home.arrive(1, home.world.another_case())
    home.arrive(2, home.world.another_case())
    assert [number for number, guest in beds(home.world.worker).items() if guest is None] == [3]
    leave(stay, home.world.case, by=home.world.worker, left_on=today(), reason="went_home")
    home.arrive(1, home.world.another_case())


def test_the_database_refuses_two_in_a_bed_as_well(home: Home) -> None:
    home.arrive(1)
    other = home.arrive(2, home.world.another_case())
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(text("UPDATE stay SET bed_number = 1 WHERE bed_number = 2"))
    assert other.bed_number == 2


def test_a_baby_shares_a_bed_and_takes_none(home: Home) -> None:
    home.arrive(None)
    home.arrive(None, home.world.another_case())
    [house] = bed_board(home.world.worker)
    assert (house.free, house.beds, len(house.rooms[0].sharing)) == (3, 3, 2)


@pytest.mark.parametrize(("sex", "for_sex", "for_age", "fits"), [
    ("female", "female", "any", True), ("male", "female", "any", False), ("female", "any", "children", False),
    ("female", "any", "adults", True), ("unknown", "male", "any", False), ("male", "male", "adults", True),
])  # fmt: skip
def test_a_room_meant_for_others_asks_first(home: Home, sex: str, for_sex: str, for_age: str, fits: bool) -> None:
    person = db.session.get_one(Person, home.world.case.person_id)
    person.sex, person.minor_until = sex, today() - timedelta(days=400)
    home.room.for_sex, home.room.for_age = for_sex, for_age
    db.session.flush()
    if not fits:
        with pytest.raises(InvalidInput) as asked:
            home.arrive(1)
        assert asked.value.field == "anyway"
    assert home.arrive(1, anyway=not fits).bed_number == 1


def test_a_bed_elsewhere_or_of_another_office_is_refused(home: Home) -> None:
    world = home.world
    for bed in (0, 4):
        with pytest.raises(InvalidInput):
            home.arrive(bed)
    for lodging in (Lodging("agreed"), Lodging("agreed", "A place", room_id=home.room.id), Lodging("", "A place")):
        with pytest.raises(InvalidInput):
            arrive(world.case, lodging, by=world.worker, arrived_on=today())
    theirs = world.another_case(by=world.stranger)
    with pytest.raises(NotVisible):
        arrive(theirs, Lodging("agreed", room_id=home.room.id), by=world.stranger, arrived_on=today())


def test_what_was_agreed_is_sealed_and_changed_with_both_versions_told(home: Home) -> None:
    stay = home.arrive(1, movement="Samplehours until nine", visitors="Her sampleaunt on Sunday")
    version = stay.version
    lodging = Lodging("guardian_agreed", room_id=home.room.id, bed_number=2, movement="Until ten", note="Quiet")
    change_stay(stay, home.world.case, lodging, by=home.world.worker, expected_version=version)
    [row] = stays(home.world.worker, home.world.case)
    assert (row.words["movement"], row.words["visitors"], row.house) == ("Until ten", "", "Sample house Kapok")
    assert (row.stay.bed_number, row.stay.admission) == (2, "guardian_agreed")
    with pytest.raises(StaleRecord):
        change_stay(stay, home.world.case, lodging, by=home.world.worker, expected_version=version)
    tables = ("stay_sealed", "house_sealed", "house", "room")
    raw = repr([db.session.execute(text(f"SELECT * FROM {name}")).all() for name in tables])  # noqa: S608 - own names
    assert "ample" not in raw


def test_the_board_tells_names_by_right_only(home: Home) -> None:
    world = home.world
    home.arrive(1)
    mine = beds(world.worker)[1]
    assert mine is not None
    assert mine.case is not None
    assert "Testfamily" in (mine.name or "")
    colleague = factories.actor("case_worker", at_office=world.office)
    exclude(world.case, user_id=colleague.user_id, reason="complaint", by=world.supervisor)
    hidden = beds(colleague)[1]
    assert hidden is not None
    assert (hidden.case, hidden.name, hidden.stay_id, hidden.nights) == (None, None, None, 0)
    assert bed_board(world.stranger) == []


def test_a_long_stay_shows_on_the_board(home: Home) -> None:
    stay = home.arrive(1)
    for days, long in ((90, False), (91, True)):
        stay.arrived_on = today() - timedelta(days=days)
        db.session.flush()
        guest = beds(home.world.worker)[1]
        assert guest is not None
        assert (guest.nights, guest.long) == (days, long)


def test_houses_and_rooms_are_kept_by_the_administrator(home: Home) -> None:
    world = home.world
    with pytest.raises(NotAllowed):
        add_house(by=world.worker, name="x")
    for label, count, error in (
        ("", 2, InvalidInput),
        ("2", 2, Conflict),
        ("3", 0, InvalidInput),
        ("3", 61, InvalidInput),
    ):
        with pytest.raises(error):
            add_room(home.house, by=home.admin, label=label, beds=count)
    stay = home.arrive(3)
    change: dict[str, Any] = {"label": "2", "beds": 3, "for_sex": "any", "for_age": "any", "active": True}
    for wrong in ({"beds": 2}, {"active": False}):
        with pytest.raises(InvalidInput):
            change_room(home.room, by=home.admin, **change | wrong)
    with pytest.raises(InvalidInput):
        change_house(home.house, by=home.admin, name="x", directions="", active=False)
    leave(stay, world.case, by=world.worker, left_on=today(), reason="own_wish")
    change_room(home.room, by=home.admin, **change | {"beds": 2, "for_sex": "female"})
    version = home.house.version
    change_house(
        home.house, by=home.admin, name="Sample house Palm", directions="", active=False, expected_version=version
    )
    with pytest.raises(StaleRecord):
        change_house(home.house, by=home.admin, name="x", directions="", active=True, expected_version=version)
    [house] = plain_houses(home.admin)
    assert (house.name, house.house.active, free_beds(world.worker)) == ("Sample house Palm", False, [])
    elsewhere = factories.actor("org_admin", at_office=world.elsewhere, factor=True)
    assert plain_houses(elsewhere) == []
    with pytest.raises(NotVisible):
        add_room(home.house, by=elsewhere, label="9", beds=1)


def test_the_pages_from_house_to_bed(app: Flask, world: World, client: Browsers) -> None:
    boss = enter(client(), factories.user("org_admin", at_office=world.office, factor=True).username)
    assert boss.follow(at_form(boss, "/settings/houses/new", name="Sample house Kapok")).words().count("Kapok") > 0
    house = db.session.query(House).one()
    room = {"label": "2", "beds": "2", "for_sex": "any", "for_age": "any"}
    page = at_form(boss, f"/settings/houses/{house.id}/rooms/new", **room)
    assert page.status == 303, page.words()
    assert at_form(boss, f"/settings/houses/{house.id}/rooms/new", **room).status == 422
    shown = db.session.query(Room).one()
    assert at_form(boss, f"/settings/rooms/{shown.id}", beds="3").status == 303
    assert at_form(boss, f"/settings/houses/{house.id}", name="Sample house Palm").status == 303
    worker = enter(client(), world.worker.username)
    assert "Beds free tonight: 3 of 3" in worker.get("/beds").words()
    agreed = {"admission": "agreed", "movement": "Back by nine"}
    page = at_form(worker, f"/cases/{world.case.id}/stays/new", room_bed=f"{shown.id}:1", **agreed)
    assert page.status == 303, page.words()
    words = worker.follow(page).words()
    for told in ("Sample house Palm, Room 2, bed 1", "Going out: Back by nine"):
        assert told in words
    board = worker.get("/beds").words()
    assert "Beds free tonight: 2 of 3" in board
    assert "Testfamily Given" in board
    links = [link.attrs["href"] or "" for link in worker.get(f"/cases/{world.case.id}/stays").query("main a")]
    change = next(link for link in links if link.endswith("/change"))
    assert "Room 2, bed 3" in worker.follow(at_form(worker, change, room_bed=f"{shown.id}:3")).words()
    nurse = enter(client(), world.nurse.username)
    assert nurse.get("/beds").status == 403


def test_food_takes_one_tap_and_a_double_tap_one_line(app: Flask, world: World, client: Browsers) -> None:
    worker = enter(client(), world.worker.username)
    page = worker.get(f"/cases/{world.case.id}/help")
    action = page.query("main form")[0].attrs["action"] or ""
    assert action.endswith("/help/now/cooked_meal")
    for _ in range(2):
        assert worker.post(action, page.fields()).status == 303
    assert worker.get(f"/cases/{world.case.id}/help").words().count("1 meal") == 3  # the button, the line, the sum
    assert worker.post(action.replace("cooked_meal", "cash_grant"), page.fields()).status == 404


def test_a_board_costs_the_same_with_one_and_with_many(home: Home) -> None:
    home.arrive(1)
    with statements() as one:
        bed_board(home.world.worker)
    for bed in (2, 3):
        home.arrive(bed, home.world.another_case())
    room: UUID = add_room(home.house, by=home.admin, label="3", beds=9).id
    assert room
    with statements() as many:
        bed_board(home.world.worker)
    assert len(many) == len(one)
