"""The plan: goals in the person's words, approved by somebody else, never edited afterwards; the stage with history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.cases.models import Approval, CaseStation
from casework.db import at, db, today, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, StaleRecord
from casework.reintegration.models import Plan
from casework.reintegration.queries import get_goal, get_plan, plan_row, plans, stage_now, stages
from casework.reintegration.service import (
    add_goal,
    decide_plan,
    drop_goal,
    enter_stage,
    send_plan,
    set_goal,
    start_plan,
)
from tests import factories
from tests.assistance.world import World


def sent(world: World) -> tuple[Plan, Approval]:
    plan = start_plan(world.case, by=world.worker)
    add_goal(plan, world.case, by=world.worker, domain="Livelihood", goal="I want my own sewing shop.", action="Course")
    return plan, send_plan(plan, world.case, by=world.worker)


def test_a_plan_keeps_the_persons_words_and_opens_the_station(world: World) -> None:
    plan, _ = sent(world)
    [goal] = plan_row(plan).goals
    assert (goal.words, goal.action, goal.goal.state) == ("I want my own sewing shop.", "Course", "open")
    assert db.session.get_one(CaseStation, (world.case.id, "reintegration")).state == "open"


def test_nobody_approves_the_own_plan(world: World) -> None:
    plan = start_plan(world.case, by=world.supervisor)
    add_goal(plan, world.case, by=world.supervisor, domain="Health", goal="Sleep again.")
    approval = send_plan(plan, world.case, by=world.supervisor)
    with pytest.raises(NotAllowed):
        decide_plan(approval, world.case, by=world.supervisor, decision="approved", reason="")
    decide_plan(approval, world.case, by=world.second, decision="approved", reason="")
    assert (plan.state, plan.approved_on) == ("approved", today())


def test_a_plan_written_by_one_and_sent_by_another_is_decided_by_neither(world: World) -> None:
    plan = start_plan(world.case, by=world.supervisor)
    add_goal(plan, world.case, by=world.supervisor, domain="Health", goal="Sleep again.")
    approval = send_plan(plan, world.case, by=world.second)
    for author in (world.supervisor, world.second):
        with pytest.raises(NotAllowed):
            decide_plan(approval, world.case, by=author, decision="approved", reason="")


def test_a_worker_cannot_approve_and_a_stranger_finds_nothing(world: World) -> None:
    plan, approval = sent(world)
    colleague = factories.actor("case_worker", at_office=world.office)
    with pytest.raises(NotAllowed):
        decide_plan(approval, world.case, by=colleague, decision="approved", reason="")
    with pytest.raises(NotVisible):
        decide_plan(approval, world.case, by=factories.actor("supervisor"), decision="approved", reason="")
    with pytest.raises(NotVisible):
        get_plan(world.stranger, world.case.id, plan.id)
    assert plans(world.stranger, world.case) == []


def test_a_returned_plan_is_changed_and_sent_again(world: World) -> None:
    plan, approval = sent(world)
    with pytest.raises(InvalidTransition):
        add_goal(plan, world.case, by=world.worker, domain="Legal", goal="My papers.")
    with pytest.raises(InvalidInput):
        decide_plan(approval, world.case, by=world.supervisor, decision="returned", reason=" ")
    decide_plan(approval, world.case, by=world.supervisor, decision="returned", reason="Who pays the course?")
    goal = add_goal(plan, world.case, by=world.worker, domain="Legal", goal="My papers.")
    drop_goal(*get_goal(world.worker, world.case.id, goal.id), world.case, by=world.worker)
    again = send_plan(plan, world.case, by=world.worker)
    decide_plan(again, world.case, by=world.supervisor, decision="approved", reason="")
    with pytest.raises(InvalidTransition):
        decide_plan(again, world.case, by=world.second, decision="approved", reason="")


def test_a_decision_on_an_old_page_is_refused(world: World) -> None:
    _, approval = sent(world)
    with pytest.raises(StaleRecord):
        decide_plan(approval, world.case, by=world.supervisor, decision="approved", reason="", expected_version=7)


def test_an_empty_plan_is_not_sent_and_two_are_not_written_at_once(world: World) -> None:
    plan = start_plan(world.case, by=world.worker)
    with pytest.raises(InvalidInput):
        send_plan(plan, world.case, by=world.worker)
    with pytest.raises(InvalidTransition):
        start_plan(world.case, by=world.worker)


def test_a_new_plan_replaces_the_older_when_it_is_approved(world: World) -> None:
    first, approval = sent(world)
    decide_plan(approval, world.case, by=world.supervisor, decision="approved", reason="")
    second, approval = sent(world)
    assert first.state == "approved"
    decide_plan(approval, world.case, by=world.supervisor, decision="approved", reason="")
    assert (first.state, second.state, second.number) == ("replaced", "approved", 2)


def test_goals_are_marked_only_in_an_approved_plan(world: World) -> None:
    plan, approval = sent(world)
    goal = plan_row(plan).goals[0].goal
    with pytest.raises(InvalidTransition):
        set_goal(goal, plan, world.case, by=world.worker, state="reached")
    decide_plan(approval, world.case, by=world.supervisor, decision="approved", reason="")
    with pytest.raises(StaleRecord):
        set_goal(goal, plan, world.case, by=world.worker, state="reached", expected_version=9)
    set_goal(goal, plan, world.case, by=world.worker, state="reached", expected_version=goal.version)
    assert goal.state == "reached"
    with pytest.raises(InvalidTransition):
        drop_goal(goal, plan, world.case, by=world.worker)


def test_stages_follow_each_other_and_stay(world: World) -> None:
    enter_stage(world.case, by=world.worker, stage="pre_integration", since_on=today() - timedelta(days=9))
    with at(utcnow() + timedelta(seconds=1)):
        enter_stage(world.case, by=world.worker, stage="integration", since_on=today())
    now = stage_now(world.worker, world.case)
    assert now is not None
    assert now.stage == "integration"
    assert len(stages(world.worker, world.case)) == 2
    for stage, day in (("integration", today()), ("monitoring", today() + timedelta(days=1)), ("nirvana", today())):
        with pytest.raises(InvalidInput):
            enter_stage(world.case, by=world.worker, stage=stage, since_on=day)
    with pytest.raises(InvalidInput):
        enter_stage(world.case, by=world.worker, stage="monitoring", since_on=today() - timedelta(days=5))
