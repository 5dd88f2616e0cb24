"""Endings: withdrawal half-way, revocation, taking back, vital interest refused; and what a provider keeps."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.models import Case, Note, Notice, Task
from casework.cases.queries import classes_of, visible_cases, visible_records
from casework.cases.service import add_note
from casework.consent.models import ConsentEntry, VitalOpening
from casework.consent.queries import answer_about, live_grants
from casework.db import at, db, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible
from casework.referrals.queries import packet_for
from casework.referrals.service import escalate_due
from casework.sharing import service
from casework.sharing.service import stopping
from tests import factories as make
from tests.sharing.scene import Scene


def sees(by: Actor, case: Case) -> bool:
    return db.session.scalars(visible_cases(by).where(Case.id == case.id)).one_or_none() is not None


def stop_notices(org_id: object) -> list[Notice]:
    query = select(Notice).where(Notice.org_id == org_id, Notice.kind == service.STOP, Notice.due_at.is_not(None))
    return list(db.session.scalars(query))


def withdraw(scene: Scene, entry: ConsentEntry) -> ConsentEntry:
    return service.withdraw(entry, scene.case, by=scene.worker, form="written")


def test_withdrawal_before_the_answer_closes_the_packet(scene: Scene) -> None:
    entry = scene.agree()
    referral = scene.send()
    withdraw(scene, entry)
    assert referral.status == "consent_withdrawn"
    assert packet_for(scene.host, referral) is None
    with pytest.raises(InvalidTransition):
        service.accept(referral, by=scene.host)


def test_withdrawal_half_way_ends_access_at_once(scene: Scene) -> None:
    entry = scene.agree()
    referral = scene.send()
    service.accept(referral, by=scene.host)
    service.start_service(referral, by=scene.host)
    withdraw(scene, entry)
    assert referral.status == "consent_withdrawn"
    assert not sees(scene.host, scene.case)
    assert live_grants(scene.case.id, org_id=scene.shelter.id) == []
    assert packet_for(scene.host, referral) is None
    assert answer_about(scene.case.id, "referral", org_id=scene.shelter.id) == "withdrawn"


def test_a_provider_keeps_its_own_notes_under_the_code_without_identity(scene: Scene) -> None:
    entry = scene.agree()
    service.accept(scene.send(), by=scene.host)
    mine = add_note(scene.case, by=scene.host, text="Two nights", data_class="assistance")
    add_note(scene.case, by=scene.worker, text="Not for you", data_class="assistance")
    withdraw(scene, entry)
    classes = classes_of(scene.host, scene.case.id)
    assert classes.all == frozenset()
    assert "identity" not in classes.own
    assert "contact" not in classes.own
    assert [note.id for note in db.session.scalars(visible_records(scene.host, Note))] == [mine.id]


def test_recipients_are_asked_to_stop_and_erase_within_seven_days(scene: Scene) -> None:
    entry = scene.agree()
    service.accept(scene.send(), by=scene.host)
    withdraw(scene, entry)
    [notice] = stop_notices(scene.shelter.id)
    assert notice.due_at is not None
    assert timedelta(days=6, hours=23) < notice.due_at - notice.created_at <= timedelta(days=7)
    assert notice.without_access
    waiting = select(Task).where(Task.kind == "erase_notice", Task.state == "open")
    assert db.session.scalars(waiting).one().waiting_for_org_id == scene.shelter.id
    with pytest.raises(NotVisible):
        service.acknowledge_stop(notice, by=scene.nurse)
    service.acknowledge_stop(notice, by=scene.host)
    assert notice.acknowledged_by == scene.host.user_id
    assert db.session.scalars(waiting).all() == []


def test_of_two_overlapping_agreements_one_ends_and_the_other_still_opens(scene: Scene) -> None:
    first = scene.agree(classes=("identity", "demographic"))
    referral = scene.send()
    service.accept(referral, by=scene.host)
    scene.agree(classes=("identity", "demographic"), ends_at=utcnow() + timedelta(days=20))
    withdraw(scene, first)
    assert referral.status == "accepted"
    assert classes_of(scene.host, scene.case.id).all == {"identity", "demographic"}
    assert packet_for(scene.host, referral)
    with at(utcnow() + timedelta(days=20, seconds=1)):
        assert not sees(scene.host, scene.case)


def test_withdrawing_one_office_leaves_the_others(scene: Scene) -> None:
    entry = scene.agree()
    scene.agree(to=scene.clinic)
    service.accept(scene.send(), by=scene.host)
    service.accept(scene.send(to=scene.clinic), by=scene.nurse)
    withdraw(scene, entry)
    assert not sees(scene.host, scene.case)
    assert sees(scene.nurse, scene.case)


def test_an_agreement_is_withdrawn_once(scene: Scene) -> None:
    entry = scene.agree()
    withdraw(scene, entry)
    with pytest.raises(InvalidTransition):
        withdraw(scene, entry)


def test_after_a_withdrawal_nothing_new_is_sent(scene: Scene) -> None:
    withdraw(scene, scene.agree())
    with pytest.raises(InvalidInput, match="not agreed"):
        scene.send()


def test_taking_back_the_agreement_to_return_brings_travel_back_to_the_decision(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[object] = []
    monkeypatch.setattr(stopping, "consent_withdrawn", lambda case, by: called.append((case.id, by)))
    withdraw(scene, scene.agree(purpose="repatriation"))
    withdraw(scene, scene.agree(purpose="medical"))
    assert called == [(scene.case.id, scene.worker)]


def test_the_sender_revokes_and_everything_opened_is_closed(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    service.accept(referral, by=scene.host)
    with pytest.raises(NotAllowed):
        service.revoke(referral, by=scene.host)
    service.revoke(referral, by=scene.worker)
    assert referral.status == "revoked"
    assert not sees(scene.host, scene.case)
    assert packet_for(scene.host, referral) is None


def test_a_referral_is_taken_back_only_after_its_limit(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    with pytest.raises(InvalidTransition, match="still has time"):
        service.take_back(referral, by=scene.worker)
    with at(referral.due_at):
        service.take_back(referral, by=scene.worker)
    assert referral.status == "expired"
    assert packet_for(scene.host, referral) is None


def test_lateness_gets_louder_and_closes_nothing(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    start = referral.sent_at

    def told(hours: float) -> list[tuple[object, str, bool]]:
        before = set(db.session.scalars(select(Notice.id)))
        with at(start + timedelta(hours=hours)):
            escalate_due(utcnow())
        rows = [row for row in db.session.scalars(select(Notice).order_by(Notice.id)) if row.id not in before]
        return [(row.org_id, row.kind, row.for_supervisor) for row in rows]

    assert told(11) == []
    assert told(12) == [(scene.shelter.id, "referral_reminder", False)]
    assert told(13) == []
    late = [(scene.home.id, "referral_late", False), (scene.shelter.id, "referral_late", True)]
    assert told(24) == late
    assert told(36) == [(scene.home.id, "referral_late", True), (scene.shelter.id, "referral_late", True)]
    assert told(400) == []
    db.session.refresh(referral)
    assert (referral.status, referral.version) == ("sent", 1)


def test_when_an_agreement_ran_out_the_provider_keeps_its_own(scene: Scene) -> None:
    entry = scene.agree(ends_at=utcnow() + timedelta(days=5))
    service.accept(scene.send(), by=scene.host)
    mine = add_note(scene.case, by=scene.host, text="Two nights", data_class="assistance")
    with at(entry.ends_at + timedelta(minutes=1)):
        assert service.sweep_grants(utcnow()) == 2
        assert service.sweep_grants(utcnow()) == 0
        assert [note.id for note in db.session.scalars(visible_records(scene.host, Note))] == [mine.id]
        assert classes_of(scene.host, scene.case.id).all == frozenset()


def opening(scene: Scene) -> VitalOpening:
    return service.open_vital(
        scene.case, by=scene.worker, org_id=scene.clinic.id, purpose="medical",
        classes=("identity", "demographic"), reason="Not breathing well",
    )  # fmt: skip


@pytest.fixture
def doctor(scene: Scene) -> Actor:
    return make.actor("coordinator", at_office=scene.clinic)


def test_vital_interest_opens_for_72_hours_and_no_longer(scene: Scene, doctor: Actor) -> None:
    opened = opening(scene)
    assert sees(doctor, scene.case)
    assert classes_of(doctor, scene.case.id).all == {"identity", "demographic"}
    with at(opened.opened_at + timedelta(hours=72, seconds=1)):
        assert not sees(doctor, scene.case)


def test_a_supervisor_refuses_and_it_ends_at_once(scene: Scene, doctor: Actor) -> None:
    opened = opening(scene)
    with pytest.raises(NotAllowed):
        service.decide_vital(opened, scene.case, by=scene.worker, decision="confirmed", reason="")
    service.decide_vital(opened, scene.case, by=scene.supervisor, decision="refused", reason="Not needed")
    assert not sees(doctor, scene.case)
    assert len(stop_notices(scene.clinic.id)) == 1
    with pytest.raises(InvalidTransition):
        service.decide_vital(opened, scene.case, by=scene.supervisor, decision="confirmed", reason="")


def test_a_supervisor_confirms_and_it_runs_its_time(scene: Scene, doctor: Actor) -> None:
    opened = opening(scene)
    service.decide_vital(opened, scene.case, by=scene.supervisor, decision="confirmed", reason="Right")
    assert sees(doctor, scene.case)


def test_nobody_decides_the_own_opening(scene: Scene) -> None:
    opened = service.open_vital(
        scene.case,
        by=scene.supervisor,
        org_id=scene.clinic.id,
        purpose="medical",
        classes=("identity",),
        reason="Blood",
    )
    with pytest.raises(NotAllowed):
        service.decide_vital(opened, scene.case, by=scene.supervisor, decision="confirmed", reason="")


def test_emergency_help_is_asked_for_without_consent_through_vital_interest(scene: Scene) -> None:
    opening(scene)
    referral = scene.send(to=scene.clinic, purpose="medical", service_type="first_aid")
    assert {line.data_class for line in packet_for(scene.worker, referral) or []} == {"identity", "demographic"}


def test_vital_interest_is_no_way_to_media_or_police(scene: Scene) -> None:
    for purpose in ("media", "photo", "research", "law_enforcement"):
        with pytest.raises(InvalidInput):
            service.open_vital(
                scene.case, by=scene.worker, org_id=scene.clinic.id, purpose=purpose, classes=("identity",), reason="x"
            )


def test_a_parent_office_is_asked_with_consent_for_some_days(scene: Scene) -> None:
    boss = make.actor("coordinator", at_office=scene.shelter)
    until = utcnow() + timedelta(days=7)
    ask = {"by": scene.worker, "org_id": scene.shelter.id, "purpose": "case_management", "until": until}
    with pytest.raises(InvalidInput, match="not agreed"):
        service.ask_office(scene.case, question="What would you do?", **ask)
    scene.agree(purpose="case_management", classes=("demographic",))
    service.ask_office(scene.case, question="What would you do?", **ask)
    assert classes_of(boss, scene.case.id).all == {"demographic"}
    with at(until + timedelta(seconds=1)):
        assert not sees(boss, scene.case)
