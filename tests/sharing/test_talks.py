"""Beside the straight way: calls, people sent back, another office in place of one, and how much room there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from casework.access.models import OrganisationService
from casework.access.queries import offers, rooms
from casework.access.service import organisations
from casework.audit.recorder import SYSTEM
from casework.cases.models import Note, Notice, Task
from casework.cases.queries import classes_of, visible_records
from casework.cases.service import add_note
from casework.db import db, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed
from casework.referrals.queries import others_offering, talks_of, words_of
from casework.sharing import service
from tests.client import Client
from tests.sharing.scene import SHELTER, Scene
from tests.signin import enter


def accepted(scene: Scene) -> Any:
    scene.agree()
    referral = scene.send()
    service.accept(referral, by=scene.host)
    return referral


def test_a_person_is_sent_back_with_reason_and_feedback(scene: Scene) -> None:
    referral = accepted(scene)
    mine = add_note(scene.case, by=scene.host, text="Two nights", data_class="assistance")
    service.send_back(
        referral, by=scene.host, reason="health_care", outcome="partly", feedback="Two nights; now a clinic."
    )
    assert (referral.status, referral.outcome, referral.back_reason) == ("done", "partly", "health_care")
    assert classes_of(scene.host, scene.case.id).all == frozenset()
    assert [note.id for note in db.session.scalars(visible_records(scene.host, Note))] == [mine.id]
    assert words_of(scene.worker, referral)["feedback"] == "Two nights; now a clinic."
    task = db.session.scalars(select(Task).where(Task.record_id == referral.id, Task.state == "open")).one()
    assert (task.kind, task.org_id, task.assignee_id) == ("referral_back", scene.home.id, scene.worker.user_id)
    assert db.session.scalar(select(Notice.id).where(Notice.kind == "referral_back", Notice.org_id == scene.home.id))


def test_only_what_was_taken_on_is_sent_back_and_only_with_words(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    said: dict[str, Any] = {"reason": "Other", "outcome": "not_given", "feedback": "No bed fits her."}
    with pytest.raises(InvalidTransition):
        service.send_back(referral, by=scene.host, **said)
    service.accept(referral, by=scene.host)
    for wrong in ({"feedback": " "}, {"reason": "nonsense"}, {"outcome": "nonsense"}):
        with pytest.raises(InvalidInput):
            service.send_back(referral, by=scene.host, **said | wrong)
    with pytest.raises(NotAllowed):
        service.send_back(referral, by=scene.worker, **said)


def test_a_call_is_noted_by_the_sender_and_read_by_nobody_else(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    service.note_call(referral, by=scene.worker, at=utcnow(), reached=False)
    service.note_call(referral, by=scene.worker, at=utcnow(), reached=True, who="Nurse Exampla", said="Come at six")
    assert [(talk.row.reached, talk.said) for talk in talks_of(scene.worker, referral)] == [
        (False, ""), (True, "Come at six"),
    ]  # fmt: skip
    assert talks_of(scene.host, referral) == []
    with pytest.raises(InvalidInput):
        service.note_call(referral, by=scene.worker, at=utcnow(), reached=True)
    with pytest.raises(InvalidInput):
        service.note_call(referral, by=scene.worker, at=utcnow() + timedelta(hours=1), reached=False)
    with pytest.raises(NotAllowed):
        service.note_call(referral, by=scene.host, at=utcnow(), reached=False)
    service.accept(referral, by=scene.host)
    with pytest.raises(InvalidTransition):
        service.note_call(referral, by=scene.worker, at=utcnow(), reached=False)


def test_after_a_refusal_another_office_is_asked_in_its_place(scene: Scene) -> None:
    for office in (scene.shelter, scene.clinic):
        db.session.add(OrganisationService(organisation_id=office.id, service_type=SHELTER))
    scene.agree()
    scene.agree(to=scene.clinic)
    first = scene.send()
    with pytest.raises(InvalidInput):
        scene.send(to=scene.clinic, replaces_id=first.id)
    service.decline(first, by=scene.host, reason="no_capacity")
    assert [offer.office.id for offer in others_offering(scene.worker, first)] == [scene.clinic.id]
    second = scene.send(to=scene.clinic, replaces_id=first.id)
    assert second.replaces_id == first.id
    assert others_offering(scene.worker, first) == []


def test_an_office_says_its_room_and_the_ones_of_the_province_stand_first(scene: Scene) -> None:
    for office, provinces in ((scene.clinic, []), (scene.shelter, ["02"])):
        organisations.set_coverage(office, provinces=provinces, services={SHELTER: 4, "cooked_meal": None}, by=SYSTEM)
    organisations.say_room(SHELTER, 2, by=scene.host)
    with pytest.raises(InvalidInput):
        organisations.say_room("tb_screening", 2, by=scene.host)
    organisations.set_coverage(scene.shelter, provinces=["02"], services={SHELTER: 5}, by=SYSTEM)
    assert [(room.free_places, room.capacity) for room in rooms(scene.shelter.id)] == [(2, 5)]
    found = offers([SHELTER], province="02")
    assert [(offer.office.id, offer.free, offer.near) for offer in found] == [
        (scene.shelter.id, 2, True), (scene.clinic.id, None, False),
    ]  # fmt: skip
    assert [offer.office.id for offer in offers([SHELTER], province="02", only_there=True)] == [scene.shelter.id]


def test_a_refusal_leads_to_another_office_with_what_was_written(scene: Scene, client: Callable[[], Client]) -> None:
    db.session.add(OrganisationService(organisation_id=scene.clinic.id, service_type=SHELTER, capacity=3))
    scene.agree()
    scene.agree(to=scene.clinic)
    first = scene.send(need="A room on the ground floor")
    service.decline(first, by=scene.host, reason="no_capacity")
    db.session.commit()
    worker = enter(client(), scene.worker.username)
    page = worker.get(f"/referrals/{first.id}")
    assert "Ask another office" in page.words()
    [link] = [a for a in page.query("a[href*='referrals/new']") if f"after={first.id}" in a.attrs["href"]]
    form = worker.follow(worker.get(link.attrs["href"]))
    assert "A room on the ground floor" in form.text
    assert form.query("input[name=after]")[0].attrs["value"] == str(first.id)


def test_a_referral_is_accepted_from_the_page_of_the_day(scene: Scene, client: Callable[[], Client]) -> None:
    scene.agree()
    referral = scene.send()
    db.session.commit()
    host = enter(client(), scene.host.username)
    assert host.fill("/", f"form[action='/referrals/{referral.id}/accept']").status == 303
    db.session.refresh(referral)
    assert referral.status == "accepted"


def test_an_emergency_asks_for_a_call_until_one_is_noted(scene: Scene, client: Callable[[], Client]) -> None:
    scene.agree()
    referral = scene.send()
    db.session.commit()
    worker = enter(client(), scene.worker.username)
    assert "call the office as well, now" in worker.get(f"/referrals/{referral.id}").words()
    path = worker.get(f"/referrals/{referral.id}/call").location
    assert worker.fill(path, reached="yes", who="Nurse Exampla", said="Come at six").status == 303
    page = worker.get(f"/referrals/{referral.id}")
    assert "call the office as well, now" not in page.words()
    assert "Nurse Exampla" in page.words()


def test_the_way_of_an_office_without_accounts_to_its_end(scene: Scene, client: Callable[[], Client]) -> None:
    scene.agree(to=scene.commune)
    referral = scene.send(to=scene.commune)
    db.session.commit()
    worker = enter(client(), scene.worker.username)
    told = {"who": "Chief Exampla", "channel": "letter", "paper": "Blue folder, 14"}
    for what, more in (
        ("behalf", {"answer": "accepted"}),
        ("begun", {}),
        ("back", {"reason": "Other", "outcome": "partly", "feedback": "She goes to her aunt."}),
    ):
        path = worker.get(f"/referrals/{referral.id}/{what}").location
        assert worker.fill(path, **told, **more).status == 303, what
    page = worker.get(f"/referrals/{referral.id}")
    assert "Blue folder, 14" in page.words()
    assert "Sent back" in page.words()


def test_the_page_of_room_takes_a_number(scene: Scene, client: Callable[[], Client]) -> None:
    db.session.add(OrganisationService(organisation_id=scene.shelter.id, service_type=SHELTER, capacity=4))
    db.session.commit()
    host = enter(client(), scene.host.username)
    path = host.get("/referrals/room").location
    assert host.fill(path, service_type=SHELTER, free="2").status == 303
    assert "2 places free" in host.follow(host.get("/referrals/room")).words()
