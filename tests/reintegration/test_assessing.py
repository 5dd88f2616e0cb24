"""Assessment, safety plan, promises, steps of goals and papers of the stages: through the services."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from casework.cases.models import CaseStation, Task
from casework.db import at, db, today, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, StaleRecord
from casework.reintegration.models import Assessment, Promise, PromiseSealed, StagePaper
from casework.reintegration.queries import (
    assessment_row,
    assessments,
    get_action,
    get_assessment,
    get_paper,
    get_promise,
    plan_row,
    promises,
    safety_now,
    stage_papers,
)
from casework.reintegration.service import (
    add_action,
    add_goal,
    agree_safety,
    assess,
    enter_stage,
    promise,
    send_plan,
    set_action,
    settle_promise,
    start_plan,
    tick_paper,
    untick_paper,
)
from casework.reintegration.workflow import needs_safety_plan, papers_of
from tests.assistance.world import World


def assessed(world: World, **more: object) -> Assessment:
    values: dict[str, object] = {"needs": {"housing": "urgent", "debt": "some", "food": "none"}, "wishes": "A home."}
    return assess(world.case, by=world.worker, **(values | more))  # type: ignore[arg-type]


def test_an_assessment_keeps_needs_and_the_four_levels(world: World) -> None:
    row = assessed(
        world,
        risks=["ind_debt", "hh_violence", "com_stigma", "str_border_closed"],
        protections=["has_skills", "neighbours_help"],
        strengths="Her sister.",
        worries="The lender.",
    )
    opened = assessment_row(row)
    assert opened.needs == {"housing": "urgent", "debt": "some"}
    assert set(opened.risks) == {"ind_debt", "hh_violence", "com_stigma", "str_border_closed"}
    assert set(opened.protections) == {"has_skills", "neighbours_help"}
    assert opened.words == {"wishes": "A home.", "strengths": "Her sister.", "worries": "The lender."}
    assert db.session.get_one(CaseStation, (world.case.id, "reintegration")).state == "open"


def test_the_newest_assessment_holds_and_the_older_stays(world: World) -> None:
    first = assessed(world)
    with at(utcnow() + timedelta(days=90)):
        second = assessed(world, needs={})
        assert [row.id for row in assessments(world.worker, world.case)] == [second.id, first.id]


@pytest.mark.parametrize(
    "wrong",
    [
        {"wishes": " "},
        {"needs": {"castle": "some"}},
        {"needs": {"housing": "much"}},
        {"risks": ["Poverty"]},
        {"risks": ["nothing_like_it"]},
        {"protections": ["ind_debt"]},
    ],
)
def test_an_assessment_that_does_not_fit_is_refused(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        assessed(world, **wrong)


def test_a_safety_plan_is_asked_for_from_medium_risk_on(world: World) -> None:
    assert [level for level in ("low", "medium", "high", "immediate", None) if needs_safety_plan(level)] == [
        "medium", "high", "immediate",
    ]  # fmt: skip
    agree_safety(world.case, by=world.worker, signs="He drinks.", steps="Goes to the pagoda.")
    with at(utcnow() + timedelta(seconds=5)):
        agree_safety(world.case, by=world.worker, signs="He calls.", steps="Calls her aunt.", people="The aunt")
    standing = safety_now(world.worker, world.case)
    assert standing is not None
    assert standing[1] == {"signs": "He calls.", "steps": "Calls her aunt.", "places": "", "people": "The aunt"}
    for wrong in ({"signs": ""}, {"steps": " "}, {"review_on": today()}):
        with pytest.raises(InvalidInput):
            agree_safety(world.case, by=world.worker, **({"signs": "a", "steps": "b"} | wrong))  # type: ignore[arg-type]


def test_a_promise_is_due_and_its_task_ends_with_it(world: World) -> None:
    row = promise(
        world.case, by=world.worker, what="A sewing machine.", owner_user_id=world.worker.user_id, due_on=today()
    )
    task = db.session.scalars(select(Task).where(Task.record_id == row.id)).one()
    assert (task.kind, task.state, task.data_class) == ("promise", "open", "needs_risk")
    settle_promise(row, world.case, by=world.worker, state="kept", expected_version=row.version)
    db.session.refresh(task)
    assert task.state == "done"
    [shown] = promises(world.worker, world.case)
    assert (shown.what, shown.who, shown.promise.state) == ("A sewing machine.", world.worker.display_name, "kept")
    with pytest.raises(InvalidTransition):
        settle_promise(row, world.case, by=world.worker, state="kept")


def test_a_broken_promise_says_why_and_what_the_person_was_told(world: World) -> None:
    row = promise(world.case, by=world.worker, what="A visa.", by_whom="The commune")
    for wrong in (
        {"state": "open"},
        {"state": "not_kept", "told": "x"},
        {"state": "not_kept", "why": "no_money"},
        {"state": "not_kept", "why": "person_at_fault", "told": "x"},
    ):
        with pytest.raises(InvalidInput):
            settle_promise(row, world.case, by=world.worker, **wrong)  # type: ignore[arg-type]
    with pytest.raises(StaleRecord):
        settle_promise(row, world.case, by=world.worker, state="kept", expected_version=row.version + 1)
    settle_promise(row, world.case, by=world.worker, state="not_kept", why="no_money", told="I said so on Monday.")
    [shown] = promises(world.worker, world.case)
    assert (shown.who, shown.promise.why, shown.told) == ("The commune", "no_money", "I said so on Monday.")


@pytest.mark.parametrize("wrong", [{"what": ""}, {"by_whom": "", "what": "x"}, {"due_on": today() - timedelta(days=9)}])
def test_a_promise_without_what_who_or_a_day_to_come_is_refused(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        promise(world.case, by=world.worker, **({"what": "x", "by_whom": "y"} | wrong))  # type: ignore[arg-type]


def test_words_of_a_promise_are_sealed(world: World) -> None:
    row = promise(world.case, by=world.worker, what="Zvqpromised", by_whom="Zvqparty")
    stored = db.session.execute(
        text("SELECT what, by_whom FROM promise_sealed WHERE id = :id").bindparams(
            db.bindparam("id", row.id, type_=PromiseSealed.__table__.c.id.type)
        )
    ).one()
    assert not any(b"Zvq" in bytes(value) for value in stored)


def test_steps_of_a_goal_are_added_and_marked_while_the_plan_lives(world: World) -> None:
    plan = start_plan(world.case, by=world.worker)
    goal = add_goal(plan, world.case, by=world.worker, domain="Livelihood", goal="My own shop.")
    step = add_action(goal, plan, world.case, by=world.worker, action="Ask the bank.", due_on=today())
    set_action(step, plan, world.case, by=world.worker, done=True, expected_version=step.version)
    [shown] = plan_row(plan).goals[0].steps
    assert (shown.words, shown.action.done_on) == ("Ask the bank.", today())
    with pytest.raises(StaleRecord):
        set_action(step, plan, world.case, by=world.worker, done=False, expected_version=step.version + 5)
    send_plan(plan, world.case, by=world.worker)
    with pytest.raises(InvalidTransition):
        add_action(goal, plan, world.case, by=world.worker, action="Late.")
    with pytest.raises(InvalidTransition):
        set_action(step, plan, world.case, by=world.worker, done=False)


def test_papers_of_the_stage_are_ticked_once_an_office(world: World) -> None:
    enter_stage(world.case, by=world.worker, stage="monitoring", since_on=today())
    assert papers_of("monitoring") == ["visit_reports", "progress_review"]
    row = tick_paper(world.case, by=world.worker, paper="visit_reports")
    assert stage_papers(world.worker, world.case) == {"visit_reports": row}
    with pytest.raises(InvalidTransition):
        tick_paper(world.case, by=world.worker, paper="visit_reports")
    with pytest.raises(InvalidInput):
        tick_paper(world.case, by=world.worker, paper="a_poem")
    with pytest.raises(NotVisible):
        tick_paper(world.case, by=world.worker, paper="closing_review", document_id=row.id)
    untick_paper(row, world.case, by=world.worker)
    assert db.session.scalars(select(StagePaper)).all() == []


def test_another_office_sees_and_changes_nothing_of_it(world: World) -> None:
    row, made = assessed(world), promise(world.case, by=world.worker, what="A bicycle", by_whom="Us")
    plan = start_plan(world.case, by=world.worker)
    goal = add_goal(plan, world.case, by=world.worker, domain="Livelihood", goal="Work")
    step = add_action(goal, plan, world.case, by=world.worker, action="Ask")
    paper = tick_paper(world.case, by=world.worker, paper="assessment")
    for get, row_id in ((get_assessment, row.id), (get_promise, made.id), (get_action, step.id), (get_paper, paper.id)):
        with pytest.raises(NotVisible):
            get(world.stranger, world.case.id, row_id)  # type: ignore[operator]
        with pytest.raises(NotVisible):
            get(world.worker, world.another_case().id, row_id)  # type: ignore[operator]
    assert assessments(world.stranger, world.case) == promises(world.stranger, world.case) == []
    assert safety_now(world.stranger, world.case) is None
    for act in (
        lambda: settle_promise(made, world.case, by=world.stranger, state="kept"),
        lambda: set_action(step, plan, world.case, by=world.stranger, done=True),
        lambda: untick_paper(paper, world.case, by=world.stranger),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_nothing_is_written_on_a_closed_case(world: World) -> None:
    world.case.status, world.case.closed_on = "closed", today()
    db.session.flush()
    for act in (
        lambda: assessed(world),
        lambda: promise(world.case, by=world.worker, what="x", by_whom="y"),
        lambda: agree_safety(world.case, by=world.worker, signs="x", steps="y"),
        lambda: tick_paper(world.case, by=world.worker, paper="assessment"),
    ):
        with pytest.raises(InvalidTransition):
            act()
    assert db.session.scalars(select(Promise)).all() == []
