"""Answers: acceptance opens what is agreed to, a refusal closes the packet, a transfer moves the case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.models import Case, Exclusion, Note, Notice, Task
from casework.cases.queries import classes_of, get_case, visible_cases, visible_records
from casework.cases.service import add_note
from casework.db import at, db, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, StaleRecord
from casework.referrals.queries import count_referrals, get_referral, history, packet_for, talks_of, words_of
from casework.sharing import service
from tests import factories as make
from tests.sharing.scene import BASICS, Scene, case_of


def sees(by: Actor, case: Case) -> bool:
    return db.session.scalars(visible_cases(by).where(Case.id == case.id)).one_or_none() is not None


def test_acceptance_opens_the_agreed_classes_and_no_others(scene: Scene) -> None:
    scene.agree(classes=("identity", "demographic"))
    referral = scene.send()
    service.accept(referral, by=scene.host)
    assert get_case(scene.host, scene.case.id)
    assert classes_of(scene.host, scene.case.id).all == {"identity", "demographic"}


def test_the_receiver_writes_and_keeps_reading_its_own_records(scene: Scene) -> None:
    scene.agree(classes=("demographic",))
    service.accept(scene.send(), by=scene.host)
    ours = add_note(scene.case, by=scene.host, text="Arrived well", data_class="case_note")
    theirs = add_note(scene.case, by=scene.worker, text="Story", data_class="case_note")
    read = {note.id for note in db.session.scalars(visible_records(scene.host, Note))}
    assert ours.id in read
    assert theirs.id not in read


def test_colleagues_out_of_reach_do_not_see_an_accepted_case(scene: Scene) -> None:
    scene.agree(to=scene.clinic)
    referral = scene.send(to=scene.clinic)
    service.accept(referral, by=scene.nurse)
    colleague = make.actor("health_worker", at_office=scene.clinic)
    assert sees(scene.nurse, scene.case)
    assert not sees(colleague, scene.case)
    assert count_referrals(colleague, "in") == 0


def test_a_declined_packet_is_unreadable_and_the_case_stays_hidden(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    service.decline(referral, by=scene.host, reason="no_capacity", note="All beds taken until May")
    assert packet_for(scene.host, referral) is None
    assert not sees(scene.host, scene.case)
    assert words_of(scene.worker, referral)["rejection_note"] == "All beds taken until May"
    assert packet_for(scene.worker, referral)


def test_a_refusal_needs_a_reason_of_the_list(scene: Scene) -> None:
    scene.agree()
    with pytest.raises(InvalidInput):
        service.decline(scene.send(), by=scene.host, reason="too lazy")


def test_only_the_office_that_was_asked_answers(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    for by in (scene.worker, scene.nurse):
        with pytest.raises(NotAllowed):
            service.accept(referral, by=by)
    with pytest.raises(NotAllowed):
        service.accept(referral, by=make.actor("clerk", at_office=scene.shelter))


def test_two_answers_the_first_stands(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    seen = referral.version
    service.decline(referral, by=scene.host, reason="outside_area", expected_version=seen)
    with pytest.raises(StaleRecord):
        service.accept(referral, by=scene.host, expected_version=seen)
    with pytest.raises(InvalidTransition):
        service.accept(referral, by=scene.host)


def test_an_agreement_that_ended_meanwhile_cannot_be_accepted(scene: Scene) -> None:
    entry = scene.agree(ends_at=utcnow() + timedelta(hours=3))
    referral = scene.send()
    with at(entry.ends_at), pytest.raises(InvalidTransition, match="ended"):
        service.accept(referral, by=scene.host)


def test_access_ends_the_second_the_agreement_ends(scene: Scene) -> None:
    entry = scene.agree(ends_at=utcnow() + timedelta(days=30))
    service.accept(scene.send(), by=scene.host)
    with at(entry.ends_at - timedelta(seconds=1)):
        assert sees(scene.host, scene.case)
    with at(entry.ends_at + timedelta(seconds=1)):
        assert not sees(scene.host, scene.case)
        assert count_referrals(scene.host, "in") == 0


def test_two_agreements_overlap_and_the_longer_one_still_opens(scene: Scene) -> None:
    short = scene.agree(classes=("identity",), ends_at=utcnow() + timedelta(days=10))
    scene.agree(classes=("demographic",), ends_at=utcnow() + timedelta(days=60))
    service.accept(scene.send(), by=scene.host)
    with at(short.ends_at + timedelta(seconds=1)):
        assert classes_of(scene.host, scene.case.id).all == {"demographic"}


def test_a_new_agreement_prolongs_what_runs(scene: Scene) -> None:
    first = scene.agree(ends_at=utcnow() + timedelta(days=10))
    referral = scene.send()
    service.accept(referral, by=scene.host)
    scene.agree(ends_at=utcnow() + timedelta(days=90))
    with at(first.ends_at + timedelta(days=1)):
        assert classes_of(scene.host, scene.case.id).all == set(BASICS)
        assert packet_for(scene.host, referral)


def test_the_whole_way_of_a_referral_is_history(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    service.accept(referral, by=scene.host)
    service.start_service(referral, by=scene.host)
    service.give_feedback(referral, by=scene.host, outcome="given", feedback="Stayed three weeks, went home")
    assert [row.after for row in history(referral)] == ["sent", "accepted", "service_started", "done"]
    assert words_of(scene.worker, referral)["feedback"] == "Stayed three weeks, went home"
    kinds = list(
        db.session.scalars(select(Notice.kind).where(Notice.user_id == scene.worker.user_id).order_by(Notice.id))
    )
    assert [kind for kind in kinds if kind.startswith("referral")] == [
        "referral_accepted", "referral_started", "referral_done"
    ]  # fmt: skip
    open_tasks = select(Task).where(Task.record_id == referral.id, Task.state == "open")
    assert db.session.scalars(open_tasks).all() == []


def test_tasks_of_both_sides_follow_the_referral(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    service.accept(referral, by=scene.host)
    tasks = db.session.scalars(select(Task).where(Task.record_id == referral.id, Task.state == "open")).all()
    assert {(task.org_id, task.kind) for task in tasks} == {
        (scene.shelter.id, "referral_service"),
        (scene.home.id, "referral_feedback"),
    }


def test_an_office_without_accounts_answers_through_the_sender(scene: Scene) -> None:
    scene.agree(to=scene.commune)
    referral = scene.send(to=scene.commune)
    said = service.OnBehalf(who="Chief Exampla", channel="phone", given_at=utcnow())
    with pytest.raises(InvalidInput):
        service.accept(referral, by=scene.worker)
    with pytest.raises(NotAllowed):
        service.accept(referral, by=scene.host, on_behalf=said)
    service.accept(referral, by=scene.worker, on_behalf=said)
    assert (referral.status, referral.answer_channel) == ("accepted", "phone")
    assert words_of(scene.worker, referral)["answered_by_name"] == "Chief Exampla"
    with pytest.raises(InvalidInput):
        service.start_service(referral, by=scene.worker)
    service.start_service(referral, by=scene.worker, on_behalf=said)
    told = service.OnBehalf(who="Clerk Exampla", channel="letter", given_at=utcnow(), paper="Blue folder, 14")
    service.give_feedback(referral, by=scene.worker, outcome="given", on_behalf=told)
    assert referral.status == "done"
    talks = talks_of(scene.worker, referral)
    assert [(talk.row.about, talk.who, talk.paper) for talk in talks] == [
        ("answer", "Chief Exampla", ""),
        ("started", "Chief Exampla", ""),
        ("feedback", "Clerk Exampla", "Blue folder, 14"),
    ]


def test_a_transfer_moves_the_case_and_leaves_the_sender_its_own_words(scene: Scene) -> None:
    mine = add_note(scene.case, by=scene.worker, text="First talk", data_class="case_note")
    scene.agree()
    referral = scene.send(by=scene.supervisor, kind="transfer")
    service.accept(referral, by=scene.host)
    assert scene.case.owner_org_id == scene.shelter.id
    assert referral.status == "done"
    coordinator = make.actor("mission_officer", at_office=scene.home)
    assert [note.id for note in db.session.scalars(visible_records(coordinator, Note))] == [mine.id]
    theirs = add_note(scene.case, by=scene.host, text="We take it from here", data_class="case_note")
    assert [note.id for note in db.session.scalars(visible_records(coordinator, Note))] == [mine.id]
    assert [note.id for note in db.session.scalars(visible_records(scene.host, Note))] == [theirs.id]


def test_a_transfer_takes_the_tasks_along(scene: Scene) -> None:
    scene.agree()
    service.accept(scene.send(by=scene.supervisor, kind="transfer"), by=scene.host)
    left = select(Task).where(Task.org_id == scene.home.id, Task.state == "open")
    assert db.session.scalars(left).all() == []


def test_nobody_transfers_a_case_of_another_office(scene: Scene) -> None:
    scene.agree()
    service.accept(scene.send(), by=scene.host)
    boss = make.actor("coordinator", at_office=scene.shelter)
    with pytest.raises(NotAllowed):
        service.look(scene.case, by=boss, wanted=scene.wanted(to=scene.clinic, kind="transfer"))


def test_an_excluded_user_of_the_receiver_gets_nothing(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    exclude_from(scene.case, scene.host, scene.worker)
    with pytest.raises(NotVisible):
        get_referral(scene.host, referral.id)
    assert count_referrals(scene.host, "in") == 0


def exclude_from(case: Case, who: Actor, by: Actor) -> None:
    db.session.add(Exclusion(case_id=case.id, user_id=who.user_id, reason="related_to_person", by_user_id=by.user_id))
    db.session.flush()


def test_a_guest_passes_on_only_what_is_open_to_it(scene: Scene) -> None:
    scene.agree(classes=("demographic",))
    service.accept(scene.send(), by=scene.host)
    service.record_given(
        scene.case,
        by=scene.host,
        purpose="referral",
        classes=("identity", "demographic", "health"),
        form="written",
        recipient_org_id=scene.clinic.id,
    )
    shown = service.look(scene.case, by=scene.host, wanted=scene.wanted(to=scene.clinic))
    assert set(shown.classes) == {"demographic"}


def test_another_case_of_the_same_office_stays_closed(scene: Scene) -> None:
    other = case_of(scene.worker, "Otherdara")
    scene.agree()
    service.accept(scene.send(), by=scene.host)
    assert not sees(scene.host, other)
