"""Letters: one for several people and offices, the register in and out, the signed scan, the PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from casework.access.models import OrganisationService
from casework.access.permissions import Actor
from casework.db import db, today
from casework.documents.queries import known_file_ids
from casework.documents.service import spool
from casework.errors import InvalidInput, NotAllowed, NotVisible, StaleRecord
from casework.referrals import queries
from casework.referrals.models import Letter, LetterSealed, Referral
from casework.referrals.queries import get_letter, lines_of, reads_whole, register_of
from casework.referrals.service import Paper, attach_scan, enter_letter, scan_root
from casework.sharing import service
from casework.sharing.service import LetterLine
from tests import factories as make
from tests.client import Client
from tests.overview.counting import statements
from tests.sharing.scene import SHELTER, Scene, case_of
from tests.signin import enter

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def three(scene: Scene) -> list[Any]:
    """Three people who agreed that the shelter and the clinic help them."""
    cases = [scene.case, case_of(scene.worker, "Testvanna"), case_of(scene.worker, "Testrithy")]
    for case in cases:
        for office in (scene.shelter, scene.clinic):
            service.record_given(
                case, by=scene.worker, purpose="referral", form="written", recipient_org_id=office.id,
                classes=("identity", "demographic", "needs_risk", "health"),
            )  # fmt: skip
    return cases


def lines(scene: Scene, cases: list[Any]) -> list[LetterLine]:
    """A bed for all three, first aid for the first."""
    wanted = [(case, scene.shelter, SHELTER) for case in cases] + [(cases[0], scene.clinic, "first_aid")]
    return [
        LetterLine(case, scene.wanted(office, service_type=code), f"to_{number}")
        for number, (case, office, code) in enumerate(wanted)
    ]


def sent(scene: Scene) -> Letter:
    all_lines = lines(scene, three(scene))
    digest = service.digest_of(service.look_letter(all_lines, by=scene.worker))
    return service.send_letter(all_lines, by=scene.worker, digest=digest)


@pytest.fixture
def doctor(scene: Scene) -> Actor:
    return make.actor("coordinator", at_office=scene.clinic)


def test_one_letter_carries_many_referrals_and_each_office_sees_its_own(scene: Scene, doctor: Actor) -> None:
    letter = sent(scene)
    assert len(lines_of(scene.worker, letter)) == 4
    assert {row.letter_number for row, _ in lines_of(scene.worker, letter)} == {letter.label}
    assert [row.service_type for row, _ in lines_of(scene.host, letter)] == [SHELTER] * 3
    assert [row.service_type for row, _ in lines_of(doctor, letter)] == ["first_aid"]
    stranger = make.actor("supervisor", at_office=scene.police)
    with pytest.raises(NotVisible):
        get_letter(stranger, letter.id)
    assert not reads_whole(scene.host, letter)
    assert reads_whole(scene.worker, letter)


def test_a_line_without_agreement_stops_the_whole_letter(scene: Scene) -> None:
    cases = three(scene)
    wrong = [*lines(scene, cases), LetterLine(cases[1], scene.wanted(scene.police), "to_9")]
    with pytest.raises(InvalidInput) as caught:
        service.look_letter(wrong, by=scene.worker)
    assert caught.value.field == "to_9"
    with pytest.raises(StaleRecord):
        service.send_letter(lines(scene, cases), by=scene.worker, digest="another")
    assert db.session.scalar(select(Referral.id)) is None
    with pytest.raises(InvalidInput):
        service.look_letter([], by=scene.worker)


def test_numbers_rise_by_one_in_each_direction(scene: Scene) -> None:
    first, second = sent(scene), enter_letter(Paper("out", today(), "report", other_name="NCCT"), by=scene.worker)
    came = enter_letter(Paper("in", today(), "answer", other_org_id=scene.police.id), by=scene.worker)
    assert (first.number, second.number, came.number) == (1, 2, 1)
    assert [row.id for row in register_of(scene.worker, "out")[0]] == [second.id, first.id]
    assert [row.id for row in register_of(scene.worker, "out", number=1)[0]] == [first.id]
    page, key = register_of(scene.worker, "out", limit=1)
    assert [row.id for row in page] == [second.id]
    assert [row.id for row in register_of(scene.worker, "out", after=key)[0]] == [first.id]
    assert register_of(scene.host, "out")[0] == []


def test_a_paper_about_a_case_is_seen_with_its_class_only(scene: Scene) -> None:
    nurse = make.actor("clerk", at_office=scene.home)
    paper = Paper("in", today(), "answer", other_name="The clinic of an invented town", about="Result of a test",
                  their_number="77/26", paper="Red folder", data_class="needs_risk")  # fmt: skip
    letter = enter_letter(paper, by=scene.worker, cases=[scene.case])
    assert queries.words_of_letters(scene.worker, [letter])[letter.id].about == "Result of a test"
    assert queries.cases_of(scene.worker, letter) == [(scene.case.id, scene.case.code)]
    for other in (nurse, scene.host):
        with pytest.raises(NotVisible):
            get_letter(other, letter.id)
    raw = db.session.execute(select(LetterSealed.__table__).where(LetterSealed.id == letter.id)).one()
    assert b"Result" not in b"".join(value for value in raw if isinstance(value, bytes))


@pytest.mark.parametrize(
    "wrong",
    [
        {"direction": "up"},
        {"subject": "song"},
        {"day": today() + timedelta(days=2)},
        {"other_name": " "},
        {"data_class": "no"},
    ],
)
def test_a_faulty_paper_is_refused(scene: Scene, wrong: dict[str, Any]) -> None:
    values: dict[str, Any] = {"direction": "in", "day": today(), "subject": "other", "other_name": "Somebody"}
    with pytest.raises(InvalidInput):
        enter_letter(Paper(**values | wrong), by=scene.worker)


def test_the_signed_scan_is_kept_sealed_and_only_by_the_own_office(scene: Scene) -> None:
    letter = sent(scene)
    spooled = spool("signed.pdf", io.BytesIO(PDF), root_id=scan_root(letter))
    with pytest.raises(NotAllowed):
        attach_scan(letter, spooled, by=scene.host, case_ids=[])
    attach_scan(letter, spooled, by=scene.worker, case_ids=[scene.case.id])
    assert spooled.file_id in known_file_ids()
    odd = spool("note.jpg", io.BytesIO(_picture()), root_id=scan_root(letter))
    attach_scan(letter, odd, by=scene.worker, case_ids=[])


def test_a_longer_register_asks_no_more_statements(scene: Scene) -> None:
    def asked() -> int:
        db.session.expire_all()
        with statements() as found:
            rows, _ = register_of(scene.worker, "out")
            queries.about_of(scene.worker, rows)
            queries.offices_of(scene.worker, rows)
            queries.words_of_letters(scene.worker, rows)
        return len(found)

    sent(scene)
    enter_letter(Paper("out", today(), "report", other_name="NCCT"), by=scene.worker, cases=[scene.case])
    few = asked()
    for name in ("One", "Two", "Three"):
        enter_letter(Paper("out", today(), "report", other_name=name), by=scene.worker, cases=[scene.case])
    assert asked() == few


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    return out.getvalue()


def test_pages_of_a_letter_from_choosing_to_the_pdf(scene: Scene, client: Callable[[], Client]) -> None:
    cases = three(scene)
    for office, code in ((scene.shelter, SHELTER), (scene.clinic, "first_aid")):
        db.session.add(OrganisationService(organisation_id=office.id, service_type=code))
    db.session.commit()
    worker = enter(client(), scene.worker.username)
    assert "Choose at least one service." in worker.get(f"/letters/choose?case={cases[0].id}").words()
    begin = "&".join(f"case={case.id}" for case in cases) + f"&service={SHELTER}&service=first_aid"
    path = worker.get(f"/letters/choose?{begin}").location
    form: dict[str, Any] = dict(worker.get(path).fields())
    assert (form["to_0_0"], form["to_0_1"]) == (str(scene.clinic.id), str(scene.shelter.id))
    form |= {
        "priority": "urgent",
        "need": "Some nights of rest",
        "only_0": "She has a bad arm",
        "to_1_0": "",
        "to_2_0": "",
    }
    form["classes"] = ["identity", "needs_risk"]
    looked = worker.post(path, form)
    assert looked.status == 200, looked.words()
    assert "She has a bad arm" in looked.words()
    again: dict[str, Any] = dict(looked.fields()) | {"classes": ["identity", "needs_risk"]}
    done = worker.post(path, again)
    assert done.status == 303, done.words()
    page = worker.follow(done)
    assert all(case.code in page.words() for case in cases)
    for language in ("en", "km"):
        answer = worker.raw.get(
            f"{done.location}/pdf?to={scene.shelter.id}&language={language}", base_url="https://localhost"
        )
        assert answer.data[:5] == b"%PDF-"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=letter-")
    printed = worker.get(f"{done.location}/print?to={scene.clinic.id}")
    assert cases[0].code in printed.words()
    assert cases[1].code not in printed.words()
    host = enter(client(), scene.host.username)
    seen = host.get(done.location)
    assert all(case.code in seen.words() for case in cases)
    assert scene.clinic.name not in seen.text
    assert host.raw.get(f"{done.location}/pdf", base_url="https://localhost").status_code == 403


def test_a_paper_is_entered_and_scanned_on_pages(scene: Scene, client: Callable[[], Client]) -> None:
    db.session.commit()
    worker = enter(client(), scene.worker.username)
    path = worker.get("/letters/record").location
    values = {"direction": "in", "subject": "answer", "other": str(scene.police.id), "their_number": "12/26"}
    wrong = worker.fill(path, **values, codes="CW-00000")
    assert wrong.status == 422
    assert "There is no case" in wrong.words()
    done = worker.fill(path, **values, codes=scene.case.code)
    assert done.status == 303, done.words()
    assert "12/26" in worker.follow(done).words()
    scan = worker.get(f"{done.location}/scan").location
    assert worker.fill(scan, file=(io.BytesIO(PDF), "signed.pdf")).status == 303
    opened = worker.raw.get(f"{done.location}/paper", base_url="https://localhost")
    assert opened.data == PDF
    assert "12/26" in worker.get("/letters?box=in&number=1").words()
    assert "No letter here" in worker.get("/letters?box=in&number=2025/1").words()
