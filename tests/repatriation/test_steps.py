"""Steps of a return: from the list, started anywhere, done, skipped, waiting, repeated; their clocks and tasks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import select

from casework.cases.models import Task
from casework.codes.queries import choices
from casework.codes.workingdays import add
from casework.db import at, db, end_of_day, today
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, StaleRecord
from casework.repatriation import service
from casework.repatriation.kinds import DIRECTIONS, OUTCOMES, STEP_STATES
from casework.repatriation.models import ReturnStep, ReturnStepPause
from casework.repatriation.queries import ReturnFilters, returns_in_work, steps_of, tracker
from casework.repatriation.workflow.states import MOVES, check_move
from casework.repatriation.workflow.steps import rule, rules, templates
from tests.repatriation.world import World, history

KHMER = re.compile("[\u1780-\u17b3]")
MONDAY = datetime(2026, 11, 23, 3, tzinfo=UTC)


def tasks(step: ReturnStep, state: str = "open") -> list[Task]:
    query = select(Task).where(Task.record_id == step.id, Task.state == state).order_by(Task.created_at, Task.id)
    return list(db.session.scalars(query))


@pytest.mark.parametrize(("before", "after"), list(product(STEP_STATES, STEP_STATES)))
def test_every_pair_of_states_is_decided(before: str, after: str) -> None:
    allowed = {
        "planned": {"open", "skipped", "stopped"},
        "open": {"waiting", "done", "skipped", "stopped", "planned"},
        "waiting": {"open", "done", "skipped", "stopped", "planned"},
    }
    assert MOVES.keys() == STEP_STATES.keys()
    if after in allowed.get(before, set()):
        check_move(before, after)
    else:
        with pytest.raises(InvalidTransition):
            check_move(before, after)


def test_the_file_of_rules_names_only_steps_that_the_list_has(session: object) -> None:
    codes = {code.code for code in choices("repatriation_step")}
    assert set(rules()) <= codes
    for direction in DIRECTIONS:
        rows = templates(direction)
        assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
        assert sum(row.rule.role == "decision" for row in rows) == 1
        assert sum(row.rule.ends == "return" for row in rows) == 1
    assert {name for rule in rules().values() for name in rule.outcomes} <= set(OUTCOMES)


def test_the_list_keeps_exactly_the_steps_that_carry_a_meaning(session: object) -> None:
    for code in choices("repatriation_step"):
        means = rule(code.code)
        meant = bool(means.role or means.check or means.ends or means.opens)
        assert (code.extra["kept"] == "yes", means.kept) == (meant, meant), code.code


def test_who_does_a_step_is_said_in_khmer_to_who_reads_khmer(world: World) -> None:
    for code in choices("repatriation_step"):
        assert KHMER.search(code.attribute("owner", "km")), code.extra["owner"]
        assert code.attribute("owner", "en") == code.extra["owner"]
    khmer = replace(world.officer, language="km")
    path = world.start()
    assert all(KHMER.search(view.owner) for view in tracker(khmer, path))
    lines, _ = returns_in_work(khmer, ReturnFilters())
    assert KHMER.search(lines[0].holder)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_return_has_the_steps_of_its_direction_and_begins_with_the_first(world: World, direction: str) -> None:
    path = world.start(direction)
    steps = steps_of(path)
    assert [step.code for step in steps] == [row.code for row in templates(direction)]
    assert [step.state for step in steps if step.state != "skipped"] == ["open"] + ["planned"] * (
        len([step for step in steps if step.state != "skipped"]) - 1
    )
    assert {step.skip_reason for step in steps if step.state == "skipped"} == {"elsewhere"}
    assert (world.station("return"), world.case.stage) == ("open", "identification")


def test_who_is_home_already_starts_at_reception_with_the_return_behind(world: World) -> None:
    with pytest.raises(InvalidInput):
        world.start(start_at="IN09_reception")
    path = world.start(start_at="IN09_reception", arranged=False)
    assert world.states(path)["IN08_handover"] == "skipped"
    assert world.step(path, "IN01_notify").skip_reason == "before_us"
    assert (world.station("return"), world.station("arrival")) == ("done", "open")


def test_a_journey_needs_another_country_and_a_known_step(world: World) -> None:
    for wrong in ({"other_country": None}, {"other_country": "KHM"}, {"start_at": "OUT01_notify"}, {"direction": "X"}):
        with pytest.raises(InvalidInput):
            world.start(**{"direction": "INBOUND", **wrong})
    world.start()
    with pytest.raises(InvalidTransition):
        world.start()


def test_viet_nam_verifies_in_twenty_and_ten_of_its_own_working_days(world: World) -> None:
    with at(MONDAY):
        path = world.start("OUTBOUND", other_country="VNM", start_at="OUT06_verify_local", arranged=True)
        step = world.step(path, "OUT06_verify_local")
        assert (step.allowed_days, step.working_days, step.calendar) == (20, True, "VNM")
        assert step.due_on == add(today(), 20, "VNM") == date(2026, 12, 21)
        world.finish(path, "OUT06_verify_local", outcome="confirmed")
        assert world.step(path, "OUT07_verify_final").due_on == add(today(), 10, "VNM")
        views = {view.row.code: view for view in tracker(world.officer, path)}
    assert views["OUT06_verify_local"].official
    assert not views["OUT08_family"].official, "our default is never shown as law"


def test_the_same_clock_is_only_our_default_for_another_country(world: World) -> None:
    path = world.start("OUTBOUND", other_country="LAO", start_at="OUT06_verify_local")
    assert not any(view.official for view in tracker(world.officer, path))


def test_the_clock_stands_while_the_person_is_waited_for_and_then_goes_on(world: World) -> None:
    with at(MONDAY):
        path = world.start(start_at="IN03_nationality")
        step = world.step(path, "IN03_nationality")
        due = step.due_on
        assert due == add(today(), 30)
    with at(MONDAY + timedelta(days=1)):
        service.wait_for_person(step, path, world.case, by=world.officer)
        assert (step.state, step.due_on) == ("waiting", None)
        assert [(task.due_at, task.waiting_for) for task in tasks(step)] == [(None, "the person")]
    with at(MONDAY + timedelta(days=400)):
        service.resume_step(step, path, world.case, by=world.officer)
        assert due is not None
        assert step.due_on == add(date(2026, 11, 23), 30, stopped=[(date(2026, 11, 24), today())])
        assert [task.due_at for task in tasks(step)] == [end_of_day(step.due_on or due)]
    pause = db.session.scalars(select(ReturnStepPause)).one()
    assert (pause.from_on, pause.until_on) == (date(2026, 11, 24), date(2026, 11, 23) + timedelta(days=400))


def test_steps_run_beside_each_other_and_the_next_opens_when_none_runs(world: World) -> None:
    path = world.start(start_at="IN02_screen")
    service.open_step(world.step(path, "IN03_nationality"), path, world.case, by=world.officer)
    world.finish(path, "IN02_screen")
    assert world.states(path)["IN04_family"] == "planned"
    world.finish(path, "IN03_nationality", outcome="confirmed")
    assert world.states(path)["IN04_family"] == "open"


def test_a_step_ends_with_one_of_its_outcomes_and_records_the_check_it_is(world: World) -> None:
    path = world.start(start_at="IN03_nationality")
    for outcome in (None, "yes", "perhaps"):
        with pytest.raises(InvalidInput):
            world.finish(path, "IN03_nationality", outcome=outcome)
    world.finish(path, "IN03_nationality", outcome="denied")
    assert "safety" in world.closed(path)
    world.finish(path, "IN04_family", outcome="with_conditions", note="The aunt keeps the door locked.")
    assert "safety" not in world.closed(path)
    view = next(view for view in tracker(world.officer, path) if view.row.code == "IN04_family")
    assert (view.note, view.outcome) == ("The aunt keeps the door locked.", "Yes, with conditions")


def test_the_decision_ends_its_own_step_and_nothing_else_does(world: World) -> None:
    path = world.start(start_at="IN05_decision")
    with pytest.raises(InvalidTransition):
        world.finish(path, "IN05_decision")
    world.decide(path)
    assert (world.states(path)["IN05_decision"], world.states(path)["IN06_document"]) == ("done", "open")
    world.finish(path, "IN06_document", outcome="laissez_passer")
    assert world.step(path, "IN06_document").outcome == "laissez_passer"


def test_a_step_is_skipped_with_a_reason_but_arranged_travel_never(world: World) -> None:
    path = world.start()
    step = world.step(path, "IN01_notify")
    with pytest.raises(InvalidInput):
        service.skip_step(step, path, world.case, by=world.officer, reason="elsewhere")
    service.skip_step(step, path, world.case, by=world.officer, reason="not_needed")
    assert (step.state, world.states(path)["IN02_screen"]) == ("skipped", "open")
    for code in ("IN07_travel", "IN08_handover"):
        with pytest.raises(InvalidTransition):
            service.skip_step(world.step(path, code), path, world.case, by=world.officer, reason="not_needed")


def test_a_step_is_repeated_beside_what_stood(world: World) -> None:
    path = world.start(start_at="IN03_nationality")
    with pytest.raises(InvalidTransition):
        service.repeat_step(world.step(path, "IN03_nationality"), path, world.case, by=world.officer)
    world.finish(path, "IN03_nationality", outcome="unclear")
    first = world.step(path, "IN03_nationality")
    second = service.repeat_step(first, path, world.case, by=world.officer)
    assert (first.state, first.outcome, second.round, second.state) == ("done", "unclear", 2, "open")


def test_the_task_goes_to_the_office_that_does_the_step_if_the_return_is_open_to_it(world: World) -> None:
    path = world.start(start_at="IN04_family")
    step = world.step(path, "IN04_family")
    give = service.give_step
    give(step, path, world.case, by=world.officer, org_id=world.ngo.id)
    assert [(task.org_id, task.waiting_for_org_id) for task in tasks(step)] == [(world.mission.id, world.ngo.id)]
    world.share()
    give(step, path, world.case, by=world.officer, org_id=world.ngo.id)
    given = {(task.org_id, task.waiting_for_org_id) for task in tasks(step)}
    assert given == {(world.ngo.id, None), (world.mission.id, world.ngo.id)}
    give(step, path, world.case, by=world.officer, party="local_authority")
    assert [(task.org_id, task.waiting_for) for task in tasks(step)] == [(world.mission.id, "the local authority")]


def test_an_answer_is_waited_for_while_the_clock_runs(world: World) -> None:
    path = world.start(start_at="IN06_document")
    step = world.step(path, "IN06_document")
    due = step.due_on
    service.await_answer(step, path, world.case, by=world.officer, party="consulate")
    assert [(task.waiting_for, task.due_at) for task in tasks(step)] == [("the consulate", end_of_day(due or today()))]
    with pytest.raises(InvalidInput):
        service.await_answer(step, path, world.case, by=world.officer, party="somebody")
    service.await_answer(step, path, world.case, by=world.officer)
    assert [task.waiting_for for task in tasks(step)] == [None]


def test_tasks_end_with_their_step(world: World) -> None:
    path = world.start()
    step = world.step(path, "IN01_notify")
    world.finish(path, "IN01_notify")
    assert tasks(step) == []
    assert [task.state for task in tasks(step, "done")] == ["done"]


def test_steps_before_travel_are_due_from_the_travel_day(world: World) -> None:
    path = world.start(start_at="IN07_travel")
    step = world.step(path, "IN07_travel")
    assert step.due_on is None
    day = today() + timedelta(days=20)
    service.set_travel_day(path, world.case, by=world.officer, travel_on=day)
    assert step.due_on == day - timedelta(days=3)
    assert [task.due_at for task in tasks(step)] == [end_of_day(day - timedelta(days=3))]


def test_a_return_is_done_with_its_last_step_and_nothing_can_be_changed_then(world: World) -> None:
    path = world.start(start_at="IN09_reception", arranged=False)
    world.finish(path, "IN09_reception")
    assert path.state == "open"
    world.finish(path, "IN10_referral")
    assert (path.state, path.ended_on) == ("done", today())
    with pytest.raises(InvalidTransition):
        service.repeat_step(world.step(path, "IN10_referral"), path, world.case, by=world.officer)


def test_a_return_is_stopped_with_a_reason_and_its_tasks_go(world: World) -> None:
    path = world.start()
    step = world.step(path, "IN01_notify")
    with pytest.raises(InvalidInput):
        service.stop_return(path, world.case, by=world.officer, reason="weather")
    service.stop_return(path, world.case, by=world.officer, reason="person_stays")
    assert (path.state, step.state, tasks(step)) == ("stopped", "stopped", [])
    assert world.start().id != path.id


def test_each_state_has_a_line_of_history(world: World) -> None:
    path = world.start()
    step = world.step(path, "IN01_notify")
    service.wait_for_person(step, path, world.case, by=world.officer)
    service.resume_step(step, path, world.case, by=world.officer)
    world.finish(path, "IN01_notify")
    lines = [row for row in history(path) if row.step_id == step.id]
    assert [(row.before, row.after) for row in lines] == [
        ("planned", "open"), ("open", "waiting"), ("waiting", "open"), ("open", "done"),
    ]  # fmt: skip
    assert {row.by_user_id for row in lines} == {world.officer.user_id}


def test_days_lie_between_the_beginning_and_today(world: World) -> None:
    path = world.start(started_on=today() - timedelta(days=3))
    for day in (today() - timedelta(days=4), today() + timedelta(days=1)):
        with pytest.raises(InvalidInput):
            world.finish(path, "IN01_notify", done_on=day)
    world.finish(path, "IN01_notify", done_on=today() - timedelta(days=2))
    with pytest.raises(InvalidInput):
        service.open_step(
            world.step(path, "IN03_nationality"), path, world.case, by=world.officer,
            started_on=today() + timedelta(days=1),
        )  # fmt: skip


def test_an_older_version_changes_nothing(world: World) -> None:
    path = world.start()
    step = world.step(path, "IN01_notify")
    with pytest.raises(StaleRecord):
        service.finish_step(step, path, world.case, by=world.officer, expected_version=step.version - 1)
    assert step.state == "open"


def test_another_office_does_its_own_step_and_no_other(world: World) -> None:
    path = world.start(start_at="IN04_family")
    world.share()
    with pytest.raises(NotAllowed):
        world.finish(path, "IN04_family", by=world.worker, outcome="yes")
    service.give_step(world.step(path, "IN04_family"), path, world.case, by=world.officer, org_id=world.ngo.id)
    world.finish(path, "IN04_family", by=world.worker, outcome="yes")
    assert "safety" not in world.closed(path)
    with pytest.raises(NotAllowed):
        service.stop_return(path, world.case, by=world.worker, reason="mistake")
