"""The ledger: lines, reversals, caps, shares of cost, totals through the predicate."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from casework.assistance.models import Fund, LineAllocation, ServiceLine
from casework.assistance.queries import get_line, ledger, offered_services, repeats, totals
from casework.assistance.service import CapReached, add_fund, end_fund, record_help, repeat_help, reverse
from casework.db import at, db, today, utcnow
from casework.errors import Conflict, InvalidInput, InvalidTransition, NotAllowed, NotVisible
from tests import factories
from tests.assistance.world import World


def rice(world: World, **more: object) -> ServiceLine:
    values: dict[str, object] = {
        "service_type": "rice", "quantity": Decimal("1.5"), "unit": "kg", "unit_cost": 333, "currency": "USD",
    } | more  # fmt: skip
    return record_help(world.case, by=world.worker, **values)  # type: ignore[arg-type]


def fund(world: World, project: str = "Home safe", currency: str = "USD") -> Fund:
    admin = factories.actor("org_admin", at_office=world.office, factor=True)
    return add_fund(by=admin, donor="us_prm", project=project, currency=currency, starts_on=today())


def test_a_line_keeps_parts_cost_and_class(world: World) -> None:
    line = rice(world, note="Two bags.")
    assert (line.quantity, line.cost, line.currency, line.data_class) == (150, 500, "USD", "assistance")
    [row] = ledger(world.worker, world.case)
    assert (row.quantity, row.note, row.reversed) == ("1.5", "Two bags.", False)


def test_cash_costs_what_it_is(world: World) -> None:
    line = rice(world, service_type="cash_grant", quantity=Decimal("50"), unit="USD", unit_cost=None, currency=None)
    assert (line.quantity, line.cost, line.currency) == (5_000, 5_000, "USD")


def test_help_needs_no_status_and_no_consent_but_the_right(world: World) -> None:
    rice(world)
    with pytest.raises(NotAllowed):
        record_help(
            world.case,
            by=factories.actor("coordinator", at_office=world.office),
            service_type="rice",
            quantity=1,
            unit="kg",
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"service_type": "no_such"},
        {"unit": "bushel"},
        {"quantity": Decimal("0.001")},
        {"receipt": "tattoo"},
        {"currency": "kg"},
        {"province": "99"},
        {"occurred_at": utcnow() + timedelta(days=2)},
    ],
)
def test_nonsense_is_refused_in_words(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        rice(world, **wrong)


def test_a_reversal_turns_the_sign_keeps_both_and_comes_once(world: World) -> None:
    line = rice(world)
    turned = reverse(line, world.case, by=world.worker, reason="wrong_amount")
    assert (turned.quantity, turned.cost, turned.reverses_id) == (-150, -500, line.id)
    assert [row.reversed for row in ledger(world.worker, world.case)].count(True) == 1
    with pytest.raises(InvalidTransition):
        reverse(line, world.case, by=world.worker, reason="twice")
    with pytest.raises(InvalidTransition):
        reverse(turned, world.case, by=world.worker, reason="twice")
    assert totals(world.worker)[0].costs == {"USD": 0}
    assert totals(world.worker)[0].persons == 0


def test_a_reversal_names_its_reason(world: World) -> None:
    with pytest.raises(InvalidInput):
        reverse(rice(world), world.case, by=world.worker, reason="because")


def test_only_the_own_office_reverses(world: World) -> None:
    line = rice(world)
    world.share(world.case, world.elsewhere, ["identity", "assistance"])
    world.carried_by(world.stranger)
    seen = get_line(world.stranger, world.case.id, line.id)
    with pytest.raises(NotAllowed):
        reverse(seen, world.case, by=world.stranger, reason="twice")
    with pytest.raises(NotAllowed):
        repeat_help(world.case, seen, by=world.stranger)


def test_shares_are_kept_to_the_coin_and_turned_by_a_reversal(world: World) -> None:
    one, two = fund(world, "One"), fund(world, "Two")
    line = rice(world, unit_cost=667, quantity=1, shares=[(one.id, 3_333), (two.id, 6_667)])
    amounts = select(LineAllocation.amount).where(LineAllocation.line_id == line.id)
    assert sum(db.session.scalars(amounts)) == 667
    reverse(line, world.case, by=world.worker, reason="twice")
    assert db.session.scalar(select(func.sum(LineAllocation.amount))) == 0
    assert {total.key for total in totals(world.worker, per="fund")} == {one.id, two.id}


@pytest.mark.parametrize("shares", [[(0, 9_999)], [(0, 5_000), (1, 5_001)], [(0, 5_000), (0, 5_000)]])
def test_shares_other_than_100_per_cent_or_a_fund_twice_are_refused(
    world: World, shares: list[tuple[int, int]]
) -> None:
    funds = [fund(world, "One"), fund(world, "Two")]
    with pytest.raises(InvalidInput):
        rice(world, shares=[(funds[place].id, share) for place, share in shares])


def test_a_fund_must_be_the_own_offices_live_and_in_the_currency(world: World) -> None:
    ended, riel = fund(world, "Ended"), fund(world, "Riel", "KHR")
    end_fund(ended, by=factories.actor("org_admin", at_office=world.office, factor=True))
    with pytest.raises(InvalidInput):
        rice(world, shares=[(riel.id, 10_000)])
    with pytest.raises(InvalidInput):
        rice(world, shares=[(ended.id, 10_000)])
    with pytest.raises(Conflict):
        fund(world, "Riel", "KHR")


def test_a_cap_warns_and_is_remembered_when_recorded_anyway(world: World) -> None:
    kit = {"service_type": "hygiene_kit", "quantity": 1, "unit": "kit", "unit_cost": None, "currency": None}
    first = rice(world, **kit)
    with pytest.raises(CapReached) as warned:
        rice(world, **kit)
    assert (warned.value.blocks, warned.value.field) == (False, "anyway")
    assert rice(world, **kit, anyway=True).over_cap
    assert not first.over_cap
    with at(utcnow() + timedelta(days=14)):
        assert not rice(world, **kit).over_cap


def test_meals_are_capped_by_the_day_of_phnom_penh(world: World) -> None:
    meal = {"service_type": "cooked_meal", "quantity": 1, "unit": "meal", "unit_cost": None, "currency": None}
    late = utcnow().replace(hour=16, minute=30) - timedelta(days=3)  # 23:30 in Phnom Penh
    with at(late):
        for _ in range(3):
            rice(world, **meal)
        with pytest.raises(CapReached):
            rice(world, **meal)
    with at(late + timedelta(hours=1)):
        rice(world, **meal)


def test_cash_is_blocked_even_anyway_and_free_again_after_a_reversal(world: World) -> None:
    cash = {"service_type": "pocket_money", "quantity": 10, "unit": "USD", "unit_cost": None, "currency": None}
    line = rice(world, **cash)
    with pytest.raises(CapReached) as refused:
        rice(world, **cash, anyway=True)
    assert (refused.value.blocks, refused.value.field) == (True, "service_type")
    reverse(line, world.case, by=world.worker, reason="not_given")
    rice(world, **cash)


def test_a_cap_counts_the_person_over_cases_but_never_what_others_hide(world: World) -> None:
    kit = {"service_type": "baby_kit", "quantity": 1, "unit": "kit"}
    theirs = world.another_case(world.case.person_id, by=world.stranger)
    record_help(theirs, by=world.stranger, **kit)  # type: ignore[arg-type]
    rice(world, **kit, unit_cost=None, currency=None)
    again = world.another_case(world.case.person_id)
    with pytest.raises(CapReached):
        record_help(again, by=world.worker, **kit)  # type: ignore[arg-type]


def test_a_clinical_line_is_for_the_health_class_only(world: World) -> None:
    with pytest.raises(NotAllowed):
        rice(world, service_type="tb_screening", unit="visit", quantity=1, unit_cost=None, currency=None)
    assert "tb_screening" not in {service.code for service in offered_services(world.worker, world.case.id)}
    world.carried_by(world.nurse)
    line = record_help(world.case, by=world.nurse, service_type="tb_screening", quantity=1, unit="visit")
    assert line.data_class == "health"
    world.carried_by(world.worker)
    assert ledger(world.worker, world.case) == []
    assert totals(world.worker) == []
    with pytest.raises(NotVisible):
        get_line(world.worker, world.case.id, line.id)


def test_nobody_else_sees_a_line_or_counts_it(world: World) -> None:
    line = rice(world)
    assert totals(world.stranger) == []
    with pytest.raises(NotVisible):
        get_line(world.stranger, world.case.id, line.id)
    with pytest.raises(NotVisible):
        get_line(world.worker, world.another_case().id, line.id)


def test_where_the_person_sleeps_is_not_told_by_the_provider(world: World) -> None:
    rice(world, service_type="shelter_night", unit="night", quantity=1, unit_cost=None, currency=None,
         provider_org_id=world.elsewhere.id)  # fmt: skip
    helper = factories.office()
    reader = factories.actor("case_worker", at_office=helper)
    world.share(world.case, helper, ["identity", "assistance"])
    world.carried_by(reader)
    assert ledger(reader, world.case)[0].provider is None
    assert ledger(world.worker, world.case)[0].provider == world.elsewhere.name


def test_totals_count_persons_once_and_add_by_unit_and_currency(world: World) -> None:
    other = world.another_case()
    for case in (world.case, world.case, other):
        record_help(case, by=world.worker, service_type="rice", quantity=2, unit="kg", unit_cost=100, currency="USD")
    record_help(other, by=world.worker, service_type="rice", quantity=1, unit="kit", unit_cost=4_000, currency="KHR")
    [total] = totals(world.worker, first=today(), last=today())
    assert (total.key, total.persons, total.lines) == ("rice", 2, 4)
    assert total.quantities == {"kg": 600, "kit": 1}
    assert total.costs == {"USD": 600, "KHR": 4_000}
    assert totals(world.worker, first=today() + timedelta(days=1)) == []
    assert [row.lines for row in totals(world.worker, case_id=world.case.id)] == [2]


def test_the_last_three_different_things_are_offered_again(world: World) -> None:
    for service in ("rice", "dry_food", "rice", "clothing", "phone_card"):
        rice(world, service_type=service, unit="item", quantity=1, unit_cost=None, currency=None, anyway=True)
    again = repeats(world.worker, world.case)
    assert [row.service_type for row in again] == ["phone_card", "clothing", "rice"]
    assert again[1].line_id is not None
    line = get_line(world.worker, world.case.id, again[1].line_id)
    assert repeat_help(world.case, line, by=world.supervisor).given_by == world.supervisor.user_id
