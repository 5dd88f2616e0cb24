"""Who sees a case and what of it: the one predicate, from every side."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from casework.cases.models import Note
from casework.cases.queries import (
    Filters,
    carriers,
    case_bar,
    classes_of,
    find,
    get_case,
    list_cases,
    names_on_list,
    visible_cases,
    visible_records,
)
from casework.cases.service import add_note, bring_in, end_exclusion, exclude, let_go, refresh_access, take_on
from casework.db import at, db, utcnow
from casework.errors import NotAllowed, NotVisible
from tests import scenes as make


@pytest.fixture(autouse=True)
def database(session: Any) -> None:
    """Every test here stands on the database."""


def codes(by: Any) -> list[str]:
    return [row.case.code for row in list_cases(by, Filters()).rows]


def test_a_case_is_seen_by_its_owner_and_by_nobody_else() -> None:
    ours, theirs = make.user(make.office()), make.user(make.office())
    case = make.case(ours)
    assert codes(ours) == [case.code]
    assert codes(theirs) == []
    assert list_cases(theirs, Filters()).total == 0
    with pytest.raises(NotVisible):
        get_case(theirs, case.id)


def test_a_page_that_takes_a_case_past_the_predicate_is_told_so() -> None:
    stranger = make.user(make.office())
    case = make.case(make.user(make.office()))
    with pytest.raises(RuntimeError, match=r"begin at cases\.queries\.get_case"):
        case_bar(stranger, case)


def test_a_parent_ministry_inherits_nothing() -> None:
    ministry, province = make.office(), make.office()
    province.parent_id = ministry.id
    above = make.user(ministry)
    case = make.case(make.user(province))
    with pytest.raises(NotVisible):
        get_case(above, case.id)


def test_an_administrator_sees_no_case() -> None:
    organisation = make.office()
    case = make.case(make.user(organisation))
    for role in ("org_admin", "system_admin", "auditor", "observer"):
        actor = make.user(organisation, role)
        assert codes(actor) == []
        with pytest.raises(NotVisible):
            get_case(actor, case.id)


def test_a_grant_opens_its_classes_for_its_time_and_no_second_longer() -> None:
    ours, theirs = make.user(make.office()), make.user(make.office())
    case = make.case(ours)
    end = utcnow() + timedelta(days=10)
    make.grant(case, theirs.organisation_id, ["identity", "assistance"], ends_at=end)
    refresh_access(case)
    take_on(case, user_id=theirs.user_id, by=theirs)
    assert classes_of(theirs, case.id).all == {"identity", "assistance"}
    with at(end - timedelta(seconds=1)):
        assert codes(theirs) == [case.code]
    with at(end):
        assert codes(theirs) == []
        assert list_cases(theirs, Filters()).total == 0
        assert not classes_of(theirs, case.id).all
        assert find(theirs, "Testfamily") == []


def test_a_grant_that_has_not_begun_shows_nothing() -> None:
    ours, theirs = make.user(make.office()), make.user(make.office())
    case = make.case(ours)
    make.grant(case, theirs.organisation_id, ["identity"], starts_at=utcnow() + timedelta(days=1))
    refresh_access(case)
    take_on(case, user_id=theirs.user_id, by=theirs)
    assert codes(theirs) == []


def test_two_grants_overlap_and_one_ends() -> None:
    ours, theirs = make.user(make.office()), make.user(make.office())
    case = make.case(ours)
    first = make.grant(case, theirs.organisation_id, ["identity", "travel"])
    make.grant(case, theirs.organisation_id, ["identity"])
    refresh_access(case)
    take_on(case, user_id=theirs.user_id, by=theirs)
    first.ended_at, first.ended_reason = utcnow(), "consent_withdrawn"
    db.session.flush()
    refresh_access(case)
    assert classes_of(theirs, case.id).all == {"identity"}


def test_an_excluded_user_sees_nothing_until_the_exclusion_ends() -> None:
    organisation = make.office()
    supervisor, worker = make.user(organisation), make.user(organisation)
    case = make.case(supervisor, assignee_id=worker.user_id)
    assert codes(worker) == [case.code]
    row = exclude(case, user_id=worker.user_id, reason="related_to_person", by=supervisor)
    assert codes(worker) == []
    assert find(worker, case.code) == []
    end_exclusion(case, row.id, by=supervisor)
    assert codes(worker) == [case.code]


def test_scope_team_reaches_the_team_and_scope_assigned_only_the_own() -> None:
    organisation = make.office()
    one, two = make.team(organisation), make.team(organisation)
    boss = make.user(organisation, "supervisor", team=one)
    mate = make.user(organisation, "case_worker", team=one)
    other = make.user(organisation, "case_worker", team=two)
    clerk = make.user(organisation, "clerk", team=one)
    case = make.case(mate)
    assert codes(boss) == codes(mate) == [case.code]
    assert codes(other) == codes(clerk) == []


def test_the_owner_does_not_read_health_notes_of_another_office_without_consent() -> None:
    ours = make.user(make.office())
    clinic = make.office()
    nurse = make.user(clinic, "health_worker")
    case = make.case(ours)
    make.grant(case, clinic.id, ["identity", "health"])
    refresh_access(case)
    take_on(case, user_id=nurse.user_id, by=nurse)
    note = add_note(case, by=nurse, text="Fit to travel.", data_class="health")
    own_health = make.user(db.session.get_one(type(clinic), ours.organisation_id), "health_worker")
    take_on(case, user_id=own_health.user_id, by=own_health)
    seen = db.session.scalars(visible_records(nurse, Note)).all()
    assert [row.id for row in seen] == [note.id]
    assert db.session.scalars(visible_records(own_health, Note)).all() == []
    make.grant(case, ours.organisation_id, ["health"])
    refresh_access(case)
    assert [row.id for row in db.session.scalars(visible_records(own_health, Note))] == [note.id]


def test_a_role_writes_only_classes_it_may_read() -> None:
    ours = make.user(make.office(), "case_worker")
    with pytest.raises(NotAllowed):
        add_note(make.case(ours), by=ours, text="x", data_class="health")


def test_a_health_note_moves_no_colleagues_list() -> None:
    organisation = make.office()
    worker = make.user(organisation, "case_worker")
    nurse = make.user(organisation, "health_worker")
    older = make.case(worker, assignee_id=None)
    newer = make.case(worker)
    take_on(older, user_id=worker.user_id, by=worker)
    with at(utcnow() + timedelta(hours=1)):
        take_on(older, user_id=nurse.user_id, by=nurse)
        add_note(older, by=nurse, text="x", data_class="health")
        take_on(older, user_id=worker.user_id, by=worker)
        assert codes(worker) == [newer.code, older.code]
        add_note(older, by=worker, text="x")
        assert codes(worker) == [older.code, newer.code]


def test_names_stand_only_on_the_lists_of_the_own_office() -> None:
    ours, theirs = make.user(make.office()), make.user(make.office())
    case = make.case(ours)
    make.grant(case, theirs.organisation_id, ["identity"])
    refresh_access(case)
    take_on(case, user_id=theirs.user_id, by=theirs)
    assert names_on_list(ours, [case]) == {case.id: "Testfamily Given"}
    assert names_on_list(theirs, [case]) == {}


def test_search_finds_by_code_and_by_words_in_any_order_within_the_predicate() -> None:
    ours, theirs = make.user(make.office()), make.user(make.office())
    case = make.case(ours)
    assert [c.id for c in find(ours, "given TESTFAMILY")] == [case.id]
    assert [c.id for c in find(ours, case.code.lower().replace("-", " "))] == [case.id]
    assert find(theirs, "Testfamily Given") == [] == find(theirs, case.code)


def test_an_unpublished_case_of_a_running_import_is_seen_by_nobody() -> None:
    ours = make.user(make.office())
    case = make.case(ours)
    case.published = False
    db.session.flush()
    assert codes(ours) == []
    assert find(ours, case.code) == []
    with pytest.raises(NotVisible):
        get_case(ours, case.id)


def test_keyset_pages_hold_every_case_once() -> None:
    ours = make.user(make.office())
    made = {make.case(ours).id for _ in range(7)}
    got, cursor = [], None
    while True:
        page = list_cases(ours, Filters(), after=cursor, limit=3, counted=5)
        assert page.total == min(5, 7 - len(got))
        got, cursor = [*got, *(row.case.id for row in page.rows)], page.next
        if cursor is None:
            break
    assert len(got) == 7
    assert set(got) == made


def test_a_nurse_may_help_beside_the_colleague_who_carries_the_case() -> None:
    organisation = make.office()
    boss = make.user(organisation)
    worker, nurse = make.user(organisation, "case_worker"), make.user(organisation, "health_worker")
    case = make.case(boss, assignee_id=worker.user_id)
    assert codes(nurse) == []
    row = bring_in(case, user_id=nurse.user_id, by=boss, reason="skills")
    assert codes(nurse) == [case.code] == codes(worker)
    assert carriers(boss, [case.id]) == {case.id: worker.user_id}
    let_go(case, row.id, by=boss)
    assert codes(nurse) == []


@pytest.mark.one_engine
def test_what_is_open_of_a_case_is_looked_up_by_the_key_of_its_table() -> None:
    """On SQLite the predicate costs half as much so; the statement's text is looked for by its words (predicate.py)."""
    by = make.user(make.office())
    words = str(visible_cases(by).compile(db.engine))
    assert words.count("AS live") == words.count("AS live INDEXED BY sqlite_autoindex_case_access_class_1") == 1
