"""Journeys: seen through visible returns only, no history on the manifest, nobody boards before the conditions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from casework.cases.models import Case
from casework.codes.dates import AgeRange
from casework.db import db, today, utcnow
from casework.errors import Conflict, InvalidInput, InvalidTransition, NotAllowed, NotVisible, StaleRecord
from casework.repatriation import service
from casework.repatriation.models import Movement, MovementSeat, ReturnPath
from casework.repatriation.queries import get_movement, list_movements, view_movement
from casework.repatriation.queries.movements import age_band
from casework.sharing.service import withdraw
from tests.client import Client
from tests.overview.counting import statements
from tests.repatriation.test_pages import at_form, base, press
from tests.repatriation.world import World
from tests.sharing.scene import case_of
from tests.signin import enter


def planned(world: World, **more: Any) -> tuple[Movement, ReturnPath]:
    path = world.start(start_at="IN07_travel")
    values: dict[str, Any] = {"travel_on": today() + timedelta(days=3), "vehicle": "Bus 1"} | more
    return service.plan_movement(path, world.case, by=world.officer, **values), path


def seat_of(row: Movement, case: Case) -> MovementSeat:
    return db.session.get_one(MovementSeat, (row.id, case.id))


def another(world: World, row: Movement) -> tuple[Case, ReturnPath]:
    """A second case of the mission with a seat."""
    case = case_of(world.officer)
    path = service.start_return(
        case, service.Journey(direction="INBOUND", other_country="THA", start_at="IN07_travel"), by=world.officer
    )
    service.take_seat(row, path, case, service.SeatData(seat=2), by=world.officer)
    return case, path


def test_a_journey_is_seen_through_visible_returns_and_shows_only_those(world: World) -> None:
    row, _ = planned(world)
    another(world, row)
    assert len(view_movement(world.officer, row).seats) == 2
    with pytest.raises(NotVisible):
        get_movement(world.worker, row.id)
    world.share(world.ngo, "demographic")
    with pytest.raises(NotVisible):
        get_movement(world.worker, row.id)
    world.share()
    view = view_movement(world.worker, get_movement(world.worker, row.id))
    assert [seat.case.id for seat in view.seats] == [world.case.id]
    assert view.seats[0].name == ""
    assert list_movements(world.worker)[0][0].seats == 1
    assert list_movements(world.stranger) == ([], "")


def test_the_day_of_a_return_follows_its_journey_and_a_person_sits_once(world: World) -> None:
    row, path = planned(world)
    assert path.travel_on == row.travel_on
    with pytest.raises(Conflict):
        service.take_seat(row, path, world.case, service.SeatData(), by=world.officer)
    other = service.plan_movement
    with pytest.raises(Conflict, match="another journey"):
        other(path, world.case, by=world.officer, travel_on=today())
    with pytest.raises(InvalidInput):
        service.change_movement(
            row, by=world.officer, travel_on=today() - timedelta(days=1), vehicle="", meeting="", note=""
        )
    world.share()
    with pytest.raises(NotAllowed):
        service.change_movement(row, by=world.worker, travel_on=today(), vehicle="", meeting="", note="")


def test_nobody_boards_before_the_conditions_and_the_journey_leaves_with_those_on_board(world: World) -> None:
    row, path = planned(world)
    later, _ = another(world, row)
    seat = seat_of(row, world.case)
    with pytest.raises(InvalidTransition, match="No travel yet"):
        service.board(seat, row, path, world.case, by=world.officer)
    with pytest.raises(InvalidTransition, match="Nobody is on board"):
        service.depart(row, by=world.officer)
    world.clear(path)
    service.board(seat, row, path, world.case, by=world.officer)
    with pytest.raises(StaleRecord):
        service.depart(row, by=world.officer, expected_version=row.version + 1)
    service.depart(row, by=world.officer, expected_version=row.version)
    assert (row.state, seat_of(row, later).state) == ("left", "stayed")
    with pytest.raises(InvalidTransition):
        service.cancel_movement(row, by=world.officer)
    service.arrive(row, by=world.officer)
    assert row.arrived_at is not None


def test_who_takes_the_agreement_back_sits_on_no_journey(world: World) -> None:
    row, path = planned(world)
    entry = world.clear(path)
    service.board(seat_of(row, world.case), row, path, world.case, by=world.officer)
    withdraw(entry, world.case, by=world.officer, form="spoken_witnessed")
    assert seat_of(row, world.case).state == "stayed"


def test_a_return_that_stops_gives_its_seat_up(world: World) -> None:
    row, path = planned(world)
    service.stop_return(path, world.case, by=world.officer, reason="person_stays")
    assert seat_of(row, world.case).state == "stayed"
    service.cancel_movement(row, by=world.officer)
    assert row.state == "cancelled"


def test_seats_needs_legs_and_escorts_are_checked(world: World) -> None:
    row, path = planned(world)
    seat = seat_of(row, world.case)
    for wrong in ({"seat": 0}, {"needs": ("tb",)}, {"to_province": "99"}):
        with pytest.raises(InvalidInput):
            service.change_seat(seat, row, path, world.case, service.SeatData(**wrong), by=world.officer)
    good = service.SeatData(seat=4, to_province="02", needs=("wheelchair", "front"))
    service.change_seat(seat, row, path, world.case, good, by=world.officer, expected_version=seat.version)
    now = utcnow()
    for wrong in ({"mode": "rocket"}, {"to_place": ""}, {"border_point": "moon"},
                  {"departs_at": now, "arrives_at": now - timedelta(hours=1)}):  # fmt: skip
        with pytest.raises(InvalidInput):
            service.add_leg(row, leg(**wrong), by=world.officer)
    found = service.add_leg(row, leg(number="K 1"), by=world.officer)
    service.add_escort(row, by=world.officer, name="Escort Sample", sex="female", phone="1", org_id=world.ngo.id)
    view = view_movement(world.officer, row)
    assert view.seats[0].needs == ["front", "wheelchair"]
    assert view.legs[0][1]["number"] == "K 1"
    assert view.escorts[0][1]["name"] == "Escort Sample"
    service.take_out(row, found.id, by=world.officer)
    with pytest.raises(NotVisible):
        service.take_out(row, found.id, by=world.officer)
    assert view_movement(world.officer, row).legs == []


def leg(**more: Any) -> service.LegData:
    return service.LegData(**{"mode": "road", "from_place": "Bangkok", "to_place": "Poipet", **more})


@pytest.mark.parametrize(
    ("age", "words"), [(3, "0-4"), (11, "5-11"), (17, "12-17"), (18, "18-59"), (80, "60 and over")]
)
def test_the_manifest_has_age_bands(app: Flask, session: Any, age: int, words: str) -> None:
    assert age_band(AgeRange(age, age + 1), "en") == words
    assert age_band(None, "en") == "Age not known"


def test_the_list_of_journeys_asks_the_same_however_long_it_is(world: World) -> None:
    planned(world)
    with statements() as few:
        list_movements(world.officer)
    for _ in range(3):
        case = case_of(world.officer)
        start = service.Journey(direction="INBOUND", other_country="THA", start_at="IN07_travel")
        path = service.start_return(case, start, by=world.officer)
        service.plan_movement(path, case, by=world.officer, travel_on=today())
    with statements() as many:
        assert len(list_movements(world.officer)[0]) == 4
    assert len(many) == len(few)


def test_a_journey_is_planned_joined_and_printed_on_pages(
    app: Flask, world: World, client: Callable[[], Client]
) -> None:
    path = world.start(start_at="IN07_travel", travel_on=today() + timedelta(days=2))
    world.clear(path)
    officer = enter(client(), world.officer.username)
    sent = at_form(officer, f"{base(world)}/{path.id}/journey", vehicle="Van of the mission", meeting="Gate 2")
    assert sent.status == 303, sent.words()
    here = sent.location
    assert "Van of the mission" in officer.get(here).words()
    legs = {"mode": "road", "from_place": "Bangkok", "to_place": "Poipet", "border_point": "poipet"}
    assert at_form(officer, f"{here}/legs", **legs).status == 303
    assert at_form(officer, f"{here}/escorts", name="Escort Sample", sex="female").status == 303
    seat = f"{base(world)}/seats/{here.rsplit('/', 1)[1]}"
    assert at_form(officer, seat, seat="3", needs="wheelchair", to_province="02").status == 303
    page = officer.get(here)
    assert press(officer, page, "/board").status == 303
    paper = officer.get(f"{here}/manifest")
    for words in ("wheelchair", "Battambang", "Escort Sample", world.case.code):
        assert words in paper.words()
    assert press(officer, officer.get(here), "/depart").status == 303
    assert press(officer, officer.get(here), "/arrive").status == 303
    assert "arrived" in officer.get("/journeys").words()
    assert enter(client(), world.stranger.username).get(here).status == 404
