"""Conduct of a talk, blocks of questions, what is no evidence, and the person's own request for a formal decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.models import Case, Task
from casework.codes.dates import known
from casework.codes.queries import choices
from casework.db import db, end_of_day, today, utcnow
from casework.errors import Conflict, InvalidInput, InvalidTransition, NotVisible, StaleRecord
from casework.identification import queries, service
from casework.identification.forms.answers import FIELDS
from casework.identification.kinds import CONDUCT, EXPLAINED, REFLECTION_DAYS
from casework.identification.models import Screening, ScreeningSealed
from casework.identification.service import RequestData, Setting, Verdict
from casework.sharing import service as sharing
from tests.client import Client
from tests.identification.test_decisions import PRESUMED
from tests.identification.test_pages import TALK, arrive, begun
from tests.identification.world import case_of, share, worker
from tests.signin import enter

pytestmark = pytest.mark.usefixtures("session")
THINKS = RequestData("moi_ahtjp", "KHM", "reflecting", explained=EXPLAINED)
TALKED = Setting("THA", "khm", "nobody", preferred_sex="female", interviewer_sex="female")


def told(by: Actor, case: Case, then: str = "open", **answers: Any) -> Screening:
    row = service.start_screening(case, TALKED, by=by)
    return service.note_answers(row, case, by=by, expected_version=row.version, answers={}, told=answers, then=then)


def agreed(by: Actor, case: Case) -> None:
    sharing.record_given(
        case, by=by, purpose="formal_identification", classes=["identification"], form="written",
        recipient_org_id=by.organisation_id,
    )  # fmt: skip


@pytest.mark.parametrize("left_out", CONDUCT)
def test_no_talk_begins_before_all_of_it_holds(left_out: str) -> None:
    by = worker()
    held = [one for one in CONDUCT if one != left_out]
    with pytest.raises(InvalidInput) as refusal:
        service.start_screening(case_of(by), replace(TALKED, conduct=held), by=by)
    assert refusal.value.field == "conduct"


def test_the_person_talks_to_whom_they_prefer_or_goes_on_all_the_same() -> None:
    by = worker()
    case = case_of(by)
    with pytest.raises(InvalidInput) as refusal:
        service.start_screening(case, replace(TALKED, interviewer_sex="male"), by=by)
    assert refusal.value.field == "interviewer_sex"
    with pytest.raises(InvalidInput) as refusal:
        service.start_screening(case, replace(TALKED, interpreter_sex="male"), by=by)
    assert refusal.value.field == "interpreter_sex"
    row = service.start_screening(case, replace(TALKED, interviewer_sex="male", agreed_all_the_same=True), by=by)
    assert queries.words_of(row)["setting"]["agreed_all_the_same"] is True
    assert service.start_screening(case, replace(TALKED, preferred_sex="either", interviewer_sex="male"), by=by)


def test_each_question_belongs_to_a_block_and_has_a_field_for_its_kind() -> None:
    blocks = {block.code for block in choices("screening_block")}
    for question in choices("screening_question"):
        assert question.group in blocks
        assert question.extra["kind"] in FIELDS
        assert (question.extra["kind"] in ("one", "several")) == bool(question.extra["list"])


def test_answers_of_a_block_are_sealed_kept_and_emptied() -> None:
    by = worker()
    case = case_of(by)
    row = told(by, case, vessel_name="Planted Star", months_at_sea=14)
    assert queries.told_in(row) == {"vessel_name": "Planted Star", "months_at_sea": 14}
    sealed = db.session.get_one(ScreeningSealed, row.id)
    assert sealed.answers is not None
    assert b"Planted" not in sealed.answers
    service.note_answers(row, case, by=by, expected_version=row.version, answers={}, told={"vessel_name": None})
    assert queries.told_in(row) == {"months_at_sea": 14}
    with pytest.raises(InvalidInput):
        service.note_answers(row, case, by=by, expected_version=row.version, answers={}, told={"gone": "x"})


def test_what_was_told_before_is_shown_to_whom_it_was_shared_with_and_to_nobody_else() -> None:
    ngo, police = worker(), worker("police_identifier")
    case = case_of(ngo)
    told(ngo, case, "finished", vessel_name="Planted Star")
    share(case, police, "identity", by=ngo)
    assert queries.screenings_of(police, case.id) == []
    share(case, police, "trafficking_history", by=ngo)
    second = service.start_screening(case, TALKED, by=police)
    assert queries.told_before(police, second)["vessel_name"][0] == "Planted Star"
    own = told(ngo, case)
    assert set(queries.told_before(ngo, own)) == {"vessel_name"}


def test_a_block_opens_by_what_was_noted_or_by_age() -> None:
    found = {block.code: block for block in queries.blocks()}
    at_sea = [queries.item("exploitation_type", "ForcedLabourFishing")]
    assert found["fishing"].opens(at_sea, child=False)
    assert not found["marriage"].opens(at_sea, child=True)
    assert found["child"].opens([], child=True)
    assert not found["child"].opens([], child=False)


def test_what_made_it_easier_is_no_sign_that_it_happened() -> None:
    by = worker()
    case = case_of(by)
    row = service.start_screening(case, TALKED, by=by)
    service.note_answers(row, case, by=by, expected_version=row.version, answers={"vulnerability": ["ind_debt"]})
    assert [answer.code for answer in queries.answers_of([row.id])] == ["ind_debt"]
    assert queries.suggestion_for(by, case).status == "no_indication"


def test_forced_crime_is_recognised_by_the_group_of_the_purpose() -> None:
    assert queries.forced_crime([queries.item("exploitation_type", "OnlineScamOperation")])
    assert not queries.forced_crime([queries.item("exploitation_type", "ForcedBegging")])


def test_a_request_is_the_persons_own_and_waits_thirty_days() -> None:
    by = worker()
    case = case_of(by)
    with pytest.raises(InvalidInput) as refusal:
        service.record_request(case, replace(THINKS, explained=EXPLAINED[1:]), by=by)
    assert refusal.value.field == "explained"
    row = service.record_request(case, THINKS, by=by)
    until = today() + timedelta(days=REFLECTION_DAYS)
    assert row.reflection_until == until
    (task,) = db.session.scalars(select(Task).where(Task.record_id == row.id))
    assert (task.kind, task.due_at, task.data_class) == ("formal_request", end_of_day(until), "identification")
    with pytest.raises(Conflict):
        service.record_request(case, THINKS, by=by)


def test_nothing_is_asked_without_consent_and_only_of_who_may_decide() -> None:
    by = worker()
    case = case_of(by)
    row = service.record_request(case, THINKS, by=by)
    asks = replace(THINKS, state="asked", asked_on=today())
    with pytest.raises(InvalidInput) as refusal:
        service.move_request(row, case, asks, by=by, expected_version=row.version)
    assert refusal.value.field == "state"
    agreed(by, case)
    service.move_request(row, case, asks, by=by, expected_version=row.version)
    assert (row.state, row.asked_on) == ("asked", today())
    with pytest.raises(StaleRecord):
        service.move_request(row, case, replace(THINKS, state="withdrawn"), by=by, expected_version=1)
    with pytest.raises(InvalidTransition):
        service.move_request(row, case, replace(THINKS, state="not_wanted"), by=by, expected_version=row.version)
    for wrong, field in ((replace(THINKS, authority="ngo"), "authority"), (replace(THINKS, country="THA"), "country")):
        with pytest.raises(InvalidInput) as refusal:
            service.record_request(case, wrong, by=by)
        assert refusal.value.field == field


def test_the_decision_of_the_authority_answers_the_request() -> None:
    by = worker("supervisor")
    case = case_of(by)
    agreed(by, case)
    row = service.record_request(case, replace(THINKS, state="asked", asked_on=today()), by=by)
    verdict = Verdict(
        "formally_identified", "moi_ahtjp", "KHM", "Planted", known(today()), office="Office", document_number="1"
    )
    service.decide(case, verdict, by=by)
    assert row.state == "answered"
    assert [task.state for task in db.session.scalars(select(Task).where(Task.record_id == row.id))] == ["done"]


def test_a_request_is_seen_with_class_identification_only() -> None:
    by, health = worker(), worker("health_worker")
    case = case_of(by)
    row = service.record_request(case, THINKS, by=by)
    share(case, health, "identity", "health", by=by)
    assert queries.requests_of(health, case.id) == []
    with pytest.raises(NotVisible):
        queries.get_request(by, case_of(by).id, row.id)
    assert [view.request.id for view in queries.requests_of(by, case.id)] == [row.id]


def test_a_talk_is_refused_beside_the_field_and_nothing_typed_is_lost(client: Callable[[], Client]) -> None:
    by = worker()
    case = case_of(by)
    browser = enter(client(), by.username)
    path, _ = arrive(browser, f"/cases/{case.id}/screenings/new")
    page = browser.fill(path, **{**TALK, "interviewer_sex": "male", "place": "Planted room"})
    assert page.status == 422
    assert "would rather talk to somebody else" in page.words("#interviewer_sex-error")
    assert page.fields()["place"] == "Planted room"
    assert browser.fill(path, **{**TALK, "interviewer_sex": "male", "agreed_all_the_same": "yes"}).status == 303


def test_the_questions_of_a_block_through_the_pages(client: Callable[[], Client]) -> None:
    by = worker()
    case = case_of(by)
    browser = enter(client(), by.username)
    path = begun(browser, case)
    values = {
        "exploitation_type": ["OnlineScamOperation"], "signs_scam": ["guarded_compound"],
        "told_scam_platforms": ["Telegram"], "told_scam_accused": "yes", "told_scam_tasks": "Planted task",
    }  # fmt: skip
    path, page = arrive(browser, browser.fill(path, **values, then="open").location)
    assert "Nobody should be punished" in page.words("aside")
    assert page.fields()["told_scam_tasks"] == "Planted task"
    browser.fill(path, **values, then="finished")
    (row,) = queries.screenings_of(by, case.id)
    assert {answer.code for answer in queries.answers_of([row.id])} == {"OnlineScamOperation", "guarded_compound"}
    words = browser.get(f"/cases/{case.id}/screenings/{row.id}").words("main")
    for shown in ("Telegram", "Planted task", "Platforms used"):
        assert shown in words
    page = browser.get(begun(browser, case))
    assert "Said before" in page.words("#told_scam_tasks-hint")
    assert page.query("input[name=signs_scam][value=guarded_compound]") == []
    assert "Guarded or locked compound" in page.words("main")


def test_the_request_through_its_page(client: Callable[[], Client]) -> None:
    by = worker()
    case = case_of(by)
    browser = enter(client(), by.username)
    path, page = arrive(browser, f"/cases/{case.id}/identification/requests/new")
    assert "own request" in page.words("main")
    page = browser.follow(
        browser.fill(path, explained=list(EXPLAINED), authority="moi_ahtjp", state="reflecting", words="Planted words")
    )
    assert "takes time to think" in page.words()
    assert "Planted words" in page.words()
    (view,) = queries.requests_of(by, case.id)
    path, page = arrive(browser, f"/cases/{case.id}/identification/requests/{view.request.id}")
    page = browser.follow(browser.fill(path, state="not_wanted"))
    assert "does not want it now" in page.words()
    assert utcnow() > view.request.recorded_at


def test_a_decision_stands_on_a_screening_of_its_own_case() -> None:
    by = worker()
    of_another = told(by, case_of(by))
    with pytest.raises(NotVisible):
        service.decide(case_of(by), Verdict(**PRESUMED, screening_id=of_another.id), by=by)
