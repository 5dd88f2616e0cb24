"""Recording: the chain it makes, whom a page view concerns, and what may not be written into it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import scoped_session

from casework.audit import chain
from casework.audit.models import AuditEvent, AuditHead
from casework.audit.queries import who_has_seen
from casework.audit.recorder import SYSTEM, diff, record
from casework.audit.verify import verify
from casework.db import at, uuid7
from casework.vault.models import LegalHold

NOON = datetime(2026, 3, 1, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Worker:
    """Whoever acts in these tests."""

    user_id: uuid.UUID
    organisation_id: uuid.UUID
    session_id: uuid.UUID | None = None


BY = Worker(uuid7(), uuid7(), uuid7())
CASE, OTHER_CASE = uuid7(), uuid7()


def chain_of(session: scoped_session, stream_id: uuid.UUID) -> list[tuple[int, str]]:
    session.flush()
    rows = session.execute(
        select(AuditEvent.seq, AuditEvent.action).where(AuditEvent.stream_id == stream_id).order_by(AuditEvent.seq)
    )
    return [(seq, action) for seq, action in rows]


def test_acts_on_a_case_make_one_chain_and_views_of_lists_the_users(session: scoped_session) -> None:
    record(BY, "case.opened", case_id=CASE)
    record(BY, "case.assigned", case_id=CASE, body={"to": uuid7()})
    session.flush()
    record(BY, "list.viewed", cases=[CASE, OTHER_CASE])
    record(BY, "case.opened", case_id=OTHER_CASE)
    record(SYSTEM, "sweep.done")
    assert chain_of(session, CASE) == [(1, "case.opened"), (2, "case.assigned")]
    assert chain_of(session, OTHER_CASE) == [(1, "case.opened")]
    assert chain_of(session, BY.user_id) == [(1, "list.viewed")]
    assert chain_of(session, uuid.UUID(int=0)) == [(1, "sweep.done")]
    assert verify() == []


def test_each_event_is_tied_to_the_one_before_it(session: scoped_session) -> None:
    first, second = record(BY, "a", case_id=CASE), record(BY, "b", case_id=CASE)
    session.flush()
    head = session.get_one(AuditHead, CASE)
    session.refresh(head)
    assert (head.seq, head.mac) == (2, second.mac)
    assert first.mac != second.mac
    assert len(first.mac) == 32


def test_an_event_of_an_undone_act_is_undone_too(session: scoped_session) -> None:
    record(BY, "kept", case_id=CASE)
    session.flush()
    savepoint = session.begin_nested()
    record(BY, "undone", case_id=CASE)
    session.flush()
    savepoint.rollback()
    record(BY, "after", case_id=CASE)
    assert chain_of(session, CASE) == [(1, "kept"), (2, "after")]
    assert verify() == []


def test_who_has_seen_a_case_comes_newest_first_in_pages(session: scoped_session) -> None:
    for hour in range(5):
        with at(NOON + timedelta(hours=hour)):
            record(BY, f"viewed.{hour}", case_id=CASE if hour % 2 else None, cases=[CASE, OTHER_CASE])
    session.flush()
    first = who_has_seen(CASE, limit=3)
    assert [one.action for one in first] == ["viewed.4", "viewed.3", "viewed.2"]
    assert first[0].at == NOON + timedelta(hours=4)
    assert first[0].user_id == BY.user_id
    rest = who_has_seen(CASE, after=first[-1].key, limit=3)
    assert [one.action for one in rest] == ["viewed.1", "viewed.0"]
    assert who_has_seen(uuid7()) == []


def test_a_case_shown_twice_on_one_page_is_one_entry(session: scoped_session) -> None:
    record(BY, "list.viewed", case_id=CASE, cases=[CASE, CASE])
    session.flush()
    assert len(who_has_seen(CASE)) == 1


def test_bodies_hold_ids_and_codes(session: scoped_session) -> None:
    row = record(BY, "x", case_id=CASE, body={"ids": {CASE}, "on": NOON.date(), "count": 3, "none": None, "ok": True})
    assert row.body == f'{{"count":3,"ids":["{CASE}"],"none":null,"ok":true,"on":"2026-03-01"}}'


@pytest.mark.parametrize(("value", "error"), [("long text " * 40, ValueError), (object(), TypeError), (1.5, TypeError)])
def test_bodies_refuse_text_and_unknown_things(session: scoped_session, value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        record(BY, "x", case_id=CASE, body={"value": value})


def test_diff_tells_names_of_changed_columns_and_no_values(session: scoped_session) -> None:
    row = LegalHold(
        id=uuid7(), person_id=uuid7(), organisation_id=uuid7(), reason="court", placed_by=uuid7(), placed_at=NOON
    )
    session.add(row)
    session.flush()
    assert diff(row) == []
    row.lifted_at, row.lifted_by, row.reason = NOON, uuid7(), "court"
    assert diff(row) == ["lifted_at", "lifted_by"]


def test_the_program_itself_cannot_change_an_event(session: scoped_session) -> None:
    row = record(BY, "x", case_id=CASE)
    session.flush()
    row.action = "y"
    with pytest.raises(RuntimeError):
        session.flush()


def test_time_is_hashed_alike_however_the_engine_keeps_it(session: scoped_session) -> None:
    with at(datetime(2026, 3, 1, 5, 0, 0, 123456, tzinfo=UTC)):
        record(BY, "x", case_id=CASE)
    session.flush()
    session.execute(text("SELECT 1"))
    session.expire_all()
    assert verify() == []


def test_merkle_root_tells_apart_order_number_and_content() -> None:
    leaves = [chain.leaf(CASE, number, bytes([number])) for number in range(5)]
    roots = {chain.merkle_root(leaves), chain.merkle_root(leaves[:4]), chain.merkle_root(leaves[::-1]),
             chain.merkle_root([*leaves, leaves[-1]]), chain.merkle_root([])}  # fmt: skip
    assert len(roots) == 5
