"""Closing: what each reason needs, two persons, a third where the person disagrees, and opening again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from casework.cases.models import Approval
from casework.cases.service import add_task, finish_task
from casework.db import at, db, today, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible
from casework.reintegration.models import Closure
from casework.reintegration.queries import closure_of, visits
from casework.reintegration.service import (
    add_attempt,
    decide_closure,
    note_fact,
    plan_visits,
    record_visit,
    reopen,
    request_closure,
)
from tests import factories
from tests.assistance.world import World
from tests.reintegration.planned import planned


def ask(world: World, **more: object) -> Closure:
    values: dict[str, object] = {
        "reason": "goals_met_agreed", "person_view": "agrees", "recontact": True, "told_on": today(),
        "situation": "Lives with her sister.", "outcomes": ["goals_all", "lives_family"],
    } | more  # fmt: skip
    return request_closure(world.case, by=world.worker, **values)  # type: ignore[arg-type]


def waiting(closure: Closure) -> Approval:
    rows = select(Approval).where(Approval.record_id == closure.id, Approval.decision.is_(None))
    return db.session.scalars(rows).one()


def test_a_case_is_closed_by_two_people_and_visits_end(world: World) -> None:
    plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today())
    closure = ask(world)
    assert world.case.status == "open"
    decide_closure(waiting(closure), world.case, by=world.supervisor, decision="approved", reason="")
    assert (world.case.status, world.case.closed_on, closure.state) == ("closed", today(), "approved")
    assert {row.visit.cancelled_reason for row in visits(world.worker, world.case)} == {"closed"}
    assert closure_of(closure)[0] == ["goals_all", "lives_family"]
    assert closure_of(closure)[1]["situation"] == "Lives with her sister."


def test_nobody_closes_what_they_asked_for_and_no_worker_closes(world: World) -> None:
    closure = request_closure(
        world.case, by=world.supervisor, reason="goals_met_agreed", person_view="agrees", recontact=False,
        told_on=today(), situation="Well.",
    )  # fmt: skip
    for actor in (world.supervisor, world.worker):
        with pytest.raises(NotAllowed):
            decide_closure(waiting(closure), world.case, by=actor, decision="approved", reason="")
    with pytest.raises(NotVisible):
        decide_closure(waiting(closure), world.case, by=factories.actor("supervisor"), decision="approved", reason="")


def test_a_returned_request_leaves_the_case_open_and_can_be_asked_again(world: World) -> None:
    closure = ask(world)
    with pytest.raises(InvalidTransition):
        ask(world)
    decide_closure(waiting(closure), world.case, by=world.supervisor, decision="returned", reason="Ask her again.")
    assert (world.case.status, closure.state) == ("open", "returned")
    ask(world)


def test_who_disagrees_gets_a_second_supervisor(world: World) -> None:
    closure = ask(world, person_view="disagrees")
    decide_closure(waiting(closure), world.case, by=world.supervisor, decision="approved", reason="")
    assert (world.case.status, closure.state) == ("open", "second")
    approval = waiting(closure)
    for actor in (world.supervisor, world.worker):
        with pytest.raises(NotAllowed):
            decide_closure(approval, world.case, by=actor, decision="approved", reason="")
    decide_closure(approval, world.case, by=world.second, decision="approved", reason="")
    assert world.case.status == "closed"


def test_a_supervisor_who_asked_is_not_the_second_one_either(world: World) -> None:
    closure = request_closure(
        world.case, by=world.second, reason="survivor_withdrew", person_view="disagrees", recontact=True,
        told_on=today(), situation="Well.",
    )  # fmt: skip
    decide_closure(waiting(closure), world.case, by=world.supervisor, decision="approved", reason="")
    with pytest.raises(NotAllowed):
        decide_closure(waiting(closure), world.case, by=world.second, decision="approved", reason="")


def test_open_tasks_come_first(world: World) -> None:
    task = add_task(world.case, by=world.worker, kind="todo")
    with pytest.raises(InvalidTransition):
        ask(world)
    finish_task(task, world.case, by=world.worker)
    ask(world)


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "bored"},
        {"person_view": "maybe"},
        {"told_on": None},
        {"told_on": "tomorrow"},
        {"situation": ""},
        {"outcomes": ["rich"]},
        {"reason": "other"},
        {"reason": "transferred_accepted"},
        {"reason": "repatriated_handed_over"},
        {"reason": "lost_contact", "person_view": "could_not_be_asked", "explanation": "Nobody answers."},
        {"reason": "deceased", "person_view": "could_not_be_asked", "explanation": "We were told."},
        {"person_view": "could_not_be_asked", "told_on": None},
    ],
)
def test_a_request_that_lacks_something_is_refused(world: World, wrong: dict[str, object]) -> None:
    if wrong.get("told_on") == "tomorrow":
        wrong = {"told_on": today() + timedelta(days=1)}
    with pytest.raises(InvalidInput):
        ask(world, **wrong)


@pytest.mark.parametrize(
    ("days", "enough"), [((60, 30, 0), True), ((59, 30, 0), False), ((60, 0), False), ((60, 60, 0), False)]
)
def test_contact_is_lost_after_three_tries_over_sixty_days(world: World, days: tuple[int, ...], enough: bool) -> None:
    for ago in days:
        add_attempt(world.case, by=world.worker, tried_on=today() - timedelta(days=ago), mode="safe_call")
    lost = {
        "reason": "lost_contact", "person_view": "could_not_be_asked", "told_on": None,
        "explanation": "Nobody answers.",
    }  # fmt: skip
    if enough:
        assert ask(world, **lost).state == "waiting"
        return
    with pytest.raises(InvalidInput):
        ask(world, **lost)


def test_a_death_is_recorded_first_and_nobody_is_asked(world: World) -> None:
    note_fact(world.case, by=world.worker, kind="dead")
    dead = {
        "reason": "deceased",
        "person_view": "could_not_be_asked",
        "told_on": None,
        "explanation": "Told by family.",
    }
    with pytest.raises(InvalidInput):
        ask(world, **dead | {"person_view": "agrees", "told_on": today()})
    assert ask(world, **dead).state == "waiting"


def test_only_the_owner_asks(world: World) -> None:
    world.share(world.case, world.elsewhere, ["identity", "needs_risk"])
    world.carried_by(world.stranger)
    with pytest.raises(NotAllowed):
        request_closure(
            world.case,
            by=world.stranger,
            reason="other",
            person_view="agrees",
            recontact=True,
            situation="x",
            told_on=today(),
        )


def test_a_closed_case_opens_again_with_its_history(world: World) -> None:
    rows = plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today())
    record_visit(rows[0], world.case, by=world.worker, done_on=today(), mode="home_visit", situation="Well.")
    closure = ask(world)
    decide_closure(waiting(closure), world.case, by=world.supervisor, decision="approved", reason="")
    with pytest.raises(InvalidTransition):
        plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today())
    with pytest.raises(InvalidInput):
        reopen(world.case, by=world.worker, reason="why not")
    with at(utcnow() + timedelta(days=200)):
        reopen(world.case, by=world.worker, reason="asked_for_help")
        assert (world.case.status, world.case.closed_on) == ("open", None)
        assert planned(world) == []
        assert plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today() - timedelta(days=200))
        with pytest.raises(InvalidTransition):
            reopen(world.case, by=world.worker, reason="found")
    assert len([row for row in visits(world.worker, world.case) if row.visit.state == "done"]) == 1
