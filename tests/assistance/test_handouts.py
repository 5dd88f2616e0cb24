"""Hand-outs to groups and houses, cash over its limit, receipts, what is left of a fund."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from casework.assistance.models import Fund, Handout, ServiceLine, ServiceLineSealed
from casework.assistance.queries import fund_use, get_handout, ledger, totals
from casework.assistance.service import (
    CapReached,
    CapsReached,
    Gift,
    add_fund,
    hand_out,
    record_help,
    reverse,
    take_back,
)
from casework.cases.models import Case, CaseGroup
from casework.cases.service import exclude, make_group
from casework.db import db, today
from casework.errors import InvalidInput, InvalidTransition, NotVisible
from tests import factories
from tests.assistance.test_beds import Home
from tests.assistance.test_pages import at_form
from tests.assistance.world import World
from tests.client import Client
from tests.signin import enter

Browsers = Callable[[], Client]
RICE = Gift("rice", 5)


class Crew:
    """A group of three of the office's cases."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.cases: list[Case] = [world.case, world.another_case(), world.another_case()]
        self.ids = [case.id for case in self.cases]
        self.group: CaseGroup = make_group(by=world.worker, kind="crew", name="Samplecrew", cases=self.cases)

    def give(self, gift: Gift = RICE, **more: Any) -> Handout:
        values: dict[str, Any] = {"case_ids": self.ids, "group_id": self.group.id} | more
        return hand_out(gift, by=self.world.worker, **values)


@pytest.fixture
def crew(world: World) -> Crew:
    return Crew(world)


def lines() -> int:
    return db.session.scalar(select(func.count()).select_from(ServiceLine)) or 0


def test_each_of_a_group_gets_a_line_and_persons_are_counted_once(crew: Crew) -> None:
    handout = crew.give()
    crew.give(Gift("rice", 1), case_ids=crew.ids[:2])
    _, given = get_handout(crew.world.worker, handout.id)
    assert {one.line.case_id for one in given} == set(crew.ids)
    [rice] = totals(crew.world.worker)
    assert (rice.persons, rice.lines, rice.quantities) == (3, 5, {"kg": 1700})


def test_a_household_gets_one_line_with_its_number(crew: Crew) -> None:
    crew.give(household=True)
    [line] = db.session.scalars(select(ServiceLine))
    assert (line.case_id, line.persons, line.quantity) == (crew.ids[0], 3, 500)
    [rice] = totals(crew.world.worker)
    assert rice.persons == 1
    assert reverse(line, crew.cases[0], by=crew.world.worker, reason="twice").persons == 3


def test_caps_warn_for_all_at_once_and_nothing_is_written_before(crew: Crew) -> None:
    for case in crew.cases[:2]:
        record_help(case, by=crew.world.worker, service_type="hygiene_kit", quantity=1)
    with pytest.raises(CapsReached) as warned, db.session.begin_nested():
        crew.give(Gift("hygiene_kit", 1))
    assert (warned.value.cases, warned.value.field) == (crew.ids[:2], "anyway")
    assert lines() == 2
    crew.give(Gift("hygiene_kit", 1), anyway=True)
    assert lines() == 5


def test_cash_over_its_limit_is_refused_in_a_hand_out(crew: Crew) -> None:
    record_help(crew.cases[0], by=crew.world.worker, service_type="cash_grant", quantity=20)
    with pytest.raises(CapsReached) as refused, db.session.begin_nested():
        crew.give(Gift("cash_grant", 20), anyway=True)
    assert (refused.value.cases, refused.value.field) == (crew.ids[:1], "people")


def test_a_hand_out_reaches_only_whom_the_actor_sees(crew: Crew) -> None:
    world = crew.world
    colleague = factories.actor("case_worker", at_office=world.office)
    exclude(crew.cases[0], user_id=colleague.user_id, reason="complaint", by=world.supervisor)
    with pytest.raises(InvalidInput):
        hand_out(RICE, by=colleague, case_ids=crew.ids, group_id=crew.group.id)
    handout = hand_out(RICE, by=colleague, case_ids=crew.ids[1:], group_id=crew.group.id)
    assert len(get_handout(colleague, handout.id)[1]) == 2
    with pytest.raises(NotVisible):
        hand_out(RICE, by=world.stranger, case_ids=crew.ids, group_id=crew.group.id)
    with pytest.raises(NotVisible):
        get_handout(world.stranger, handout.id)
    for wrong in ([], [world.another_case().id]):
        with pytest.raises(InvalidInput):
            crew.give(case_ids=wrong)
    with pytest.raises(InvalidInput):
        crew.give(Gift("medicine", 1))


def test_all_of_it_is_taken_back_once(crew: Crew) -> None:
    handout = crew.give()
    assert take_back(handout.id, by=crew.world.worker, reason="not_given") == 3
    assert [row.lines for row in totals(crew.world.worker)] == [0]
    with pytest.raises(InvalidTransition):
        take_back(handout.id, by=crew.world.worker, reason="not_given")


def test_all_who_stay_in_a_house_tonight(world: World) -> None:
    home = Home(world)
    home.arrive(1)
    other = world.another_case()
    home.arrive(None, other)
    world.another_case()
    handout = hand_out(RICE, by=world.worker, case_ids=[world.case.id, other.id], house_id=home.house.id)
    assert len(get_handout(world.worker, handout.id)[1]) == 2
    with pytest.raises(NotVisible):
        hand_out(RICE, by=world.stranger, case_ids=[other.id], house_id=home.house.id)


def test_more_cash_takes_a_supervisor_and_a_reason(world: World) -> None:
    record_help(world.case, by=world.worker, service_type="cash_grant", quantity=20)
    more: dict[str, Any] = {"service_type": "cash_grant", "quantity": 20, "anyway": True}
    with pytest.raises(CapReached) as refused:
        record_help(world.case, by=world.worker, cap_reason="The house burnt", **more)
    assert refused.value.field == "service_type"
    with pytest.raises(CapReached) as asked:
        record_help(world.case, by=world.supervisor, **more)
    assert asked.value.field == "cap_reason"
    line = record_help(world.case, by=world.supervisor, cap_reason="Sampleburnt house", **more)
    assert line.over_cap
    [row, _] = ledger(world.worker, world.case)
    assert row.cap_reason == "Sampleburnt house"
    assert "Sample" not in repr(db.session.execute(text("SELECT * FROM service_line_sealed")).all())


def test_where_a_receipt_lies_is_sealed(world: World) -> None:
    record_help(world.case, by=world.worker, service_type="rice", quantity=1, receipt="thumbprint", paper="Folder 7")
    assert ledger(world.worker, world.case)[0].paper == "Folder 7"
    assert db.session.scalar(select(func.count()).select_from(ServiceLineSealed)) == 1


def test_a_fund_tells_what_is_used_and_withholds_small_numbers(world: World) -> None:
    admin = factories.actor("org_admin", at_office=world.office, factor=True)
    with pytest.raises(InvalidInput):
        add_fund(by=admin, donor="us_prm", project="x", currency="USD", starts_on=today(), budget=0)
    begun = today() - timedelta(days=9)
    fund: Fund = add_fund(by=admin, donor="us_prm", project="North", currency="USD", starts_on=begun, budget=100_00)
    paid: dict[str, Any] = {"unit_cost": 150, "currency": "USD", "shares": [(fund.id, 10_000)]}
    for number in range(12):
        case = world.case if number < 2 else world.another_case()
        record_help(case, by=world.worker, service_type="rice", quantity=2, **paid)
        use = fund_use(admin)[fund.id]
        assert use.used == 300 * (number + 1)
        assert use.lines == (number + 1 if number + 1 >= 11 else None)
    assert fund_use(admin)[fund.id].persons == 11
    [first, *_] = db.session.scalars(select(ServiceLine).where(ServiceLine.case_id == world.case.id))
    reverse(first, world.case, by=world.worker, reason="twice")
    assert fund_use(admin)[fund.id].used == 300 * 11
    assert fund_use(factories.actor("org_admin", at_office=world.elsewhere, factor=True)) == {}


def test_the_pages_of_a_hand_out(app: Flask, crew: Crew, client: Browsers) -> None:
    worker = enter(client(), crew.world.worker.username)
    assert "Hand out to the group" in worker.get(f"/groups/{crew.group.id}").words()
    given = {"service_type": "hygiene_kit", "people": [str(case_id) for case_id in crew.ids]}
    page = at_form(worker, f"/groups/{crew.group.id}/hand-out", **given)
    assert page.status == 303, page.words()
    shown = worker.follow(page)
    assert "3 people" in shown.words()
    warned = at_form(worker, f"/groups/{crew.group.id}/hand-out", **given)
    assert warned.status == 422
    assert warned.words().count("Got it as often as allowed already") == 3
    back = at_form(worker, f"{page.location}/take-back", reason="twice")
    assert "reversed" in worker.follow(back).words()
    assert at_form(worker, f"{page.location}/take-back", reason="twice").status == 422
    stranger = enter(client(), crew.world.stranger.username)
    for path in (f"/groups/{crew.group.id}/hand-out", page.location, f"{page.location}/take-back"):
        assert stranger.get(path).status == 404


def test_a_receipt_names_nobody_and_says_no_word_of_why(app: Flask, world: World, client: Browsers) -> None:
    line = record_help(world.case, by=world.worker, service_type="rice", quantity=2)
    words = enter(client(), world.worker.username).get(f"/cases/{world.case.id}/help/{line.id}/receipt").words()
    assert "Rice, 2 kilograms" in words
    assert world.case.code in words
    assert "Testfamily" not in words


def test_funds_show_what_is_left(app: Flask, world: World, client: Browsers) -> None:
    boss = enter(client(), factories.user("org_admin", at_office=world.office, factor=True).username)
    page = at_form(boss, "/settings/funds/new", donor="us_prm", project="North", budget="100.00")
    assert page.status == 303, page.words()
    fund = db.session.scalars(select(Fund)).one()
    paid: dict[str, Any] = {"unit_cost": 4000, "currency": "USD", "shares": [(fund.id, 10_000)]}
    record_help(world.case, by=world.worker, service_type="rice", quantity=1, **paid)
    words = boss.get("/settings/funds").words()
    for told in ("100.00 USD", "40.00 USD", "60.00 USD", "(60 %)", "fewer than 11"):
        assert told in words
