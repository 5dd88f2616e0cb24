"""The list of returns in work: visible ones only, where the days went, the same number of statements at any length."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from casework.db import at, today, utcnow
from casework.repatriation import queries, service
from casework.repatriation.queries import ReturnFilters, ReturnLine, returns_in_work
from tests import factories as make
from tests.client import Client
from tests.overview.counting import statements
from tests.repatriation.world import World
from tests.sharing.scene import case_of
from tests.signin import enter

ALL = ReturnFilters()


def lines(world: World, filters: ReturnFilters = ALL) -> list[ReturnLine]:
    return returns_in_work(world.officer, filters)[0]


def more_returns(world: World, count: int) -> None:
    for _ in range(count):
        journey = service.Journey(direction="INBOUND", other_country="VNM")
        service.start_return(case_of(world.officer), journey, by=world.officer)


def test_a_line_says_who_holds_the_step_and_where_the_days_went(world: World) -> None:
    path = world.start(start_at="IN06_document", started_on=today() - timedelta(days=20))
    step = world.step(path, "IN06_document")
    service.await_answer(step, path, world.case, by=world.officer, party="consulate")
    (line,) = lines(world)
    assert (line.days, line.lost, line.late) == (20, 6, True)
    assert [(days.used, days.allowed, days.running) for days in line.steps] == [(20, 14, True)]
    assert (line.holder, line.waiting_for) == ("consulate with host authority", "the consulate")


def test_a_clock_that_stands_is_not_late_and_waits_for_the_person(world: World) -> None:
    path = world.start(start_at="IN06_document")
    service.wait_for_person(world.step(path, "IN06_document"), path, world.case, by=world.officer)
    with at(utcnow() + timedelta(days=40)):
        (line,) = lines(world)
    assert (line.stands, line.late, line.lost, line.waiting_for) == (True, False, 0, "the person")


def test_filters_narrow_and_the_end_takes_a_return_off(world: World) -> None:
    path = world.start()
    more_returns(world, 2)
    assert len(lines(world)) == 3
    assert len(lines(world, ReturnFilters(country="VNM"))) == 2
    assert len(lines(world, ReturnFilters(direction="OUTBOUND"))) == 0
    assert lines(world, ReturnFilters(late=True)) == []
    service.stop_return(path, world.case, by=world.officer, reason="person_stays")
    assert len(lines(world)) == 2


def test_only_visible_returns_are_listed(world: World) -> None:
    world.start()
    assert returns_in_work(world.worker, ALL) == ([], "")
    world.share(world.ngo, "demographic")
    assert returns_in_work(world.worker, ALL) == ([], "")
    world.share()
    (line,) = returns_in_work(world.worker, ALL)[0]
    assert line.name == ""


def test_the_list_has_pages_and_asks_the_same_at_any_length(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries.returns, "PAGE", 2)
    more_returns(world, 1)
    with statements() as few:
        lines(world)
    more_returns(world, 2)
    with statements() as many:
        first, key = returns_in_work(world.officer, ALL)
    assert len(many) == len(few)
    rest, end = returns_in_work(world.officer, ALL, queries.read_key(key))
    assert end == ""
    found = [line.path.id for line in [*first, *rest]]
    assert len(set(found)) == 3
    assert queries.read_key("nonsense") is None


def test_the_page_of_returns_is_for_those_who_manage_them(
    app: Flask, world: World, client: Callable[[], Client]
) -> None:
    world.start(start_at="IN06_document", started_on=today() - timedelta(days=20))
    officer = enter(client(), world.officer.username)
    words = officer.get("/returns?direction=INBOUND&country=THA&late=1").words()
    assert world.case.code in words
    assert "6 days over" in words
    assert world.case.code not in officer.get("/returns?country=VNM").words()
    assert "Returns in work" in officer.get("/cases").words()
    clerk = make.actor("clerk", at_office=world.mission)
    assert enter(client(), clerk.username).get("/returns").status == 403
