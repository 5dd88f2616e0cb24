"""The pages: record an answer, look, send exactly that, answer, take back; and what a receiver meets before that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from casework.access.models import OrganisationService
from casework.assistance.service import record_help
from casework.audit.models import AuditEvent
from casework.cases.service import bring_in
from casework.consent.models import ConsentEntry
from casework.db import db
from casework.referrals.models import Referral, ReferralSealed
from casework.sharing import service
from casework.vault import fields
from tests import factories as make
from tests.client import Client, Page
from tests.sharing.scene import SHELTER, Scene
from tests.signin import enter


@pytest.fixture
def browse(scene: Scene, client: Callable[[], Client]) -> Callable[[Any], Client]:
    db.session.commit()
    return lambda by: enter(client(), by.username)


def to_form(browser: Client, path: str) -> str:
    page = browser.get(path)
    assert page.status == 303, page.words()
    return page.location


def new_referral(scene: Scene, browser: Client) -> str:
    return to_form(browser, f"/cases/{scene.case.id}/referrals/new?to=org:{scene.shelter.id}&service={SHELTER}")


def sent_form(page: Page) -> dict[str, Any]:
    """What the browser would send: several ticked boxes too."""
    values: dict[str, Any] = dict(page.fields())
    ticked = [box.attrs["value"] for box in page.query("input[name=classes]") if "checked" in box.attrs]
    return {**values, "classes": ticked} if ticked else values


def test_an_answer_is_recorded_with_what_the_person_was_told(scene: Scene, browse: Callable[[Any], Client]) -> None:
    browser = browse(scene.worker)
    path = to_form(browser, f"/cases/{scene.case.id}/consent/new")
    page = browser.get(path)
    assert len(page.query(".cw-note ol li")) == 7
    headings = [group.attrs["label"] for group in page.query("select[name=purpose] optgroup")]
    assert headings == ["Often", "More rarely"]
    assert page.query("select[name=purpose] optgroup option")[0].attrs["value"] == "case_management"
    values = sent_form(page) | {
        "answer": "given", "purpose": "referral", "recipient": f"org:{scene.shelter.id}",
        "classes": ["identity", "demographic"], "method": "written", "giver": "self",
    }  # fmt: skip
    assert browser.post(path, values).status == 303
    entry = db.session.scalars(select(ConsentEntry)).one()
    assert (entry.answer, entry.recipient_org_id) == ("given", scene.shelter.id)
    ledger = browser.get(f"/cases/{scene.case.id}/consent")
    assert f"with {scene.shelter.name} until" in ledger.words()


def test_a_faulty_answer_is_shown_again_with_what_was_typed(scene: Scene, browse: Callable[[Any], Client]) -> None:
    browser = browse(scene.worker)
    path = to_form(browser, f"/cases/{scene.case.id}/consent/new")
    values = sent_form(browser.get(path)) | {"answer": "given", "note": "Blue folder, third shelf"}
    page = browser.post(path, values)
    assert page.status == 422
    assert "Blue folder, third shelf" in page.text


def test_need_office_packet_send(scene: Scene, browse: Callable[[Any], Client]) -> None:
    db.session.add(OrganisationService(organisation_id=scene.shelter.id, service_type=SHELTER, capacity=4))
    scene.agree(classes=("identity", "demographic"))
    browser = browse(scene.worker)
    offered = browser.get(f"/cases/{scene.case.id}/referrals/choose?service={SHELTER}")
    assert scene.shelter.name in offered.words()
    path = new_referral(scene, browser)
    first = browser.post(path, sent_form(browser.get(path)) | {"priority": "urgent", "need": "A quiet room"})
    assert first.status == 200
    assert "Sampleson Testdara" in first.words()
    assert "They will not see What is needed" in first.words()
    assert db.session.scalar(select(Referral.id)) is None
    sent = browser.post(path, sent_form(first))
    assert sent.status == 303, sent.words()
    referral = db.session.scalars(select(Referral)).one()
    packet = fields.unseal(db.session.get_one(ReferralSealed, referral.id), "packet")
    shown = [" ".join(row.to_text().split()) for row in first.query("dt.govuk-summary-list__key")]
    assert [line["label"] for line in packet["lines"]] == shown
    assert browser.post(path, sent_form(first)).status == 303
    assert len(db.session.scalars(select(Referral)).all()) == 1


def test_what_has_the_same_label_stands_under_it_once(scene: Scene, browse: Callable[[Any], Client]) -> None:
    for given in ("rice", "clothing", "rice"):
        record_help(scene.case, by=scene.worker, service_type=given, quantity=1)
    scene.agree(classes=("identity", "assistance"))
    referral = scene.send()
    page = browse(scene.worker).get(f"/referrals/{referral.id}")
    labels = [" ".join(one.to_text().split()) for one in page.query("dt.govuk-summary-list__key")]
    assert labels.count("Help given") == 1
    assert page.words().count("Rice (") == 2
    assert "Clothing (" in page.words()


def test_a_packet_changed_since_the_look_is_shown_again(scene: Scene, browse: Callable[[Any], Client]) -> None:
    scene.agree(classes=("identity", "demographic"))
    browser = browse(scene.worker)
    path = new_referral(scene, browser)
    looked = browser.post(path, sent_form(browser.get(path)) | {"priority": "urgent", "need": "A quiet room"})
    scene.agree(classes=("needs_risk",))
    db.session.commit()
    again = browser.post(path, sent_form(looked))
    assert again.status == 409
    assert "This changed since you looked" in again.words()
    assert "A quiet room" in again.text
    assert browser.post(path, sent_form(again)).status == 303


def test_before_acceptance_the_receiver_gets_the_packet_and_a_404_on_the_case(
    scene: Scene, browse: Callable[[Any], Client]
) -> None:
    scene.agree()
    referral = scene.send()
    host = browse(scene.host)
    assert scene.case.code in host.get("/referrals").words()
    assert "Sampleson" not in host.get("/referrals").text
    page = host.get(f"/referrals/{referral.id}")
    assert "Sampleson Testdara" in page.words()
    for part in ("consent", "referrals", "notes"):
        assert host.get(f"/cases/{scene.case.id}/{part}").status == 404
    assert host.fill(f"/referrals/{referral.id}", "form[action$=accept]").status == 303
    assert host.get(f"/cases/{scene.case.id}/consent").status == 200


def test_a_declined_packet_is_closed_on_the_page(scene: Scene, browse: Callable[[Any], Client]) -> None:
    scene.agree()
    referral = scene.send()
    host = browse(scene.host)
    path = to_form(host, f"/referrals/{referral.id}/decline")
    assert host.fill(path, reason="no_capacity", note="Full until May").status == 303
    assert "Sampleson" not in host.get(f"/referrals/{referral.id}").text
    worker = browse(scene.worker)
    assert "Full until May" in worker.get(f"/referrals/{referral.id}").words()


def test_absent_and_foreign_referrals_answer_alike(scene: Scene, browse: Callable[[Any], Client]) -> None:
    scene.agree()
    referral = scene.send()
    nurse = browse(scene.nurse)
    foreign = nurse.get(f"/referrals/{referral.id}")
    absent = nurse.get(f"/referrals/{scene.case.id}")
    assert (foreign.status, foreign.text) == (404, absent.text)


def test_the_consequences_are_said_before_an_agreement_is_taken_back(
    scene: Scene, browse: Callable[[Any], Client]
) -> None:
    entry = scene.agree()
    referral = scene.send()
    service.accept(referral, by=scene.host)
    worker = browse(scene.worker)
    path = to_form(worker, f"/cases/{scene.case.id}/consent/{entry.id}/withdraw")
    page = worker.get(path)
    assert f"{scene.shelter.name} no longer sees the case" in page.words()
    assert worker.fill(path, method="written", told="yes").status == 303
    host = browse(scene.host)
    assert host.get(f"/cases/{scene.case.id}/consent").status == 404
    assert scene.case.code in host.get("/referrals/stop").words()
    assert host.fill("/referrals/stop").status == 303
    assert scene.case.code not in host.get("/referrals/stop").words()


def test_letter_and_receipt_are_for_the_sender(scene: Scene, browse: Callable[[Any], Client]) -> None:
    scene.agree()
    referral = scene.send()
    worker = browse(scene.worker)
    letter = worker.get(f"/referrals/{referral.id}/letter")
    assert referral.letter_number in letter.words()
    assert "Sampleson Testdara" in letter.words()
    assert "until" in worker.get(f"/referrals/{referral.id}/receipt").words()
    assert browse(scene.host).get(f"/referrals/{referral.id}/letter").status == 403


def test_a_transfer_is_looked_at_and_sent(scene: Scene, browse: Callable[[Any], Client]) -> None:
    scene.agree()
    boss = browse(scene.supervisor)
    scene_case = scene.case.id
    listed = boss.get(to_form(boss, f"/cases/{scene_case}/transfer"))
    assert scene.shelter.name in listed.words()
    path = to_form(boss, f"/cases/{scene_case}/transfer?to=org:{scene.shelter.id}")
    looked = boss.post(path, sent_form(boss.get(path)) | {"priority": "normal", "need": "She moves there"})
    assert boss.post(path, sent_form(looked)).status == 303
    assert db.session.scalars(select(Referral.kind)).one() == "transfer"


def test_life_at_risk_is_opened_and_decided_on_pages(scene: Scene, browse: Callable[[Any], Client]) -> None:
    worker = browse(scene.worker)
    path = to_form(worker, f"/cases/{scene.case.id}/vital")
    values = worker.get(path).fields() | {
        "recipient": str(scene.clinic.id), "purpose": "medical", "classes": ["identity"], "reason": "Bleeding",
    }  # fmt: skip
    assert worker.post(path, values).status == 303
    boss = browse(scene.supervisor)
    page = boss.get(f"/cases/{scene.case.id}/consent")
    decide = boss.follow(boss.get(page.query("a[href*=openings]")[0].attrs["href"]))
    assert "Bleeding" in decide.words()


def test_an_answer_of_an_office_without_accounts(scene: Scene, browse: Callable[[Any], Client]) -> None:
    scene.agree(to=scene.commune)
    referral = scene.send(to=scene.commune)
    worker = browse(scene.worker)
    path = to_form(worker, f"/referrals/{referral.id}/behalf")
    page = worker.post(path, worker.get(path).fields() | {"answer": "accepted", "who": "Chief Exampla"})
    assert page.status == 422
    assert "Chief Exampla" in page.text


@pytest.mark.parametrize(
    "path", ["consent", "consent/new", "referrals", "referrals/choose", "vital", "ask", "transfer"]
)
def test_every_page_of_a_foreign_case_is_a_404(scene: Scene, browse: Callable[[Any], Client], path: str) -> None:
    other = browse(scene.host) if path != "transfer" else browse(make_boss(scene))
    assert other.get(f"/cases/{scene.case.id}/{path}").status == 404


def make_boss(scene: Scene) -> Any:
    return make.actor("mission_officer", at_office=scene.shelter)


def test_who_sat_by_is_named_to_those_who_know_the_people_around(scene: Scene, browse: Callable[[Any], Client]) -> None:
    """The names of witness and interpreter: for the office that heard the answer, by whoever may read about them."""
    scene.agree(people={"witness": "Aunt Sampla", "interpreter": "Mr Examplar"}, form="verbal_witnessed")
    path = f"/cases/{scene.case.id}/consent"
    words = browse(scene.worker).get(path).words()
    assert "Witness: Aunt Sampla" in words
    assert "Interpreter: Mr Examplar" in words
    view = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "view.consent")).one()
    assert '"people":1' in str(view.body).replace(" ", "")

    nurse = make.actor("health_worker", at_office=scene.home)
    bring_in(scene.case, user_id=nurse.user_id, by=scene.supervisor, reason="skills")
    service.accept(scene.send(), by=scene.host)
    for other in (nurse, scene.host):
        page = browse(other).get(path)
        assert page.status == 200
        assert "Sampla" not in page.text
        assert "Examplar" not in page.text
