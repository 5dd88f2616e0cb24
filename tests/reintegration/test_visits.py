"""Visits: planned by template, done, missed, moved; facts stop them and 'found' takes them up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from casework.cases.models import Case, Notice, Task
from casework.db import PHNOM_PENH, at, db, today, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, StaleRecord
from casework.reintegration.models import FollowUp, FollowUpChange
from casework.reintegration.queries import attempts, get_visit, last_scores, visits
from casework.reintegration.service import (
    add_attempt,
    miss_visit,
    note_fact,
    plan_visit,
    plan_visits,
    record_contact,
    record_visit,
    reschedule,
)
from casework.reintegration.workflow import add_months
from tests.assistance.world import World
from tests.reintegration.planned import planned


def open_tasks(case: Case) -> list[Task]:
    return list(
        db.session.scalars(select(Task).where(Task.case_id == case.id, Task.state == "open").order_by(Task.due_at))
    )


def done(world: World, visit: FollowUp, **more: object) -> FollowUp:
    values: dict[str, object] = {
        "done_on": today(),
        "mode": "home_visit",
        "situation": "Well, works in the shop.",
    } | more
    return record_visit(visit, world.case, by=world.worker, **values)  # type: ignore[arg-type]


def test_a_rhythm_gives_its_visits_by_calendar_each_with_a_task(world: World) -> None:
    rows = plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today())
    assert len(rows) == 13
    assert [row.due_on for row in rows[:5]] == [today() + timedelta(days=7 * n) for n in (1, 2, 3, 4)] + [
        add_months(today(), 2)
    ]
    assert rows[-1].due_on == add_months(today(), 24)
    assert rows[-1].mode == "home_visit"
    days = [task.due_at.astimezone(PHNOM_PENH).date() for task in open_tasks(world.case) if task.due_at]
    assert days == [row.due_on for row in rows]
    assert {task.data_class for task in open_tasks(world.case)} == {"needs_risk"}


def test_days_that_passed_are_not_planned_after_the_fact(world: World) -> None:
    rows = plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today() - timedelta(days=100))
    assert all(row.due_on >= today() for row in rows)
    assert len(rows) == 7
    with pytest.raises(InvalidInput):
        plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today() - timedelta(days=2_000))


def test_another_rhythm_cancels_what_was_planned_and_keeps_it(world: World) -> None:
    old = plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today())
    new = plan_visits(world.case, by=world.worker, rhythm="child", home_on=today())
    assert {row.state for row in old} == {"cancelled"}
    assert {row.cancelled_reason for row in old} == {"rhythm_changed"}
    assert [row.id for row in planned(world)] == [row.id for row in new]
    assert len(open_tasks(world.case)) == 15


@pytest.mark.parametrize(("rhythm", "days"), [("light", 0), ("weekly", 0), ("standard", -1)])
def test_a_rhythm_that_does_not_fit_is_refused(world: World, rhythm: str, days: int) -> None:
    with pytest.raises(InvalidInput):
        plan_visits(world.case, by=world.worker, rhythm=rhythm, home_on=today() - timedelta(days=days))


def test_a_visit_done_keeps_its_words_ends_its_task_and_plans_one_more(world: World) -> None:
    visit = plan_visit(world.case, by=world.worker, day=today(), mode="safe_call")
    done(world, visit, promises="A school bag: given.", next_on=today() + timedelta(days=30))
    row = next(row for row in visits(world.worker, world.case) if row.visit.id == visit.id)
    assert row.words == {"situation": "Well, works in the shop.", "promises": "A school bag: given."}
    [further] = planned(world)
    assert further.due_on == today() + timedelta(days=30)
    assert [task.record_id for task in open_tasks(world.case)] == [further.id]
    with pytest.raises(InvalidTransition):
        done(world, visit)


def test_scores_go_from_1_to_4_and_the_last_are_found_again(world: World) -> None:
    visit = plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    for scores in ({"safety": 5}, {"happiness": 2}, {"rss_social": 1}):
        with pytest.raises(InvalidInput), db.session.begin_nested():
            done(world, visit, scores=scores)
        db.session.refresh(visit)
    done(world, visit, scores={"safety": 2, "social_support": 4})
    assert last_scores(world.worker, world.case) == {"safety": 2, "social_support": 4}


@pytest.mark.parametrize("wrong", [{"situation": " "}, {"mode": "done"}, {"mode": "pigeon"}, {"done_on": None}])
def test_a_visit_says_when_how_and_how_things_are(world: World, wrong: dict[str, object]) -> None:
    visit = plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    if "done_on" in wrong:
        wrong = {"done_on": today() + timedelta(days=1)}
    with pytest.raises(InvalidInput):
        done(world, visit, **wrong)


def test_a_missed_visit_has_a_note_and_not_finding_somebody_is_a_try(world: World) -> None:
    one = plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    two = plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    with pytest.raises(InvalidInput):
        miss_visit(one, world.case, by=world.worker, result="not_found", note="")
    with pytest.raises(InvalidInput):
        miss_visit(one, world.case, by=world.worker, result="done", note="x")
    miss_visit(one, world.case, by=world.worker, result="not_found", note="House closed.", again_on=today())
    miss_visit(two, world.case, by=world.worker, result="declined", note="Busy at harvest.")
    assert [row.follow_up_id for row in attempts(world.worker, world.case)] == [one.id]
    [first] = [row for row in visits(world.worker, world.case) if row.visit.id == one.id]
    assert first.words == {"missed_note": "House closed."}
    assert len(planned(world)) == 1


def test_a_visit_moves_with_its_task_and_remembers(world: World) -> None:
    visit = plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    with pytest.raises(StaleRecord):
        reschedule(visit, world.case, by=world.worker, day=today(), reason="office", expected_version=5)
    with pytest.raises(InvalidInput):
        reschedule(visit, world.case, by=world.worker, day=today() - timedelta(days=1), reason="office")
    reschedule(visit, world.case, by=world.worker, day=today() + timedelta(days=3), reason="person_asked")
    [task] = open_tasks(world.case)
    assert task.due_at is not None
    assert task.due_at.astimezone(PHNOM_PENH).date() == today() + timedelta(days=3)
    [change] = db.session.scalars(select(FollowUpChange).where(FollowUpChange.follow_up_id == visit.id))
    assert (change.what, change.before, change.reason) == ("due_on", today().isoformat(), "person_asked")


def test_who_came_unplanned_is_recorded_too(world: World) -> None:
    visit = record_contact(
        world.case, by=world.worker, done_on=today(), mode="survivor_called", situation="Asked for the bus fare."
    )
    assert (visit.state, visit.template) == ("done", None)
    assert open_tasks(world.case) == []


def test_visits_are_for_the_case_the_office_and_the_class(world: World) -> None:
    visit = plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    for actor, case in ((world.stranger, world.case), (world.worker, world.another_case())):
        with pytest.raises(NotVisible):
            get_visit(actor, case.id, visit.id)
    world.share(world.case, world.elsewhere, ["identity", "needs_risk"])
    world.carried_by(world.stranger)
    with pytest.raises(NotAllowed):
        record_visit(
            get_visit(world.stranger, world.case.id, visit.id), world.case, by=world.stranger, done_on=today(),
            mode="home_visit", situation="x",
        )  # fmt: skip


@pytest.mark.parametrize("kind", ["dead", "missing", "did_not_arrive"])
def test_a_fact_stops_visits_and_tasks_and_tells_the_supervisor(world: World, kind: str) -> None:
    plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today())
    note_fact(world.case, by=world.worker, kind=kind)
    assert planned(world) == []
    assert {row.visit.cancelled_reason for row in visits(world.worker, world.case)} == {kind}
    assert open_tasks(world.case) == []
    notices = list(db.session.scalars(select(Notice).where(Notice.record_kind == "person_fact")))
    assert [(notice.org_id, notice.for_supervisor) for notice in notices] == [(world.office.id, True)]
    for act in (
        lambda: plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today()),
        lambda: plan_visit(world.case, by=world.worker, day=today(), mode="home_visit"),
        lambda: add_attempt(world.case, by=world.worker, tried_on=today(), mode="safe_call"),
        lambda: record_contact(world.case, by=world.worker, done_on=today(), mode="safe_call", situation="x"),
    ):
        with pytest.raises(InvalidTransition):
            act()


def test_a_fact_stops_the_visits_of_every_office(world: World) -> None:
    world.share(world.case, world.elsewhere, ["identity", "demographic", "needs_risk"])
    world.carried_by(world.stranger)
    plan_visit(world.case, by=world.stranger, day=today(), mode="home_visit")
    note_fact(world.case, by=world.worker, kind="missing")
    assert {task.state for task in db.session.scalars(select(Task).where(Task.case_id == world.case.id))} == {
        "cancelled"
    }


def test_found_takes_up_what_still_lies_ahead(world: World) -> None:
    plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today())
    note_fact(world.case, by=world.worker, kind="missing")
    with at(utcnow() + timedelta(days=15)):
        note_fact(world.case, by=world.worker, kind="found")
        ahead = planned(world)
        assert len(ahead) == 11
        assert all(visit.due_on >= today() for visit in ahead)
        assert len(open_tasks(world.case)) == 11


def test_facts_that_contradict_are_refused(world: World) -> None:
    with pytest.raises(InvalidInput):
        note_fact(world.case, by=world.worker, kind="found")
    note_fact(world.case, by=world.worker, kind="dead")
    for kind in ("dead", "missing", "found"):
        with pytest.raises(InvalidInput):
            note_fact(world.case, by=world.worker, kind=kind)
    with pytest.raises(NotAllowed):
        note_fact(world.case, by=world.nurse, kind="missing")
