"""Route x role x office, generated from the program's own addresses; a route that the table does not know fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from casework.access.permissions import Permission
from casework.access.queries.policies import policies
from casework.assistance.models import ServiceCap
from casework.codes.models import Holiday
from casework.db import db
from casework.vault import keys
from casework.web.assets import installed
from casework.web.marks import marked
from tests.engines import Databases, anew, rolled_back
from tests.meta.asking import Asker, Came, Street, absent, address, carry, street, views
from tests.meta.routes_table import EITHER, HIDDEN, OPEN, REFUSED, STATES, TABLE, WORDS, Route
from tests.meta.things import House, Things

FINE = frozenset({200, 204, 303, 400, 409, 422})
"""Shown, done, or told what is missing: anything but 'not yours' (403), 'nothing there' (404) and a fault."""
MEANS = {OPEN: FINE, REFUSED: frozenset({403}), HIDDEN: frozenset({404}), EITHER: FINE | {403}}
ENOUGH = 2
"""Roles with the permission that are tried by each office that is not the owner."""


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def test_every_route_is_in_the_table_and_the_table_has_no_stale_ones(app: Flask) -> None:
    known = {rule.endpoint for rule in rules(app)}
    assert sorted(known - TABLE.keys()) == [], "new routes: give them a place in tests/meta/routes_table.py"
    assert sorted(TABLE.keys() - known) == [], "routes that are no more"


def test_the_table_and_the_decorators_say_the_same(app: Flask) -> None:
    wrong = {}
    for name, route in TABLE.items():
        said_by_view = marked(app.view_functions[name])
        said = "public" if route.kind == "public" else frozenset(Permission(one) for one in route.needs)
        if said_by_view != said:
            wrong[name] = (said_by_view, said)
    assert wrong == {}


def test_a_view_without_a_mark_is_refused(app: Flask) -> None:
    """The hook that every request passes; the view is taken out again, for the program is shared by the tests."""
    rule = app.url_map._rules_by_endpoint["overview.about"][0]
    view = app.view_functions[rule.endpoint]
    app.view_functions[rule.endpoint] = lambda: "secret"
    try:
        with pytest.raises(RuntimeError, match="does not say who may open it"):
            app.test_client().get(rule.rule, base_url="https://localhost")
        app.testing = False
        answer = app.test_client().get(rule.rule, base_url="https://localhost")
        assert (answer.status_code, b"secret" in answer.get_data()) == (403, False)
    finally:
        app.view_functions[rule.endpoint], app.testing = view, True


@pytest.fixture(scope="module")
def settled(engine_name: str, databases: Databases, key_folder: Path) -> Iterator[tuple[Flask, Street]]:
    """A program and three houses that stay while this file is tested."""
    keys.install(keys.load(key_folder))
    url = databases.copy(engine_name)
    program = databases.program(url)
    with program.app_context():
        houses = street()
        db.session.remove()
    yield program, houses
    databases.discard(program, url)


@pytest.fixture
def app(settled: tuple[Flask, Street], ring: keys.Ring) -> Iterator[Flask]:
    """The program of the three houses; what a test does to it is rolled back."""
    with rolled_back(settled[0]) as program:
        yield program


@pytest.fixture
def houses(app: Flask, settled: tuple[Flask, Street]) -> Street:
    """An owner, a guest with live access, a stranger; each with one of everything."""
    settled[1].read_again()
    return settled[1]


class Walk:
    """Asks routes as one user and collects what is not as the table says."""

    def __init__(self, app: Flask, houses: Street) -> None:
        self.app, self.houses, self.wrong = app, houses, []
        self.asked = 0
        cap = db.session.scalars(select(ServiceCap.id).limit(1)).one()
        holiday = db.session.scalars(select(Holiday.id).limit(1)).one()
        self.words: Things = {**WORDS, "cap_id": cap, "holiday_id": holiday, "name": next(iter(installed_in(app)))}

    def things(self, house: House, rule: Rule) -> Things:
        route = TABLE[rule.endpoint]
        renamed = {name: house.things[other] for name, other in route.values.items()}
        return {**self.words, "state": STATES.get(rule.endpoint, ""), **house.things, **renamed}

    def ask(self, asker: Asker, rule: Rule, things: Things, right: frozenset[int], who: str) -> None:
        for method in methods(rule):
            self.one(asker, method, rule, things, right, who)

    def one(self, asker: Asker, method: str, rule: Rule, things: Things, right: frozenset[int], who: str) -> Came:
        came = asker.ask(method, address(self.app, rule, things))
        self.asked += 1
        if came.status not in right or came.to_the_door:
            self.wrong.append(f"{who}: {method} {rule.rule} ({rule.endpoint}) answered {came.status} {came.location}")
        return came


def installed_in(app: Flask) -> Iterator[str]:
    with app.app_context():
        yield from installed().hashed.values()


def holders(route: Route) -> list[str]:
    """Roles with all the permissions of a route."""
    return [code for code, role in policies().items() if {str(one) for one in role.permissions} >= set(route.needs)]


def answer(route: Route, role: str, side: str) -> frozenset[int]:
    """What somebody with the permission gets, on the side of the owner, the guest or a stranger."""
    policy = policies()[role]
    may = {str(one) for one in policy.permissions}
    means = getattr(route, side)
    if means == "own office":
        means = OPEN if "system:manage" in may else HIDDEN
    if means == HIDDEN or (route.classes and not route.classes & policy.classes):
        return MEANS[HIDDEN]
    if route.answers and side == "guest" and "referral:answer" not in may:
        return MEANS[HIDDEN]
    if route.any_of and not may.intersection(route.any_of):
        return MEANS[REFUSED]
    return MEANS[means]


def test_the_owner_office_gets_what_its_roles_allow(app: Flask, houses: Street) -> None:
    walk = Walk(app, houses)
    for role in policies():
        anew()
        houses.read_again()
        by = houses.owner.user(role)
        carry(houses.owner.case, by)
        asker = Asker(app, by)
        for rule in rules(app):
            route, things = TABLE[rule.endpoint], walk.things(houses.owner, rule)
            if route.kind == "public":
                continue
            if role in holders(route):
                tried = methods(rule) if role in holders(route)[:ENOUGH] else methods(rule)[:1]
                for method in tried:
                    walk.one(asker, method, rule, things, answer(route, role, "owner"), f"{role} of the owner")
            else:
                walk.one(asker, methods(rule)[-1], rule, things, MEANS[REFUSED], f"{role} of the owner")
    assert not walk.wrong, "\n".join(walk.wrong)
    assert walk.asked > 10 * len(rules(app))


@pytest.mark.parametrize("side", ["guest", "stranger"])
def test_other_offices_get_what_was_shared_or_nothing(app: Flask, houses: Street, side: str) -> None:
    walk, house = Walk(app, houses), getattr(houses, side)
    for role in policies():
        anew()
        houses.read_again()
        by = house.user(role)
        if side == "guest":
            carry(houses.owner.case, by)
        asker = Asker(app, by)
        for rule in rules(app):
            route = TABLE[rule.endpoint]
            if route.kind != "public" and role in holders(route)[:ENOUGH]:
                things = walk.things(houses.owner, rule)
                walk.ask(asker, rule, things, answer(route, role, side), f"{role} of the {side}")
    assert not walk.wrong, "\n".join(walk.wrong)


def test_nobody_signed_in_is_sent_to_the_door_and_public_pages_are_open(app: Flask, houses: Street) -> None:
    walk, asker = Walk(app, houses), Asker(app, None)
    for rule in rules(app):
        public = TABLE[rule.endpoint].kind == "public"
        for method in methods(rule):
            came = asker.ask(method, address(app, rule, walk.things(houses.owner, rule)))
            fine = came.status in FINE if public else came.to_the_door
            if not fine:
                walk.wrong.append(f"{method} {rule.rule} answered {came.status} {came.location}")
    assert not walk.wrong, "\n".join(walk.wrong)


def test_what_is_not_for_these_eyes_answers_byte_for_byte_as_what_is_not_there(app: Flask, houses: Street) -> None:
    """Absent id, foreign case, own case with a foreign record: one and the same page, in body and headers."""
    walk = Walk(app, houses)
    for role in ("supervisor", "coordinator", "police_identifier", "org_admin"):
        anew()
        houses.read_again()
        by = houses.stranger.user(role)
        carry(houses.stranger.case, by)
        asker = Asker(app, by)
        for rule in rules(app):
            ids = sorted(name for name in rule.arguments if name.endswith("_id") and name != "draft_id")
            route = TABLE[rule.endpoint]
            if not ids or role not in holders(route) or route.stranger == OPEN:
                continue
            foreign, ours = walk.things(houses.owner, rule), walk.things(houses.stranger, rule)
            mixed = {**foreign, "case_id": ours["case_id"]}
            for method in methods(rule):
                pairs = [(foreign, absent(foreign))]
                if len(ids) > 1:
                    pairs.append((mixed, {**absent(foreign), "case_id": ours["case_id"]}))
                for things, missing in pairs:
                    came = asker.ask(method, address(app, rule, things))
                    nothing = asker.ask(method, address(app, rule, missing))
                    walk.asked += 1
                    if came.same_as(nothing, things, missing):
                        continue
                    walk.wrong.append(f"{role}: {method} {rule.endpoint} differs: {came.status}/{nothing.status}")
    assert not walk.wrong, "\n".join(walk.wrong)
    assert walk.asked > len(rules(app))


def test_each_page_that_shows_a_case_is_written_down(app: Flask, houses: Street) -> None:
    """GETs that show something of a case and leave no row in the record of views: none."""
    walk, by = Walk(app, houses), houses.owner.user("supervisor")
    carry(houses.owner.case, by)
    asker, silent = Asker(app, by), []
    for rule in rules(app):
        route = TABLE[rule.endpoint]
        if not route.shows or "GET" not in methods(rule) or "supervisor" not in holders(route):
            continue
        before = views()
        came = asker.ask("GET", address(app, rule, walk.things(houses.owner, rule)))
        if came.status == 200 and views() == before:
            silent.append(rule.endpoint)
    assert silent == []
