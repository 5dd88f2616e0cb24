"""The first hour and stays: help before any status, and where the person sleeps."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from casework.assistance.models import ServiceLine
from casework.assistance.queries import ledger, needs_now, stays
from casework.assistance.service import Lodging, arrive, leave, record_needs
from casework.assistance.workflow import NEEDS
from casework.cases.models import Case, Task
from casework.db import PHNOM_PENH, db, today
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, StaleRecord
from tests import factories
from tests.assistance.world import World


def tasks(case: Case, state: str = "open") -> list[Task]:
    return list(db.session.scalars(select(Task).where(Task.case_id == case.id, Task.state == state)))


def test_what_is_given_now_is_on_the_ledger_in_one_go(world: World) -> None:
    record_needs(world.case, by=world.worker, answers={"food": "given", "bed": "wanted", "clothes": "declined"})
    assert {row.line.service_type for row in ledger(world.worker, world.case)} == {"cooked_meal"}
    now = needs_now(world.worker, world.case)
    assert {code: row.state for code, row in now.items()} == {
        "food": "given", "bed": "wanted", "clothes": "declined",
    }  # fmt: skip
    assert [task.record_kind for task in tasks(world.case)] == ["emergency_need"]
    assert [task.kind for task in tasks(world.case)] == ["emergency_need"]


def test_every_need_can_be_given_by_a_clerk(world: World) -> None:
    clerk = factories.actor("clerk", at_office=world.office)
    world.carried_by(clerk)
    record_needs(world.case, by=clerk, answers={need.code: "given" for need in NEEDS})
    assert len(list(db.session.scalars(select(ServiceLine)))) == len(NEEDS)


def test_a_wish_met_ends_its_task_and_no_cap_stands_in_the_way(world: World) -> None:
    record_needs(world.case, by=world.worker, answers={"food": "wanted"})
    for _ in range(5):
        record_needs(world.case, by=world.worker, answers={"food": "given"})
    assert tasks(world.case) == []
    assert len(ledger(world.worker, world.case)) == 5


def test_the_same_wish_twice_is_one_wish(world: World) -> None:
    record_needs(world.case, by=world.worker, answers={"bed": "wanted"})
    assert record_needs(world.case, by=world.worker, answers={"bed": "wanted"}) == []
    assert len(tasks(world.case)) == 1


@pytest.mark.parametrize("answers", [{}, {"food": "later"}, {"money": "given"}])
def test_unknown_needs_and_answers_are_refused(world: World, answers: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        record_needs(world.case, by=world.worker, answers=answers)


def test_a_stay_is_sealed_reviewed_after_90_days_and_ended_once(world: World) -> None:
    lodging = Lodging("agreed", "House by the river")
    stay = arrive(world.case, lodging, by=world.worker, arrived_on=today() - timedelta(days=3))
    [review] = tasks(world.case)
    assert review.due_at is not None
    assert review.due_at.astimezone(PHNOM_PENH).date() == today() + timedelta(days=87)
    assert review.data_class == "location_current"
    with pytest.raises(InvalidTransition):
        arrive(world.case, Lodging("agreed", "Elsewhere"), by=world.worker, arrived_on=today())
    with pytest.raises(StaleRecord):
        leave(stay, world.case, by=world.worker, left_on=today(), reason="went_home", expected_version=99)
    with pytest.raises(InvalidInput):
        leave(stay, world.case, by=world.worker, left_on=today() - timedelta(days=4), reason="went_home")
    leave(stay, world.case, by=world.worker, left_on=today(), reason="went_home", expected_version=stay.version)
    [row] = stays(world.worker, world.case)
    assert (row.words["place"], row.nights, tasks(world.case)) == ("House by the river", 3, [])
    with pytest.raises(InvalidTransition):
        leave(stay, world.case, by=world.worker, left_on=today(), reason="went_home")


def test_a_stay_is_for_those_who_may_know_the_place(world: World) -> None:
    arrive(world.case, Lodging("emergency", "House by the river"), by=world.worker, arrived_on=today())
    world.carried_by(world.nurse)
    assert stays(world.nurse, world.case) == []
    with pytest.raises(NotAllowed):
        arrive(world.case, Lodging("agreed", "x"), by=world.nurse, arrived_on=today())
