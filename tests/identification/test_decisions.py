"""Decisions: two tracks never merged, append-only, one word per authority and country; and risk with its review."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from casework.access.permissions import Actor, Permission
from casework.cases.models import CaseStation, Task
from casework.codes.dates import known
from casework.db import PHNOM_PENH, db, today, utcnow
from casework.errors import DomainError, InvalidInput, NotAllowed
from casework.identification import queries, service
from casework.identification.models import Decision, DecisionSealed
from casework.identification.service import Verdict
from casework.identification.workflow.states import adds_up_to
from tests.factories import actor
from tests.identification.world import case_of, share, worker

database = pytest.mark.usefixtures("session")
FORMAL = {
    "status": "formally_identified",
    "authority": "moi_ahtjp",
    "country": "KHM",
    "office": "Planted unit",
    "document_number": "PL-77",
    "reason": "Planted reason.",
    "occurred": known(date(2026, 11, 2)),
}
PRESUMED = {"status": "presumed_victim", "authority": "ngo", "country": "KHM", "reason": "Planted reason."}


@pytest.fixture
def shared() -> tuple[Actor, Actor, Any]:
    """An NGO's case whose identification the police may see and write."""
    ngo, police = worker(), worker("police_identifier")
    case = case_of(ngo)
    share(case, police, "trafficking_history", "identification", by=ngo)
    return ngo, police, case


@database
def test_presumed_and_formal_stand_side_by_side(shared: Any) -> None:
    ngo, police, case = shared
    service.decide(case, Verdict(**PRESUMED), by=ngo)
    assert queries.identified_as([case.id]) == {case.id: "presumed"}
    row = service.decide(case, Verdict(**FORMAL), by=police)
    assert row.track == "formal"
    assert queries.identified_as([case.id]) == {case.id: "formal"}
    assert case.identified_as == "formal"
    assert {found.decision.track for found in queries.decisions_of(police, case.id)} == {"formal", "presumed"}


@database
def test_each_reader_is_told_what_the_own_view_adds_up_to(shared: Any) -> None:
    ngo, police, case = shared
    service.decide(case, Verdict(**PRESUMED), by=ngo)
    service.decide(case, Verdict(**FORMAL), by=police)
    assert queries.identified_for(ngo, case.id) == "presumed"
    assert queries.identified_for(police, case.id) == "formal"
    assert queries.identified_for(worker(), case.id) == "unknown"


@database
def test_the_words_are_sealed_and_the_suggestion_is_kept(shared: Any) -> None:
    _, police, case = shared
    row = service.decide(case, Verdict(**FORMAL), by=police)
    (found,) = queries.decisions_of(police, case.id)
    assert (found.office, found.document_number, found.reason) == ("Planted unit", "PL-77", "Planted reason.")
    assert db.session.get_one(DecisionSealed, row.id).root_id == case.person_id
    assert row.suggested == "no_indication"


@database
def test_history_stays_when_an_authority_decides_again(shared: Any) -> None:
    _, police, case = shared
    service.decide(case, Verdict(**{**FORMAL, "status": "formally_not_identified"}), by=police)
    service.decide(case, Verdict(**FORMAL), by=police)
    newest, older = queries.decisions_of(police, case.id)
    assert (newest.decision.status, newest.stands) == ("formally_identified", True)
    assert (older.decision.status, older.stands) == ("formally_not_identified", False)


@database
def test_a_formal_outcome_needs_the_permission() -> None:
    ngo = worker()
    assert Permission.IDENTIFICATION_DECIDE_FORMAL not in ngo.permissions
    with pytest.raises(NotAllowed):
        service.decide(case_of(ngo), Verdict(**FORMAL), by=ngo)


@database
@pytest.mark.parametrize("authority", ["ngo", "mosvy", "dosvy", "diplomatic_mission", "immigration", "other"])
def test_an_authority_that_may_not_set_it_cannot_decide_formally(shared: Any, authority: str) -> None:
    _, police, case = shared
    with pytest.raises(InvalidInput) as refusal:
        service.decide(case, Verdict(**{**FORMAL, "authority": authority}), by=police)
    assert refusal.value.field == "authority"


@database
@pytest.mark.parametrize(
    ("field", "value"),
    [("office", " "), ("document_number", ""), ("reason", "\n "), ("occurred", None)],
)
def test_a_formal_outcome_needs_office_date_document_and_reason(shared: Any, field: str, value: Any) -> None:
    _, police, case = shared
    with pytest.raises(InvalidInput) as refusal:
        service.decide(case, Verdict(**{**FORMAL, field: value}), by=police)
    assert refusal.value.field == {"occurred": "decided"}.get(field, field)
    assert queries.decisions_of(police, case.id) == []


@database
@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "not_screened"},
        {"status": "ActualVictimOfTrafficking"},
        {"status": "made_up"},
        {"country": "THA"},
        {"authority": "foreign_police"},
        {"authority": "made_up"},
        {"form": "made_up"},
        {"occurred": known(date(2199, 1, 1))},
    ],
)
def test_what_cannot_be_is_refused(shared: Any, wrong: dict[str, Any]) -> None:
    _, police, case = shared
    with pytest.raises(InvalidInput):
        service.decide(case, Verdict(**{**FORMAL, **wrong}), by=police)


@database
def test_thailand_yes_and_cambodia_pending_both_stand(shared: Any) -> None:
    ngo, police, case = shared
    abroad = {**FORMAL, "authority": "foreign_social_authority", "country": "THA"}
    service.decide(case, Verdict(**abroad), by=police)
    service.decide(case, Verdict(**{**PRESUMED, "status": "formal_pending", "authority": "moi_ahtjp"}), by=ngo)
    standing = {(found.decision.country, found.decision.status) for found in queries.decisions_of(police, case.id)}
    assert standing == {("THA", "formally_identified"), ("KHM", "formal_pending")}
    assert queries.identified_as([case.id]) == {case.id: "formal"}


@database
def test_a_decision_may_finish_the_station(shared: Any) -> None:
    ngo, _, case = shared
    service.decide(case, Verdict(**PRESUMED), by=ngo, station_done=True)
    assert db.session.get_one(CaseStation, (case.id, "identification")).state == "done"


@database
def test_a_decision_is_for_eyes_with_the_class() -> None:
    by = worker()
    case = case_of(by)
    service.decide(case, Verdict(**PRESUMED), by=by)
    other = worker()
    share(case, other, "identity", "trafficking_history", by=by)
    assert queries.decisions_of(other, case.id) == []


@database
def test_another_screening_than_ones_own_eyes_see_cannot_be_named(shared: Any) -> None:
    ngo, _, case = shared
    with pytest.raises(DomainError):
        service.decide(case, Verdict(**PRESUMED, screening_id=uuid4()), by=ngo)


@database
@pytest.mark.parametrize(("level", "days"), [("low", 90), ("medium", 30), ("high", 7), ("immediate", 1)])
def test_risk_sets_the_day_to_look_again_and_a_task(level: str, days: int) -> None:
    by = worker()
    case = case_of(by)
    row = service.assess_risk(case, by=by, level=level, safety_note="Planted note.")
    assert (case.risk_level, row.review_on) == (level, today() + timedelta(days=days))
    task = db.session.scalars(select(Task).where(Task.record_id == row.id)).one()
    assert task.due_at is not None
    assert task.due_at.astimezone(PHNOM_PENH).date() == row.review_on
    ((found, note),) = queries.risks_of(by, case.id)
    assert (found.id, note) == (row.id, "Planted note.")


@database
def test_a_new_assessment_replaces_the_review_and_keeps_the_history() -> None:
    by = worker()
    case = case_of(by)
    first = service.assess_risk(case, by=by, level="high", safety_note="")
    second = service.assess_risk(case, by=by, level="low", safety_note="")
    tasks = db.session.scalars(select(Task).where(Task.kind == "risk_review", Task.case_id == case.id))
    assert {task.record_id: task.state for task in tasks} == {first.id: "done", second.id: "open"}
    assert [row.level for row, _ in queries.risks_of(by, case.id)] == ["low", "high"]


@database
def test_not_assessed_is_no_assessment() -> None:
    by = worker()
    with pytest.raises(InvalidInput):
        service.assess_risk(case_of(by), by=by, level="not_assessed", safety_note="")


@database
def test_who_may_not_hold_the_class_does_not_assess_risk() -> None:
    ngo, police = worker(), worker("police_identifier")
    case = case_of(ngo)
    share(case, police, "identity", "needs_risk", by=ngo)
    with pytest.raises(NotAllowed):
        service.assess_risk(case, by=police, level="low", safety_note="")


ORGS = [UUID(int=n) for n in (1, 2)]
STATUSES = {
    "presumed_victim": "presumed",
    "no_indication": "presumed",
    "insufficient_information": "presumed",
    "formal_pending": "formal",
    "formal_declined_by_person": "formal",
    "formally_identified": "formal",
    "formally_not_identified": "formal",
}
ROWS = st.lists(
    st.builds(
        lambda status, authority, country, org: Decision(
            status=status,
            track=STATUSES[status],
            authority=authority,
            country=country,
            author_org_id=org,
            on_behalf_org_id=None,
            recorded_at=utcnow(),
        ),
        st.sampled_from(sorted(STATUSES)),
        st.sampled_from(["ngo", "moi_ahtjp"]),
        st.sampled_from(["KHM", "THA"]),
        st.sampled_from(ORGS),
    ),
    max_size=7,
)


@given(ROWS)
def test_formal_exactly_when_the_last_formal_word_of_some_authority_says_so(rows: list[Decision]) -> None:
    def last(row: Decision) -> bool:
        later = rows[rows.index(row) + 1 :]
        same = [
            other
            for other in later
            if other.track == row.track and other.authority == row.authority and other.country == row.country
        ]
        return not (same if row.track == "formal" else [o for o in same if o.author_org_id == row.author_org_id])

    standing = [row.status for row in rows if last(row)]
    if "formally_identified" in standing:
        expected = "formal"
    elif "presumed_victim" in standing or "formal_pending" in standing:
        expected = "presumed"
    else:
        expected = "no_indication" if "no_indication" in standing else "unknown"
    assert adds_up_to(rows) == expected


def test_one_offices_doubt_does_not_erase_anothers_presumption() -> None:
    rows = [
        Decision(status=status, track="presumed", authority="ngo", country="KHM", author_org_id=org)
        for status, org in (("presumed_victim", ORGS[0]), ("no_indication", ORGS[1]))
    ]
    assert adds_up_to(rows) == "presumed"


@database
def test_the_roles_that_decide_formally_are_data() -> None:
    assert Permission.IDENTIFICATION_DECIDE_FORMAL in actor("police_identifier").permissions
