"""The pages of identification, as a person at a desk uses them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.identification import queries, service
from casework.identification.kinds import CONDUCT
from casework.identification.service import Facts, Offender, Setting, Verdict
from tests.client import Client, Page
from tests.identification.world import case_of, share, worker
from tests.signin import enter

TALK = {
    "country": "THA", "language": "khm", "interpreter": "no", "present": "nobody", "conduct": list(CONDUCT),
    "preferred_sex": "female", "interviewer_sex": "female",
}  # fmt: skip
Desk = tuple[Client, Actor, Case]


@pytest.fixture
def desk(session: Any, client: Callable[[], Client]) -> Desk:
    """A case worker signed in, with a case."""
    by = worker()
    case = case_of(by)
    return enter(client(), by.username), by, case


def arrive(browser: Client, path: str) -> tuple[str, Page]:
    """Follow the redirects from a 'new' address to its form; gives the form's address and page."""
    page = browser.get(path)
    for _ in range(4):
        if page.status != 303:
            break
        path = page.location
        page = browser.get(path)
    assert page.status == 200, page.status
    return path, page


def begun(browser: Client, case: Case) -> str:
    """Start a screening through the pages; the address of its questions."""
    path, _ = arrive(browser, f"/cases/{case.id}/screenings/new")
    sent = browser.fill(path, **TALK)
    assert sent.status == 303, sent.words()
    return arrive(browser, sent.location)[0]


def test_the_tab_says_that_urgent_help_waits_for_nothing(desk: Desk) -> None:
    browser, _, case = desk
    page = browser.get(f"/cases/{case.id}/identification")
    assert page.status == 200
    assert "do not wait for this" in page.words()
    assert "Nobody has decided yet" in page.words()
    assert "never asked" in page.words()


def test_a_screening_from_the_first_question_to_the_decision(desk: Desk) -> None:
    browser, by, case = desk
    questions = begun(browser, case)
    answers = {"indicator_D4": ["D4_01", "D4_02"], "indicator_D5": ["D5_01"], "then": "open"}
    page = browser.follow(browser.fill(questions, **answers))
    questions, page = arrive(browser, page.location)
    assert "There are not enough signs" not in page.words("aside")
    assert "Bad work alone is not enough" in page.words("aside")
    answers = {
        "indicator_D5": ["D5_01", "D5_02"],
        "act": ["receipt"],
        "testimony": "Planted words.",
        "then": "finished",
    }
    sent = browser.fill(questions, indicator_D4=["D4_01", "D4_02"], **answers)
    path, page = arrive(browser, sent.location)
    assert re.search("presumed.victim", page.words("aside"), re.IGNORECASE)
    assert "A person decides, with a reason" in page.words("aside")
    assert queries.decisions_of(by, case.id) == []
    values = {"status": "presumed_victim", "authority": "ngo", "country": "KHM", "reason": "Planted reason."}
    page = browser.follow(browser.fill(path, **values))
    assert "Planted reason." in page.words()
    assert queries.identified_as([case.id]) == {case.id: "presumed"}


def test_stop_here_keeps_everything_and_says_what_may_be_offered(desk: Desk) -> None:
    browser, by, case = desk
    questions = begun(browser, case)
    page = browser.follow(browser.fill(questions, indicator_D4=["D4_01"], testimony="Planted words.", then="paused"))
    assert "Let the person rest" in page.words()
    (row,) = queries.screenings_of(by, case.id)
    assert row.state == "paused"
    _, page = arrive(browser, f"/cases/{case.id}/screenings/{row.id}")
    assert "Planted words." in page.text
    assert "D4_01" in [box.attrs["value"] for box in page.query("input[name=indicator_D4][checked]")]


def test_questions_are_grouped_with_the_reason_for_asking(desk: Desk) -> None:
    browser, _, case = desk
    page = browser.get(begun(browser, case))
    assert "We ask to see whether the offer was honest" in page.words()
    assert len(page.query("main form fieldset")) >= 9
    assert "Stop here, the person is tired" in page.words()


def test_two_workers_in_one_screening_get_the_page_of_two_versions(desk: Desk) -> None:
    browser, by, case = desk
    begun(browser, case)
    (row,) = queries.screenings_of(by, case.id)
    first, _ = arrive(browser, f"/cases/{case.id}/screenings/{row.id}")
    second, _ = arrive(browser, f"/cases/{case.id}/screenings/{row.id}")
    typed = {**browser.get(second).fields(), "indicator_D5": ["D5_01"], "then": "open"}
    assert browser.fill(first, indicator_D4=["D4_01"], then="open").status == 303
    assert browser.post(second, typed).status == 409
    assert {answer.code for answer in queries.answers_of([row.id])} == {"D4_01"}


def test_a_finished_screening_is_read_not_written(desk: Desk) -> None:
    browser, by, case = desk
    browser.fill(begun(browser, case), indicator_D4=["D4_01"], testimony="Planted words.", then="finished")
    (row,) = queries.screenings_of(by, case.id)
    page = browser.get(f"/cases/{case.id}/screenings/{row.id}")
    assert page.status == 200
    assert "Planted words." in page.words()
    assert page.query("main form") == []


def test_earlier_answers_are_shown_and_taken_over(desk: Desk) -> None:
    browser, by, case = desk
    browser.fill(begun(browser, case), indicator_D4=["D4_01"], then="finished")
    path, page = arrive(browser, begun(browser, case))
    assert "do not ask again" in page.words()
    assert browser.fill(path, earlier=["indicator:D4_01"], then="finished").status == 303
    newest = queries.screenings_of(by, case.id)[0]
    assert [answer.provenance for answer in queries.answers_of([newest.id])] == ["earlier"]


def test_an_event_through_the_form_and_its_mending(desk: Desk) -> None:
    browser, by, case = desk
    path, _ = arrive(browser, f"/cases/{case.id}/events/new")
    values = {
        "role": "exploited", "began-year": "2014", "ended-year": "2018", "act": ["recruitment"],
        "exploitation_type": ["ForcedLabourFishing"], "labour_sector": "A0311", "recruitment_country": "KHM",
        "recruitment_province": "12", "recruitment_name": "Planted market", "vessel": "Planted Star",
        "account": "Planted account.",
    }  # fmt: skip
    page = browser.follow(browser.fill(path, **values))
    for words in ("2014 - 2018", "Planted Star", "Planted market", "Planted account."):
        assert words in page.words()
    (view,) = queries.events_of(by, case.id)
    path, page = arrive(browser, f"/cases/{case.id}/events/{view.event.id}/edit")
    fields = page.fields()
    assert (fields["began-year"], fields["vessel"], fields["recruitment_province"]) == ("2014", "Planted Star", "12")
    page = browser.follow(browser.fill(path, act=["recruitment", "receipt"], account="Shorter."))
    assert "Shorter." in page.words()
    assert "Planted account." not in page.words()


def test_an_end_before_the_beginning_is_said_beside_its_field(desk: Desk) -> None:
    browser, by, case = desk
    path, _ = arrive(browser, f"/cases/{case.id}/events/new")
    page = browser.fill(path, **{"role": "exploited", "began-year": "2018", "ended-year": "2014"})
    assert page.status == 422
    assert "The end lies before the beginning" in page.words("#ended-error")
    assert queries.events_of(by, case.id) == []


def test_another_case_is_added_by_its_code_and_an_unseen_one_does_not_exist(desk: Desk) -> None:
    browser, by, case = desk
    second, hidden = case_of(by), case_of(worker())
    event = service.record_event(case, Facts({"act": ["receipt"]}), by=by, role="exploited")
    path, _ = arrive(browser, f"/cases/{case.id}/events/{event.id}/cases/new")
    refused = browser.fill(path, code=hidden.code, role="exploited")
    unknown = browser.fill(path, code="CW-0000-00000", role="exploited")
    assert refused.status == unknown.status == 422
    assert refused.words("#code-error") == unknown.words("#code-error") != ""
    page = browser.follow(browser.fill(path, code=second.code, role="exploited"))
    assert "with 1 other case that you may see" in page.words()


def test_who_may_not_decide_is_not_asked_to(client: Callable[[], Client], session: Any) -> None:
    by, coordinator = worker(), worker("coordinator")
    case = case_of(by)
    share(case, coordinator, "identification", by=by)
    service.decide(case, Verdict("presumed_victim", "ngo", "KHM", "Planted reason."), by=by)
    browser = enter(client(), coordinator.username)
    page = browser.get(f"/cases/{case.id}/identification")
    assert "Planted reason." in page.words()
    assert "Record a decision" not in page.words()
    assert "What happened" not in page.words()
    assert browser.get(f"/cases/{case.id}/identification/decisions/new").status == 403


def test_a_case_worker_is_not_offered_the_outcome_of_an_authority(desk: Desk) -> None:
    browser, _, case = desk
    path, page = arrive(browser, f"/cases/{case.id}/identification/decisions/new")
    offered = [option.attrs.get("value") for option in page.query("select[name=status] option")]
    assert "presumed_victim" in offered
    assert "formally_identified" not in offered
    assert "not_screened" not in offered
    values = {"status": "formally_identified", "authority": "moi_ahtjp", "country": "KHM", "reason": "Planted."}
    assert browser.fill(path, **values).status == 422


def test_the_police_see_alleged_offenders_and_the_ngo_does_not(desk: Desk, client: Callable[[], Client]) -> None:
    browser, by, case = desk
    police = worker("police_identifier")
    event = service.record_event(case, Facts({"act": ["receipt"]}), by=by, role="exploited")
    share(case, police, "trafficking_history", "perpetrator", "identity", by=by)
    service.record_offender(event, case, Offender("person", "Planted Captain", ["VesselCaptain"]), by=police)
    theirs = enter(client(), police.username)
    path, _ = arrive(theirs, f"/cases/{case.id}/events/{event.id}/others/new")
    page = theirs.follow(theirs.fill(path, kind="person", name="Planted Second", roles=["Exploiter"]))
    assert "Planted Captain" in page.words()
    assert "Planted Second" in page.words()
    assert "Planted Captain" not in browser.get(f"/cases/{case.id}/identification").text
    assert browser.get(path).status == 404


def test_risk_through_the_form(desk: Desk) -> None:
    browser, by, case = desk
    path, asked = arrive(browser, f"/cases/{case.id}/risk/new")
    assert "look again after 1 day " in f"{asked.words()} "
    assert "look again after 7 days" in asked.words()
    page = browser.follow(browser.fill(path, level="high", safety_note="Planted note."))
    assert "Planted note." in page.words()
    assert queries.risks_of(by, case.id)[0][0].level == "high"


def test_what_is_not_for_these_eyes_is_the_same_nothing(desk: Desk) -> None:
    browser, by, _ = desk
    other = worker()
    hidden = case_of(other)
    row = service.start_screening(hidden, Setting("THA", "khm", "nobody"), by=other)
    event = service.record_event(hidden, Facts({"act": ["receipt"]}), by=other, role="exploited")
    absent = browser.get("/cases/01890000-0000-7000-8000-000000000000/identification").text
    for path in (
        f"/cases/{hidden.id}/identification",
        f"/cases/{hidden.id}/screenings/new",
        f"/cases/{hidden.id}/screenings/{row.id}",
        f"/cases/{hidden.id}/events/{event.id}/edit",
        f"/cases/{hidden.id}/identification/decisions/new",
        f"/cases/{hidden.id}/risk/new",
    ):
        page = browser.get(path)
        assert page.status == 404
        assert re.sub(r'nonce="[^"]*"', "", page.text) == re.sub(r'nonce="[^"]*"', "", absent), path
    assert by.organisation_id != other.organisation_id
