"""The person changes the mind: travel goes back to the decision, at once, until the hand-over."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from casework.cases.models import Notice, Task
from casework.consent.models import ConsentEntry
from casework.db import db, utcnow
from casework.errors import InvalidTransition
from casework.repatriation import service
from casework.repatriation.models import ReturnPath, ReturnStep
from casework.repatriation.queries import decisions_of, handovers_of
from casework.sharing.service import stopping
from tests.repatriation.test_movements import planned, seat_of
from tests.repatriation.world import World, history


def ready(world: World) -> tuple[ReturnPath, ConsentEntry]:
    """A return whose travel is ready and whose hand-over is open."""
    path = world.start(start_at="IN05_decision")
    entry = world.clear(path)
    world.finish(path, "IN06_document", outcome="laissez_passer")
    world.finish(path, "IN07_travel")
    return path, entry


def test_consent_taken_back_sends_travel_back_to_the_decision(world: World) -> None:
    path, entry = ready(world)
    hand_over = world.step(path, "IN08_handover")
    assert hand_over.state == "open"
    stopping.withdraw(entry, world.case, by=world.officer, form="written")
    assert decisions_of(path)[0].answer == "withdrawn"
    states = world.states(path)
    assert (states["IN05_decision"], states["IN07_travel"], states["IN08_handover"]) == ("open", "planned", "planned")
    assert states["IN06_document"] == "done", "a paper that was issued stays issued"
    assert {"consent", "decision"} <= world.closed(path)
    left = select(Task.record_id).where(Task.state == "open", Task.record_kind == "return_step")
    assert db.session.scalars(left).all() == [world.step(path, "IN05_decision").id]
    assert "back_to_decision" in {row.reason for row in history(path)}


def test_after_it_the_person_may_decide_again_and_travel_waits_for_its_gates(world: World) -> None:
    path, _ = ready(world)
    service.consent_withdrawn(world.case, world.officer)
    world.decide(path)
    assert world.states(path)["IN05_decision"] == "done"
    assert world.states(path)["IN07_travel"] == "open"
    world.finish(path, "IN07_travel")
    rounds = db.session.scalars(select(ReturnStep).where(ReturnStep.code == "IN07_travel")).all()
    assert sorted(step.round for step in rounds) == [1, 2]


def test_a_hand_over_that_not_both_signed_is_void_after_it(world: World) -> None:
    path, _ = ready(world)
    step = world.step(path, "IN08_handover")
    data = service.HandoverData(
        at=utcnow(), giver_org_id=world.mission.id, receiver_org_id=world.commune.id, border_point="poipet",
        giver_officer="A", receiver_officer="B",
    )  # fmt: skip
    record = service.record_handover(step, path, world.case, data, by=world.officer)
    service.sign(record, step, path, world.case, by=world.officer, side="giver")
    service.consent_withdrawn(world.case, world.officer)
    assert [row.state for row in handovers_of(path)] == ["void"]
    with pytest.raises(InvalidTransition):
        service.sign(record, step, path, world.case, by=world.officer, side="receiver", paper="Folder 3")


def test_twice_has_the_effect_of_once(world: World) -> None:
    path, _ = ready(world)
    service.consent_withdrawn(world.case, world.officer)
    before = world.states(path)
    service.consent_withdrawn(world.case, world.officer)
    assert world.states(path) == before
    assert len(db.session.scalars(select(ReturnStep).where(ReturnStep.code == "IN07_travel")).all()) == 2


def test_any_office_that_hears_of_it_brings_travel_back(world: World) -> None:
    path, _ = ready(world)
    service.consent_withdrawn(world.case, world.stranger)
    assert world.states(path)["IN08_handover"] == "planned"
    assert decisions_of(path)[0].author_org_id == world.stranger.organisation_id


def test_after_the_hand_over_there_is_nothing_to_bring_back(world: World) -> None:
    path = world.start(start_at="IN05_decision", arranged=False)
    world.decide(path)
    for code in ("IN06_document", "IN07_travel", "IN08_handover"):
        world.finish(path, code, outcome="none" if code == "IN06_document" else None)
    service.consent_withdrawn(world.case, world.officer)
    assert world.states(path)["IN08_handover"] == "done"
    assert world.states(path)["IN05_decision"] == "done"


def test_after_a_hand_over_before_us_there_is_nothing_either(world: World) -> None:
    path = world.start(start_at="IN09_reception", arranged=False)
    assert world.step(path, "IN08_handover").skip_reason == "before_us"
    service.consent_withdrawn(world.case, world.officer)
    assert world.states(path)["IN05_decision"] == "skipped", "nobody at home is asked whether to travel"
    assert world.states(path)["IN09_reception"] == "open"
    assert decisions_of(path)[0].answer == "withdrawn", "what the person said is kept"


def without(path: ReturnPath, *codes: str) -> None:
    """A return as it was planned while its list lacked these steps."""
    db.session.execute(delete(ReturnStep).where(ReturnStep.path_id == path.id, ReturnStep.code.in_(codes)))
    db.session.expire_all()


def test_a_return_that_has_no_step_of_the_decision_stops_and_its_offices_are_told(world: World) -> None:
    journey, path = planned(world)
    entry = world.agree()
    world.share()
    service.give_step(world.step(path, "IN07_travel"), path, world.case, by=world.officer, org_id=world.ngo.id)
    without(path, "IN05_decision")
    stopping.withdraw(entry, world.case, by=world.officer, form="written")
    assert (path.state, path.stop_reason) == ("stopped", "consent_withdrawn")
    assert not {"planned", "open", "waiting"} & set(world.states(path).values())
    assert not db.session.scalars(select(Task).where(Task.state == "open", Task.record_kind == "return_step")).all()
    assert seat_of(journey, world.case).state == "stayed"
    told = select(Notice.org_id).where(Notice.kind == "return_stopped", Notice.record_id == path.id)
    assert set(db.session.scalars(told)) == {world.mission.id, world.ngo.id}


def test_a_no_stops_such_a_return_too(world: World) -> None:
    path = world.start(start_at="IN06_document")
    without(path, "IN05_decision")
    world.decide(path, "no")
    assert (path.state, path.stop_reason) == ("stopped", "person_stays")


def test_a_return_without_its_last_step_is_behind_once_the_person_was_received(world: World) -> None:
    path = world.start(start_at="IN05_decision", arranged=False)
    without(path, "IN08_handover")
    world.decide(path)
    world.finish(path, "IN06_document", outcome="none")
    world.finish(path, "IN07_travel")
    world.finish(path, "IN09_reception")
    service.consent_withdrawn(world.case, world.officer)
    assert (path.state, world.states(path)["IN05_decision"]) == ("open", "done")


def test_a_no_does_the_same(world: World) -> None:
    path, _ = ready(world)
    world.decide(path, "no")
    assert world.states(path)["IN08_handover"] == "planned"
    assert world.states(path)["IN05_decision"] == "open"
