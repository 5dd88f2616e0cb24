"""Sending: exactly what was shown goes, only with consent, and only the packet until it is accepted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from casework.access.permissions import Actor
from casework.audit.models import AuditEvent
from casework.cases.models import Case, Notice, Task
from casework.cases.queries import get_case, list_cases
from casework.cases.queries.lists import Filters
from casework.db import at, db, today, utcnow
from casework.errors import Conflict, InvalidInput, NotAllowed, NotVisible, StaleRecord
from casework.referrals.models import ReferralSealed
from casework.referrals.queries import count_referrals, get_referral, list_referrals, packet_for, waiting_for_us
from casework.sharing import service
from casework.vault import fields
from tests import factories as make
from tests.sharing.scene import Scene


def sees(by: Actor, case: Case) -> bool:
    try:
        get_case(by, case.id)
    except NotVisible:
        return False
    return True


def test_without_consent_nothing_is_sent(scene: Scene) -> None:
    shown = service.look(scene.case, by=scene.worker, wanted=scene.wanted())
    assert not shown.lines
    assert "A bed for some weeks" in [line.value for line in shown.withheld]
    with pytest.raises(InvalidInput, match="not agreed"):
        service.send(scene.case, by=scene.worker, wanted=scene.wanted(), digest=shown.digest)


def test_consent_to_a_kind_of_office_opens_no_office(scene: Scene) -> None:
    service.record_given(
        scene.case,
        by=scene.worker,
        purpose="referral",
        classes=("identity",),
        form="written",
        recipient_kind="ngo",
        recipient_name=scene.shelter.name,
    )
    assert not service.look(scene.case, by=scene.worker, wanted=scene.wanted()).classes


def test_consent_for_another_purpose_or_office_opens_nothing(scene: Scene) -> None:
    scene.agree(purpose="legal")
    scene.agree(to=scene.clinic)
    with pytest.raises(InvalidInput, match="not agreed"):
        scene.send()


def test_the_packet_is_sealed_exactly_as_it_was_shown(scene: Scene) -> None:
    scene.agree()
    shown = service.look(scene.case, by=scene.worker, wanted=scene.wanted())
    referral = service.send(scene.case, by=scene.worker, wanted=scene.wanted(), digest=shown.digest)
    sealed = db.session.get_one(ReferralSealed, referral.id)
    assert fields.unseal(sealed, "packet") == shown.packet
    assert referral.packet_digest == shown.digest
    assert packet_for(scene.host, referral) == shown.lines
    assert "Sampleson Testdara" in [line.value for line in shown.lines]


def test_a_packet_that_changed_since_it_was_shown_is_not_sent(scene: Scene) -> None:
    scene.agree(classes=("identity", "demographic"))
    shown = service.look(scene.case, by=scene.worker, wanted=scene.wanted())
    scene.agree(classes=("needs_risk",))
    with pytest.raises(StaleRecord):
        service.send(scene.case, by=scene.worker, wanted=scene.wanted(), digest=shown.digest)


def test_nothing_is_sent_unseen(scene: Scene) -> None:
    scene.agree()
    with pytest.raises(InvalidInput, match="Look at"):
        service.send(scene.case, by=scene.worker, wanted=scene.wanted(), digest="")


def test_only_agreed_classes_are_in_the_packet_and_the_rest_is_greyed(scene: Scene) -> None:
    scene.agree(classes=("demographic",))
    shown = service.look(scene.case, by=scene.worker, wanted=scene.wanted())
    assert {line.data_class for line in shown.lines} == {"demographic"}
    assert {"identity", "needs_risk"} <= {line.data_class for line in shown.withheld}


def test_the_sender_may_share_less_than_was_agreed(scene: Scene) -> None:
    scene.agree()
    shown = service.look(scene.case, by=scene.worker, wanted=scene.wanted(classes=frozenset({"demographic"})))
    assert set(shown.classes) == {"demographic"}


def test_until_accepted_the_receiver_sees_the_packet_and_not_the_case(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    assert get_referral(scene.host, referral.id) is referral
    assert not sees(scene.host, scene.case)
    assert list_cases(scene.host, Filters()).rows == []
    assert packet_for(scene.host, referral)


def test_the_receiving_role_reads_only_its_classes(scene: Scene) -> None:
    scene.agree(to=scene.clinic)
    referral = scene.send(to=scene.clinic)
    officer = make.actor("police_identifier", at_office=scene.clinic)
    lines = packet_for(officer, referral)
    assert {line.data_class for line in lines or []} == {"identity", "demographic"}


def test_third_offices_do_not_learn_that_a_referral_exists(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    with pytest.raises(NotVisible):
        get_referral(scene.nurse, referral.id)
    assert list_referrals(scene.nurse, "in")[0] == []
    assert count_referrals(scene.nurse, "in") == 0


def test_roles_that_do_not_answer_see_no_inbox(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    for role in ("clerk", "org_admin", "observer", "auditor"):
        other = make.actor(role, at_office=scene.shelter)
        assert count_referrals(other, "in") == 0
        with pytest.raises(NotVisible):
            get_referral(other, referral.id)


def test_inbox_outbox_and_counts_agree(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    assert [row for row, _ in list_referrals(scene.worker, "out")[0]] == [referral]
    assert list_referrals(scene.host, "in")[0] == [(referral, scene.case.code)]
    assert waiting_for_us(scene.host) == [(referral, scene.case.code)]
    assert count_referrals(scene.host, "in", status="sent") == 1 == count_referrals(scene.worker, "out")


def test_the_outbox_has_pages_without_gaps_or_doubles(scene: Scene) -> None:
    scene.agree()
    services = ("shelter_night", "rice", "dry_food", "clothing", "bus_home")
    sent = [scene.send(service_type=name) for name in services]
    found, after = [], None
    while True:
        rows, after = list_referrals(scene.worker, "out", after=after, limit=2)
        found += [row.id for row, _ in rows]
        if after is None:
            break
    assert sorted(found) == sorted(row.id for row in sent)
    assert len(found) == 5


@pytest.mark.parametrize(("priority", "hours"), [("emergency", 24), ("urgent", 72), ("normal", 14 * 24)])
def test_the_clock_of_the_priority_runs_day_and_night(scene: Scene, priority: str, hours: int) -> None:
    scene.agree()
    referral = scene.send(priority=priority)
    assert referral.due_at - referral.sent_at == timedelta(hours=hours)


def test_both_sides_know_what_to_do(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    task = db.session.scalars(select(Task).where(Task.record_id == referral.id)).one()
    assert (task.kind, task.org_id, task.waiting_for_org_id) == ("referral_answer", scene.home.id, scene.shelter.id)
    notice = db.session.scalars(select(Notice).where(Notice.org_id == scene.shelter.id)).one()
    assert (notice.kind, notice.without_access, notice.record_id) == ("referral_received", True, referral.id)


def test_the_same_is_not_asked_twice(scene: Scene) -> None:
    scene.agree()
    scene.send()
    with pytest.raises(Conflict):
        scene.send()


def test_letters_are_numbered_one_after_another_for_each_office(scene: Scene) -> None:
    scene.agree()
    numbers = [scene.send(service_type=name).letter_number for name in ("rice", "clothing", "dry_food")]
    year = today().year
    assert numbers == [f"{year}/0001", f"{year}/0002", f"{year}/0003"]


def test_who_may_not_send_does_not_send(scene: Scene) -> None:
    scene.agree()
    clerk = make.actor("clerk", at_office=scene.home)
    with pytest.raises(NotAllowed):
        scene.send(by=clerk)
    with pytest.raises(NotAllowed):
        scene.send(kind="transfer")


def test_a_sending_is_audited_without_words(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    row = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "referral.sent")).one()
    assert row.subject_id == referral.id
    assert "some weeks" not in str(row.body)
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) > 1


def test_one_second_after_consent_ended_the_packet_shows_nothing(scene: Scene) -> None:
    entry = scene.agree(ends_at=utcnow() + timedelta(hours=5))
    referral = scene.send()
    with at(entry.ends_at - timedelta(seconds=1)):
        assert packet_for(scene.host, referral)
    with at(entry.ends_at + timedelta(seconds=1)):
        assert packet_for(scene.host, referral) is None


def test_a_party_without_a_row_is_reached_on_paper_by_its_own_entry(scene: Scene) -> None:
    entry = service.record_given(
        scene.case,
        by=scene.worker,
        purpose="referral",
        classes=("demographic",),
        form="written",
        recipient_kind="ccwc",
        recipient_name="Chief of Examplevillage",
    )
    wanted = scene.wanted(to_org_id=None, entry_id=entry.id)
    shown = service.look(scene.case, by=scene.worker, wanted=wanted)
    referral = service.send(scene.case, by=scene.worker, wanted=wanted, digest=shown.digest)
    assert (referral.to_org_id, referral.to_kind) == (None, "ccwc")
    assert shown.to_name == "Chief of Examplevillage"
