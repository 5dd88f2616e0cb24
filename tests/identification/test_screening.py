"""Screenings: paused when the person is tired, taken up again, not asked twice; what they suggest to whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from casework.cases.models import CaseStation, Task
from casework.codes.dates import known
from casework.db import PHNOM_PENH, at, db, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, StaleRecord
from casework.identification import queries, service
from casework.identification.models import Screening, ScreeningIndicator, ScreeningSealed
from casework.identification.service import Facts, Setting
from tests.identification.world import case_of, share, worker

pytestmark = pytest.mark.usefixtures("session")


def started(by: Any, case: Any, **more: Any) -> Screening:
    setting = Setting(**{"country": "THA", "language": "khm", "present": "nobody", "interpreter": True, **more})
    return service.start_screening(case, setting, by=by)


def noted(row: Screening, case: Any, by: Any, **more: Any) -> Screening:
    values = {"answers": {}, "expected_version": row.version, **more}
    return service.note_answers(row, case, by=by, **values)


def open_tasks(case: Any) -> list[Task]:
    return list(db.session.scalars(select(Task).where(Task.case_id == case.id, Task.state == "open")))


def test_a_screening_opens_the_station_identification() -> None:
    by = worker()
    case = case_of(by)
    db.session.get_one(CaseStation, (case.id, "identification")).state = "not_needed"
    started(by, case)
    assert db.session.get_one(CaseStation, (case.id, "identification")).state == "open"


def test_what_the_person_told_is_sealed_under_the_persons_key_and_not_in_the_event() -> None:
    by = worker()
    case = case_of(by)
    row = started(by, case, place="Planted room", interpreter_name="Planted Voice")
    noted(row, case, by, testimony="Planted words.")
    assert queries.words_of(row) == {
        "testimony": "Planted words.",
        "setting": {"place": "Planted room", "interpreter": "Planted Voice"},
    }
    assert db.session.get_one(ScreeningSealed, row.id).root_id == case.person_id


def test_indicators_keep_the_strength_they_had() -> None:
    by = worker()
    case = case_of(by)
    row = started(by, case)
    noted(row, case, by, answers={"indicator": ["D4_01", "D4_02"], "forced_labour_indicator": ["FL08"]})
    kept = {(answer.code, answer.strength, answer.provenance) for answer in queries.answers_of([row.id])}
    assert kept == {("D4_01", "S", "here"), ("D4_02", "M", "here"), ("FL08", None, "here")}


def test_saving_again_replaces_what_was_noted() -> None:
    by = worker()
    case = case_of(by)
    row = started(by, case)
    noted(row, case, by, answers={"indicator": ["D4_01", "D4_02"]})
    first = db.session.get_one(ScreeningIndicator, (row.id, "indicator", "D4_01")).noted_at
    with at(utcnow() + timedelta(minutes=5)):
        noted(row, case, by, answers={"indicator": ["D4_01", "D5_01"]})
    assert {answer.code for answer in queries.answers_of([row.id])} == {"D4_01", "D5_01"}
    assert db.session.get_one(ScreeningIndicator, (row.id, "indicator", "D4_01")).noted_at == first


def test_a_pause_puts_it_on_the_list_and_going_on_takes_it_off() -> None:
    by = worker()
    case = case_of(by)
    row = started(by, case)
    noted(row, case, by, then="paused", answers={"indicator": ["D4_01"]})
    (task,) = [task for task in open_tasks(case) if task.kind == "screening"]
    assert (task.record_id, task.assignee_id, task.data_class) == (row.id, by.user_id, "trafficking_history")
    assert row.paused_at is not None
    noted(row, case, by, answers={"indicator": ["D4_01"]})
    assert [task for task in open_tasks(case) if task.kind == "screening"] == []
    assert (row.state, row.paused_at) == ("open", None)


def test_a_finished_screening_stands() -> None:
    by = worker()
    case = case_of(by)
    row = started(by, case)
    noted(row, case, by, then="finished")
    assert row.finished_at is not None
    with pytest.raises(InvalidTransition):
        noted(row, case, by, answers={"indicator": ["D4_01"]})


def test_two_writers_of_one_screening_do_not_overwrite_each_other() -> None:
    by = worker()
    case = case_of(by)
    row = started(by, case)
    version = row.version
    noted(row, case, by, answers={"indicator": ["D4_01"]})
    with pytest.raises(StaleRecord):
        noted(row, case, by, expected_version=version, answers={"indicator": ["D4_02"]})


def test_another_office_starts_its_own_and_is_shown_what_was_consented() -> None:
    ngo, police = worker(), worker("police_identifier")
    case = case_of(ngo)
    first = started(ngo, case)
    noted(first, case, ngo, then="finished", answers={"indicator": ["D4_01"]})
    share(case, police, "trafficking_history", by=ngo)
    with pytest.raises(NotAllowed):
        noted(first, case, police)
    with at(utcnow() + timedelta(days=1)):
        second = started(police, case)
        assert list(queries.earlier_answers(police, second)) == ["indicator:D4_01"]
        noted(second, case, police, earlier=["indicator:D4_01"])
    (answer,) = queries.answers_of([second.id])
    assert (answer.provenance, answer.earlier_id) == ("earlier", first.id)


def test_what_was_not_shared_is_neither_shown_nor_taken_over() -> None:
    ngo, police = worker(), worker("police_identifier")
    case = case_of(ngo)
    noted(started(ngo, case), case, ngo, then="finished", answers={"indicator": ["D4_01"]})
    share(case, police, "identity", by=ngo)
    assert queries.screenings_of(police, case.id) == []
    share(case, police, "trafficking_history", by=ngo, days=1)
    with at(utcnow() + timedelta(hours=1)):
        second = started(police, case)
    with at(utcnow() + timedelta(days=2)):
        assert queries.earlier_answers(police, second) == {}
        with pytest.raises(InvalidInput):
            noted(second, case, police, earlier=["indicator:D4_01"])


def test_a_screening_is_not_found_through_another_case() -> None:
    by = worker()
    case, elsewhere = case_of(by), case_of(by)
    row = started(by, case)
    with pytest.raises(NotVisible):
        queries.get_screening(by, elsewhere.id, row.id)
    with pytest.raises(NotVisible):
        noted(row, elsewhere, by)


@pytest.mark.parametrize(
    "wrong",
    [{"country": "nowhere"}, {"language": "xx"}, {"present": "made_up"}, {"province": "12"}],
)
def test_what_no_list_knows_is_refused(wrong: dict[str, Any]) -> None:
    by = worker()
    with pytest.raises(InvalidInput):
        started(by, case_of(by), **wrong)


def test_an_unknown_answer_is_refused_with_its_list() -> None:
    by = worker()
    case = case_of(by)
    with pytest.raises(InvalidInput) as refusal:
        noted(started(by, case), case, by, answers={"indicator": ["D9_99"]})
    assert refusal.value.field == "indicator"


def test_the_suggestion_for_an_adult_grows_with_the_answers() -> None:
    by = worker()
    case = case_of(by)
    row = started(by, case)
    assert queries.suggestion_for(by, case).status == "no_indication"
    noted(row, case, by, answers={"indicator": ["D4_01", "D4_02"]})
    assert queries.suggestion_for(by, case).status == "insufficient_information"
    noted(row, case, by, answers={"indicator": ["D4_01", "D4_02", "D5_01", "D5_02"], "act": ["receipt"]})
    found = queries.suggestion_for(by, case)
    assert found.status == "presumed_victim"
    assert [dimension.code for dimension in found.supporting] == ["D5"]
    assert [name for name, items in found.elements.items() if not items] == ["means", "purpose"]


def test_a_child_needs_no_means() -> None:
    by = worker()
    case = case_of(by, birth=known(date(utcnow().year - 12, 3, 1)))
    row = started(by, case)
    noted(row, case, by, answers={"act": ["transfer"], "exploitation_type": ["ForcedBegging"]})
    found = queries.suggestion_for(by, case)
    assert found.child
    assert found.status == "presumed_victim"
    assert not found.elements["means"]


def test_who_was_a_child_when_it_happened_is_judged_as_a_child() -> None:
    by = worker()
    born = utcnow().astimezone(PHNOM_PENH).year - 20
    case = case_of(by, birth=known(date(born, 1, 2)))
    assert not queries.suggestion_for(by, case).child
    service.record_event(case, Facts(occurred=known(date(born + 15, 6, 1))), by=by, role="exploited")
    assert queries.suggestion_for(by, case).child


def test_only_a_finished_screening_counts_in_the_figures() -> None:
    by = worker()
    case = case_of(by)
    row = started(by, case)
    noted(row, case, by, answers={"exploitation_type": ["ForcedBegging"]})
    assert queries.exploitation_of([case.id]) == {case.id: set()}
    noted(row, case, by, answers={"exploitation_type": ["ForcedBegging"]}, then="finished")
    assert queries.exploitation_of([case.id]) == {case.id: {"other"}}
