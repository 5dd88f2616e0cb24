"""The gates before travel that we arrange, each alone: closed, opened, closed again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.consent.service import withdraw_entry
from casework.db import at, db, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible
from casework.repatriation import service
from casework.repatriation.queries import gates
from casework.sharing import service as sharing
from tests.repatriation.world import World
from tests.sharing.scene import Scene

ALL = {"consent", "decision", "safety", "receiver", "fit"}


def test_at_first_every_gate_is_closed_and_each_says_what_to_do(world: World) -> None:
    path = world.start()
    assert world.closed(path) == ALL
    assert all(gate.todo.endswith(".") and gate.sentence.endswith(".") for gate in gates(world.case, path))


def test_travel_that_we_do_not_arrange_has_no_gates(world: World) -> None:
    path = world.start(arranged=False)
    assert gates(world.case, path) == []
    world.finish(path, "IN07_travel")
    world.finish(path, "IN08_handover")
    assert world.station("return") == "done"


def test_consent_opens_its_gate_and_only_consent_to_return_travel(world: World) -> None:
    path = world.start()
    world.agree(purpose="family_contact")
    assert "consent" in world.closed(path)
    entry = world.agree()
    assert world.closed(path) == ALL - {"consent"}
    with at(entry.ends_at + timedelta(seconds=1)):
        assert "consent" in world.closed(path)
    withdraw_entry(entry, world.case, by=world.officer, form="written")
    assert "consent" in world.closed(path)


def test_what_the_person_said_last_counts(world: World) -> None:
    path = world.start()
    world.decide(path)
    assert "decision" not in world.closed(path)
    world.decide(path, "no")
    assert "decision" in world.closed(path)
    world.decide(path)
    world.decide(path, "withdrawn", informed=None)
    assert "decision" in world.closed(path)


@pytest.mark.parametrize(("result", "opens"), [("yes", True), ("with_conditions", True), ("no", False)])
def test_a_result_opens_or_closes(world: World, result: str, opens: bool) -> None:
    path = world.start()
    for kind in ("safety", "fit"):
        world.check(path, kind, "no" if opens else "yes")
        world.check(path, kind, result)
        assert (kind not in world.closed(path)) is opens


def test_an_adult_may_go_against_the_assessment_when_a_supervisor_approves(world: World) -> None:
    path = world.start()
    world.check(path, "safety", "no")
    with pytest.raises(InvalidInput):
        world.decide(path)
    decision = world.decide(path, against_advice=True)
    assert "safety" in world.closed(path)
    approval = world.approval(decision.id)
    with pytest.raises(NotAllowed):
        service.decide_against_advice(approval, world.case, by=world.officer, decision="approved", reason="")
    service.decide_against_advice(approval, world.case, by=world.supervisor, decision="approved", reason="")
    assert "safety" not in world.closed(path)
    world.check(path, "safety", "no")
    assert "safety" in world.closed(path), "a newer assessment needs a newer decision"


def test_a_returned_approval_leaves_the_gate_closed_and_a_supervisor_cannot_approve_own_work(world: World) -> None:
    path = world.start()
    world.check(path, "safety", "no")
    decision = world.decide(path, against_advice=True, by=world.supervisor)
    approval = world.approval(decision.id)
    with pytest.raises(NotAllowed):
        service.decide_against_advice(approval, world.case, by=world.supervisor, decision="approved", reason="")
    again = world.decide(path, against_advice=True)
    service.decide_against_advice(
        world.approval(again.id), world.case, by=world.supervisor, decision="returned", reason="Ask about the uncle."
    )
    assert "safety" in world.closed(path)


def test_a_child_needs_a_best_interest_decision_and_never_goes_against_the_assessment(world: World) -> None:
    world.child()
    path = world.start()
    assert world.closed(path) == ALL | {"best_interest"}
    world.best(path, "no")
    assert "best_interest" in world.closed(path)
    world.best(path)
    assert "best_interest" not in world.closed(path)
    world.check(path, "safety", "no")
    with pytest.raises(InvalidInput):
        world.decide(path, against_advice=True)
    assert "safety" in world.closed(path)


def test_an_office_without_accounts_accepts_on_paper_and_one_with_accounts_for_itself(world: World) -> None:
    path = world.start()
    with pytest.raises(InvalidInput):
        service.name_receiver(path, world.case, by=world.officer, org_id=world.ngo.id)
    with pytest.raises(InvalidInput):
        service.name_receiver(path, world.case, by=world.officer)
    row = service.name_receiver(path, world.case, by=world.officer, org_id=world.commune.id)
    assert row.on_behalf_org_id == world.commune.id
    assert "receiver" not in world.closed(path)
    service.name_receiver(path, world.case, by=world.officer, org_id=world.commune.id, accepted=False)
    assert "receiver" in world.closed(path)


def test_an_accepted_referral_names_the_receiver_for_as_long_as_it_is_accepted(session: object) -> None:
    scene = Scene()
    path = service.start_return(
        scene.case, service.Journey("INBOUND", other_country="THA", start_at="IN05_decision"), by=scene.worker
    )
    scene.agree()
    referral = scene.send()
    with pytest.raises(InvalidInput):
        service.name_receiver(path, scene.case, by=scene.worker, referral_id=referral.id)
    sharing.accept(referral, by=scene.host)
    service.name_receiver(path, scene.case, by=scene.worker, referral_id=referral.id)
    receiver = {gate.kind: gate.open for gate in gates(scene.case, path)}["receiver"]
    assert receiver
    sharing.revoke(referral, by=scene.worker)
    assert not {gate.kind: gate.open for gate in gates(scene.case, path)}["receiver"]


def test_a_referral_of_another_case_names_nobody(world: World, session: object) -> None:
    scene = Scene()
    scene.agree()
    referral = scene.send()
    sharing.accept(referral, by=scene.host)
    path = world.start()
    with pytest.raises(NotVisible):
        service.name_receiver(path, world.case, by=world.officer, referral_id=referral.id)


@pytest.mark.parametrize("missing", sorted(ALL))
def test_one_closed_gate_is_enough_to_hold_travel_and_hand_over(world: World, missing: str) -> None:
    path = world.start()
    if missing != "consent":
        world.agree()
    for kind in {"safety", "fit"} - {missing}:
        world.check(path, kind)
    if missing != "receiver":
        service.name_receiver(path, world.case, by=world.officer, org_id=world.commune.id)
    if missing != "decision":
        world.decide(path)
    assert world.closed(path) == {missing}
    service.open_step(world.step(path, "IN07_travel"), path, world.case, by=world.officer)
    with pytest.raises(InvalidTransition):
        world.finish(path, "IN07_travel")
    data = service.HandoverData(
        at=utcnow(), giver_org_id=world.mission.id, receiver_org_id=world.commune.id, border_point="poipet",
        giver_officer="A", receiver_officer="B",
    )  # fmt: skip
    with pytest.raises(InvalidTransition):
        service.record_handover(world.step(path, "IN08_handover"), path, world.case, data, by=world.officer)
    db.session.rollback()


def test_with_all_gates_open_the_travel_is_ready(world: World) -> None:
    path = world.start()
    world.clear(path)
    world.finish(path, "IN07_travel")
    assert world.states(path)["IN07_travel"] == "done"
