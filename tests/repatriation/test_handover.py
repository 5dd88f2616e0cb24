"""The hand-over: each side signs for itself, both signatures end the return, and who may read what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from casework.access.models import Organisation
from casework.cases.queries import timeline
from casework.db import db, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible
from casework.repatriation import service
from casework.repatriation.models import Handover, HandoverSignature, ReturnPath, ReturnStep
from casework.repatriation.queries import (
    check_notes,
    checks_of,
    decision_words,
    decisions_of,
    get_handover,
    get_path,
    get_step,
    paths_of,
    tracker,
    view_of,
)
from tests import factories as make
from tests.repatriation.world import World


def arranged(world: World) -> ReturnPath:
    """A return with open gates, ready for the hand-over."""
    path = world.start(start_at="IN07_travel")
    world.clear(path)
    world.finish(path, "IN07_travel")
    return path


def write(world: World, path: ReturnPath, to: Organisation | None = None, **more: Any) -> Handover:
    values: dict[str, Any] = {
        "at": utcnow() - timedelta(minutes=5), "giver_org_id": world.mission.id,
        "receiver_org_id": (to or world.ngo).id, "border_point": "poipet", "giver_officer": "Officer Planted",
        "receiver_officer": "Worker Sample", "belongings": "One red bag", "medicine": "Paracetamol",
        "papers": (("travel_document", "laissez_passer"), ("id_document", "birth_certificate")),
        "not_disclosed": "What happened on the boat",
    } | more  # fmt: skip
    return service.record_handover(
        hand_over(world, path), path, world.case, service.HandoverData(**values), by=world.officer
    )


def hand_over(world: World, path: ReturnPath) -> ReturnStep:
    return world.step(path, "IN08_handover")


def sign(world: World, path: ReturnPath, record: Handover, side: str, **more: Any) -> HandoverSignature:
    values: dict[str, Any] = {"by": world.officer} | more
    return service.sign(record, hand_over(world, path), path, world.case, side=side, **values)


def test_both_sides_sign_and_the_return_is_done_and_arrival_begins(world: World) -> None:
    path = arranged(world)
    world.share()
    record = write(world, path)
    sign(world, path, record, "giver")
    assert (record.state, hand_over(world, path).state, world.station("return")) == ("open", "open", "open")
    sign(world, path, record, "receiver", by=world.worker)
    assert (record.state, hand_over(world, path).state) == ("signed", "done")
    assert (world.station("return"), world.station("arrival")) == ("done", "open")
    assert world.states(path)["IN09_reception"] == "open"


def test_nobody_signs_for_the_other_side(world: World) -> None:
    path = arranged(world)
    world.share()
    record = write(world, path)
    for actor, side in ((world.officer, "receiver"), (world.worker, "giver"), (world.stranger, "receiver")):
        with pytest.raises(NotAllowed):
            sign(world, path, record, side, by=actor, paper="Folder 3")
    with pytest.raises(InvalidInput):
        sign(world, path, record, "witness")
    sign(world, path, record, "giver")
    with pytest.raises(InvalidTransition):
        sign(world, path, record, "giver", by=world.supervisor)
    assert record.state == "open"


def test_one_person_with_two_offices_signs_for_one_side_only(world: World) -> None:
    path = arranged(world)
    world.share()
    record = write(world, path)
    sign(world, path, record, "giver")
    row = db.session.query(HandoverSignature).one()
    row.by_user_id = world.worker.user_id
    db.session.flush()
    with pytest.raises(NotAllowed):
        sign(world, path, record, "receiver", by=world.worker)


def test_a_side_without_accounts_signs_on_paper(world: World) -> None:
    path = arranged(world)
    record = write(world, path, world.commune)
    with pytest.raises(InvalidInput):
        sign(world, path, record, "receiver")
    row = sign(world, path, record, "receiver", paper="Chief Sample, blue folder 3")
    assert (row.org_id, row.by_org_id) == (world.commune.id, world.mission.id)
    sign(world, path, record, "giver")
    assert record.state == "signed"
    assert view_of(world.officer, record).signers["receiver"] == "Chief Sample, blue folder 3"


def test_an_office_that_could_not_sign_is_refused_before_anything_is_written(world: World) -> None:
    path = arranged(world)
    with pytest.raises(InvalidInput):
        write(world, path)
    world.share(None, "demographic")
    with pytest.raises(InvalidInput):
        write(world, path)


def test_one_of_the_two_sides_writes_the_record(world: World) -> None:
    path = arranged(world)
    world.share()
    third = make.office()
    with pytest.raises(NotAllowed):
        write(world, path, giver_org_id=third.id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": utcnow() + timedelta(days=2)},
        {"border_point": None},
        {"border_point": "nowhere"},
        {"giver_officer": " "},
        {"papers": (("id_document", "library_card"),)},
        {"papers": (("service_type", "food"),)},
    ],
)
def test_a_record_that_cannot_be_true_is_refused(world: World, wrong: dict[str, Any]) -> None:
    path = arranged(world)
    with pytest.raises(InvalidInput):
        write(world, path, world.commune, **wrong)


def test_one_record_for_one_hand_over_and_it_is_no_step_to_tick(world: World) -> None:
    path = arranged(world)
    write(world, path, world.commune)
    with pytest.raises(InvalidTransition):
        write(world, path, world.commune)
    with pytest.raises(InvalidTransition):
        world.finish(path, "IN08_handover")


def test_signatures_wait_for_the_gates_too(world: World) -> None:
    path = arranged(world)
    record = write(world, path, world.commune)
    world.check(path, "fit", "no")
    with pytest.raises(InvalidTransition):
        sign(world, path, record, "giver")


def test_the_database_keeps_one_signature_a_side_and_two_sides(world: World) -> None:
    path = arranged(world)
    record = write(world, path, world.commune)
    row = sign(world, path, record, "giver")
    again = HandoverSignature(
        handover_id=record.id, side="giver", org_id=row.org_id, by_user_id=row.by_user_id, by_org_id=row.by_org_id
    )
    refused(lambda: db.session.add(again))
    refused(lambda: setattr(record, "receiver_org_id", record.giver_org_id))


def refused(change: Callable[[], None]) -> None:
    """The database itself refuses a change."""

    def flushed() -> None:
        with db.session.begin_nested():
            change()
            db.session.flush()

    with pytest.raises(IntegrityError):
        flushed()


def test_what_was_not_disclosed_is_for_the_office_that_wrote_it(world: World) -> None:
    path = arranged(world)
    world.share()
    record = write(world, path)
    ours, theirs = view_of(world.officer, record), view_of(world.worker, record)
    assert ours.not_disclosed == "What happened on the boat"
    assert theirs.not_disclosed == ""
    assert theirs.words["belongings"] == "One red bag"
    assert theirs.papers == [("id_document", "birth_certificate"), ("travel_document", "laissez_passer")]


def test_another_office_sees_nothing_and_the_class_travel_opens_all_of_it(world: World) -> None:
    path = arranged(world)
    record = write(world, path, world.commune)
    step = hand_over(world, path)
    world.share(None, "demographic", "needs_risk")
    looks = [(get_path, path.id), (get_step, step.id), (get_handover, record.id)]
    for actor, (look, record_id) in product((world.stranger, world.worker), looks):
        assert paths_of(actor, world.case.id) == []
        with pytest.raises(NotVisible):
            look(actor, record_id)
    assert not [row for row in timeline(world.worker, world.case.id) if row.kind.startswith(("return", "handover"))]
    world.share()
    assert get_step(world.worker, step.id)[1].id == path.id
    assert len(tracker(world.worker, path)) == 13


def test_words_beside_results_stay_with_the_office_that_wrote_them(world: World) -> None:
    path = world.start(start_at="IN05_decision")
    world.share()
    service.add_check(path, world.case, by=world.officer, kind="fit", result="yes", note="Asthma, has a spray")
    world.decide(path, words="I want to see my mother")
    assert list(check_notes(world.officer, checks_of(path)).values()) == ["Asthma, has a spray"]
    assert list(decision_words(world.officer, decisions_of(path)).values()) == ["I want to see my mother"]
    assert check_notes(world.worker, checks_of(path)) == {}
    assert decision_words(world.worker, decisions_of(path)) == {}
