"""What a return rests on: papers that end too early, the family asked only by agreement, what is best for a child."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from casework.access.permissions import Actor
from casework.db import db, today
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, StaleRecord
from casework.repatriation import service
from casework.repatriation.models import FamilyTracing, ReturnPath, TravelPaper
from casework.repatriation.queries import (
    decision_told,
    get_tracing,
    interest_words,
    newest_check,
    paper_warnings,
    papers_of,
    tracing_view,
    tracings_of,
)
from casework.sharing.service import withdraw
from tests.repatriation.world import World


def paper(world: World, path: ReturnPath, kind: str = "passport", by: Actor | None = None, **more: Any) -> TravelPaper:
    data = service.PaperData(**{"state": "issued", **more})
    return service.add_paper(path, world.case, kind, data, by=by or world.officer)


def said(path: ReturnPath, *papers: TravelPaper) -> list[str]:
    return [warning.sentence for warning in paper_warnings(path, papers)]


def test_a_paper_that_ends_before_travel_or_soon_after_is_a_warning(world: World) -> None:
    path = world.start(travel_on=today() + timedelta(days=30))
    ends = [paper(world, path, valid_until=today() + timedelta(days=days)) for days in (29, 32, 90)]
    assert ["before the day of travel" in words for words in said(path, ends[0])] == [True]
    assert ["soon after travel" in words for words in said(path, ends[1])] == [True]
    assert said(path, ends[2]) == []


def test_what_is_missing_is_said_two_weeks_before_travel_and_not_earlier(world: World) -> None:
    path = world.start(travel_on=today() + timedelta(days=15))
    permit = paper(world, path, "exit_permit", state="asked")
    assert said(path, permit) == []
    path.travel_on = today() + timedelta(days=14)
    words = said(path, permit)
    assert "No paper to travel with is issued yet." in words
    assert any("not issued yet" in sentence for sentence in words)
    waiver = paper(world, path, "fine_waiver")
    assert "No paper to travel with is issued yet." in said(path, waiver), "a permit crosses no border"
    assert "No paper to travel with is issued yet." not in said(path, paper(world, path, "laissez_passer"))


def test_inside_the_country_and_after_the_end_nothing_is_warned_of(world: World) -> None:
    path = world.start("DOMESTIC", travel_on=today() + timedelta(days=1))
    assert said(path) == []


def test_the_number_of_a_paper_is_for_those_who_read_identity(world: World) -> None:
    path = world.start()
    paper(world, path, number="N 0012", note="In the safe")
    world.share(world.ngo, "travel", "demographic")
    assert papers_of(world.officer, path)[0].words["number"] == "N 0012"
    assert papers_of(world.worker, path)[0].words == {"issued_by": "", "note": "In the safe"}


def test_a_paper_changes_by_its_version_and_keeps_what_was_not_said(world: World) -> None:
    path = world.start()
    row = paper(world, path, state="asked", number="N 1")
    data = service.PaperData(state="issued", issued_on=today(), valid_until=today() + timedelta(days=60))
    service.change_paper(row, path, world.case, data, by=world.officer, expected_version=row.version)
    assert papers_of(world.officer, path)[0].words["number"] == "N 1"
    with pytest.raises(StaleRecord):
        service.change_paper(row, path, world.case, data, by=world.officer, expected_version=1)
    world.share()
    with pytest.raises(NotAllowed):
        service.change_paper(row, path, world.case, data, by=world.worker)
    for wrong in ({"state": "sold"}, {"issued_on": today() + timedelta(days=1)},
                  {"issued_on": today(), "valid_until": today() - timedelta(days=1)}):  # fmt: skip
        with pytest.raises(InvalidInput):
            paper(world, path, **wrong)


def test_nobody_is_asked_about_the_family_without_agreement(world: World) -> None:
    path = world.start()
    with pytest.raises(InvalidTransition, match="Ask the person first"):
        world.ask_family(path)
    entry = world.may_trace()
    row = world.ask_family(path)
    assert (row.state, row.entry_id, row.data_class) == ("asked", entry.id, "family")
    withdraw(entry, world.case, by=world.officer, form="spoken_witnessed")
    assert (row.state, row.stop_reason) == ("stopped", "consent_withdrawn")


def test_another_agreement_carries_a_request_on(world: World) -> None:
    path = world.start()
    first, second = world.may_trace(), world.may_trace()
    row = world.ask_family(path)
    resting, other = (first, second) if row.entry_id == first.id else (second, first)
    withdraw(resting, world.case, by=world.officer, form="spoken_witnessed")
    assert (row.state, row.entry_id) == ("asked", other.id)


@pytest.mark.parametrize(
    ("safe", "state", "closed"), [("s_yes", "done", False), ("s_no", "done", True), ("s_unknown", "open", True)]
)
def test_the_answer_is_what_the_gate_reads(world: World, safe: str, state: str, closed: bool) -> None:
    path = world.start(start_at="IN04_family")
    world.may_trace()
    row = world.ask_family(path)
    found = {"who": "An aunt", "debt": "None", "wish": "yes"}
    answer(world, row, path, safe=safe, found=found)
    assert world.states(path)["IN04_family"] == state
    assert ("safety" in world.closed(path)) is closed
    assert tracing_view(world.officer, row).found["who"] == "An aunt"
    with pytest.raises(InvalidTransition):
        answer(world, row, path)


def answer(world: World, row: FamilyTracing, path: ReturnPath, by: Actor | None = None, **more: Any) -> None:
    values: dict[str, Any] = {"outcome": "o_successful", "safe": "s_yes", "found": {}} | more
    service.answer_family(row, path, world.case, by=by or world.officer, **values)


def test_not_known_closes_a_gate_that_was_open_until_somebody_knows(world: World) -> None:
    path = world.start(start_at="IN05_decision")
    world.check(path, "safety")
    world.may_trace()
    assert "safety" not in world.closed(path)
    answer(world, world.ask_family(path), path, safe="s_unknown")
    assert "safety" in world.closed(path)
    answer(world, world.ask_family(path), path, safe="s_conditions")
    assert "safety" not in world.closed(path)


def test_answers_are_checked_and_wrong_codes_refused(world: World) -> None:
    path = world.start()
    world.may_trace()
    for wrong in ({"action": "s_yes"}, {"asked_party": "nobody"}, {"told": " "}, {"cover": ""},
                  {"due_on": today() - timedelta(days=1)}):  # fmt: skip
        with pytest.raises(InvalidInput):
            world.ask_family(path, **wrong)
    row = world.ask_family(path)
    for wrong in ({"safe": "o_successful"}, {"outcome": "s_yes"}, {"found": {"wish": "perhaps"}},
                  {"answered_on": today() + timedelta(days=1)}):  # fmt: skip
        with pytest.raises(InvalidInput):
            answer(world, row, path, **wrong)
    service.stop_tracing(row, path, world.case, by=world.officer, reason="no_answer")
    assert row.state == "stopped"


def test_a_request_is_of_the_class_family_and_its_words_are_for_those_who_asked(world: World) -> None:
    path = world.start()
    world.may_trace()
    row = world.ask_family(path, withheld="An uncle")
    world.share(world.ngo, "travel", "demographic")
    assert tracings_of(world.worker, path) == []
    with pytest.raises(NotVisible):
        get_tracing(world.worker, row.id)
    world.share(world.ngo, "travel", "demographic", "family")
    assert tracings_of(world.worker, path)[0].words == {}
    with pytest.raises(NotAllowed):
        answer(world, row, path, by=world.worker)
    assert tracings_of(world.officer, path)[0].words["withheld"] == "An uncle"


def test_the_office_that_was_asked_reads_the_request_and_answers(world: World) -> None:
    path = world.start()
    world.may_trace()
    world.share(world.ngo, "travel", "demographic", "family")
    row = world.ask_family(path, asked_org_id=world.ngo.id)
    assert tracings_of(world.worker, path)[0].words["told"] == "A name"
    answer(world, row, path, by=world.worker, safe="s_conditions")
    check = newest_check(path, "safety")
    assert check is not None
    assert (check.result, check.author_org_id) == ("with_conditions", world.ngo.id)


def test_what_is_best_for_a_child_counts_when_a_second_person_confirmed_it(world: World) -> None:
    world.child()
    path = world.start(start_at="IN05_decision")
    row = world.best(path, confirmed=False)
    assert "best_interest" in world.closed(path)
    waiting = world.approval(row.id)
    with pytest.raises(NotAllowed):
        confirm(world, path, row, by=world.officer)
    with pytest.raises(InvalidInput, match="Say what should be changed"):
        confirm(world, path, row, decision="returned")
    confirm(world, path, row)
    assert "best_interest" not in world.closed(path)
    assert waiting.decision == "approved"
    assert interest_words(world.officer, [row])[row.id]["views"] == "Home"
    world.share()
    assert interest_words(world.worker, [row]) == {}


def confirm(world: World, path: ReturnPath, row: Any, by: Actor | None = None, decision: str = "approved") -> None:
    service.confirm_interest(
        world.approval(row.id), row, path, world.case, by=by or world.supervisor, decision=decision, reason=""
    )


def test_one_that_was_sent_back_does_not_count_and_grown_ups_have_none(world: World) -> None:
    with pytest.raises(InvalidTransition):
        world.best(world.start(start_at="IN05_decision"))
    world.child()
    path = world.start(start_at="IN05_decision")
    row = world.best(path, confirmed=False)
    service.confirm_interest(
        world.approval(row.id), row, path, world.case, by=world.supervisor, decision="returned", reason="Ask the aunt"
    )
    assert "best_interest" in world.closed(path)


def test_a_decision_keeps_what_was_explained_and_by_whom(world: World) -> None:
    path = world.start(start_at="IN05_decision")
    row = world.decide(path, explained=["stop", "home", "nonsense"], explained_by="Officer Sample")
    db.session.flush()
    from_query = what_was_told(world, row)
    assert from_query == (["home", "stop"], "Officer Sample")
    world.share()
    assert what_was_told(world, row, by=world.worker) is None


def what_was_told(world: World, row: Any, by: Actor | None = None) -> Any:
    return decision_told(by or world.officer, [row]).get(row.id)
