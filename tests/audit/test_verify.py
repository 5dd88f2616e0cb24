"""Every tamper with the record is found; before each the record is shown to be whole."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import scoped_session

from casework.audit.models import AuditEvent, AuditHead, AuditSubject
from casework.audit.recorder import record
from casework.audit.verify import anchor, verify
from casework.db import uuid7
from casework.errors import InvalidInput
from tests.audit.test_recorder import BY

EVENT, HEAD, SUBJECT = AuditEvent.__table__, AuditHead.__table__, AuditSubject.__table__
CASES = sorted(uuid7() for _ in range(4))


@pytest.fixture
def chains(session: scoped_session) -> scoped_session:
    """Four cases with five events each, and a list view of all; whole as yet."""
    for _ in range(5):
        for case_id in CASES:
            record(BY, "case.changed", case_id=case_id, body={"field": "status"})
        session.flush()
    record(BY, "list.viewed", cases=CASES)
    session.flush()
    session.expunge_all()
    assert verify() == []
    return session


def event_id(session: scoped_session, seq: int, case_id: uuid.UUID = CASES[1]) -> uuid.UUID:
    return session.scalars(select(AuditEvent.id).where(EVENT.c.stream_id == case_id, EVENT.c.seq == seq)).one()


def cut(session: scoped_session, keep: int, case_id: uuid.UUID = CASES[1]) -> None:
    """Remove the newest events of a chain and what was derived from them."""
    gone = select(EVENT.c.id).where(EVENT.c.stream_id == case_id, EVENT.c.seq > keep)
    session.execute(delete(SUBJECT).where(SUBJECT.c.event_id.in_(gone)))
    session.execute(delete(EVENT).where(EVENT.c.stream_id == case_id, EVENT.c.seq > keep))


@pytest.mark.parametrize(
    "change",
    [
        {"body": '{"field":"name"}'},
        {"action": "case.viewed"},
        {"user_id": uuid7()},
        {"organisation_id": None},
        {"session_id": None},
        {"case_ids": b""},
        {"stream_kind": "user"},
        {"mac": bytes(32)},
    ],
)
def test_an_edit_is_found_at_its_event(chains: scoped_session, change: dict[str, object]) -> None:
    edited = event_id(chains, 3)
    chains.execute(update(EVENT).where(EVENT.c.id == edited).values(change))
    found = verify()
    assert [(one.stream_id, one.seq, one.event_id) for one in found] == [(CASES[1], 3, edited)]


def test_an_edit_with_its_own_hash_made_anew_without_the_key_is_found(chains: scoped_session) -> None:
    edited = event_id(chains, 5)
    forged = hmac.digest(b"a guessed key", hashlib.sha256(b"anything").digest(), "sha256")
    chains.execute(update(EVENT).where(EVENT.c.id == edited).values(body="{}", mac=forged))
    chains.execute(update(HEAD).where(HEAD.c.stream_id == CASES[1]).values(mac=forged))
    assert [one.event_id for one in verify()] == [edited]


def test_a_deletion_in_the_middle_is_found(chains: scoped_session) -> None:
    gone = event_id(chains, 3)
    chains.execute(delete(SUBJECT).where(SUBJECT.c.event_id == gone))
    chains.execute(delete(EVENT).where(EVENT.c.id == gone))
    assert [(one.stream_id, one.seq) for one in verify()] == [(CASES[1], 3)]


def test_a_deletion_with_the_rest_numbered_anew_is_found(chains: scoped_session) -> None:
    gone = event_id(chains, 3)
    chains.execute(delete(EVENT).where(EVENT.c.id == gone))
    for seq in (4, 5):
        rule = (EVENT.c.stream_id == CASES[1]) & (EVENT.c.seq == seq)
        chains.execute(update(EVENT).where(rule).values(seq=seq - 1))
    assert [(one.stream_id, one.seq) for one in verify()] == [(CASES[1], 3)]


def test_two_events_swapped_are_found(chains: scoped_session) -> None:
    second, third = event_id(chains, 2), event_id(chains, 3)
    for one, seq in ((second, 99), (third, 2), (second, 3)):
        chains.execute(update(EVENT).where(EVENT.c.id == one).values(seq=seq))
    assert [(one.stream_id, one.seq) for one in verify()] == [(CASES[1], 2)]


def test_an_event_moved_to_another_chain_is_found(chains: scoped_session) -> None:
    moved = event_id(chains, 5)
    chains.execute(update(EVENT).where(EVENT.c.id == moved).values(stream_id=CASES[2], seq=6))
    assert {one.stream_id for one in verify()} == {CASES[1], CASES[2]}


def test_newest_events_cut_off_are_found(chains: scoped_session) -> None:
    cut(chains, 3)
    found = [(one.stream_id, one.seq, one.problem) for one in verify()]
    assert found == [(CASES[1], 4, "the newest events were cut off")]


def test_a_removed_chain_is_found(chains: scoped_session) -> None:
    cut(chains, 0)
    assert [(one.stream_id, one.problem) for one in verify()] == [(CASES[1], "a whole chain was removed")]


def test_a_cut_with_the_head_set_back_without_the_key_is_found(chains: scoped_session) -> None:
    mac = chains.scalars(select(EVENT.c.mac).where(EVENT.c.stream_id == CASES[1], EVENT.c.seq == 3)).one()
    cut(chains, 3)
    chains.execute(update(HEAD).where(HEAD.c.stream_id == CASES[1]).values(seq=3, mac=mac))
    assert [one.problem for one in verify()] == ["the head was changed"]


def test_a_removed_head_is_found(chains: scoped_session) -> None:
    chains.execute(delete(HEAD).where(HEAD.c.stream_id == CASES[1]))
    assert [(one.stream_id, one.problem) for one in verify()] == [(CASES[1], "the head is missing")]


@pytest.mark.parametrize("planted", [True, False])
def test_a_changed_list_of_who_has_seen_what_is_found(chains: scoped_session, planted: bool) -> None:
    some = chains.execute(select(SUBJECT).limit(1)).mappings().one()
    if planted:
        chains.execute(SUBJECT.insert(), [{**some, "case_id": uuid7()}])
    else:
        rule = (SUBJECT.c.case_id == some["case_id"]) & (SUBJECT.c.event_id == some["event_id"])
        chains.execute(delete(SUBJECT).where(rule))
    assert [one.problem for one in verify()] == ["the list of who has seen what is not the one that was recorded"]


def remove_chain(session: scoped_session) -> None:
    cut(session, 0)
    session.execute(delete(HEAD).where(HEAD.c.stream_id == CASES[1]))


def set_back(session: scoped_session) -> None:
    """Events cut off, and a head row of that time put back from an old copy."""
    cut(session, 3)
    session.execute(delete(HEAD).where(HEAD.c.stream_id == CASES[1]))
    session.execute(HEAD.insert(), [session.info["old head"]])


@pytest.mark.parametrize("tamper", [remove_chain, set_back])
def test_only_the_outside_copy_knows_of_a_chain_cut_with_its_head(
    session: scoped_session, tmp_path: Path, tamper: Callable[[scoped_session], None]
) -> None:
    file = tmp_path / "anchor.txt"
    for number in range(5):
        for case_id in CASES:
            record(BY, "case.changed", case_id=case_id)
        session.flush()
        if number == 2:
            old = session.execute(select(HEAD).where(HEAD.c.stream_id == CASES[1])).mappings().one()
            session.info["old head"] = dict(old)
            assert anchor(file) == 4
    assert anchor(file) == 4
    assert verify(file) == []
    tamper(session)
    assert verify() == []
    assert [one.stream_id for one in verify(file)] == [CASES[1]]
    with pytest.raises(InvalidInput):
        anchor(file)  # a new anchor must not cover what the old one knows


def test_an_anchor_grows_only_by_what_moved(chains: scoped_session, tmp_path: Path) -> None:
    file = tmp_path / "anchor.txt"
    assert anchor(file) == 5
    before = file.read_text()
    assert anchor(file) == 0
    record(BY, "case.changed", case_id=CASES[0])
    chains.flush()
    assert anchor(file) == 1
    assert file.read_text().startswith(before)
    kinds = [line.split()[0] for line in file.read_text().splitlines()]
    assert kinds == ["head"] * 5 + ["anchor"] * 2 + ["head", "anchor"]
    assert file.stat().st_mode & 0o777 == 0o600
    record(BY, "case.changed", case_id=CASES[0])
    chains.flush()
    assert verify(file) == []


@pytest.mark.parametrize("tamper", ["first line", "middle anchor", "last line", "rubbish", "digit"])
def test_a_changed_anchor_file_is_found(chains: scoped_session, tmp_path: Path, tamper: str) -> None:
    file = tmp_path / "anchor.txt"
    anchor(file)
    anchor(file)
    assert verify(file) == []
    lines = file.read_text().splitlines()
    changed = {
        "first line": lines[1:],
        "middle anchor": [*lines[:5], *lines[6:]],
        "last line": [*lines, lines[0]],
        "rubbish": [*lines, "anchor x"],
        "digit": [line.replace(" 5 ", " 4 ") if line.startswith("head") else line for line in lines],
    }[tamper]
    assert changed != lines
    file.write_text("\n".join(changed) + "\n")
    assert verify(file) != []
    with pytest.raises(InvalidInput):
        anchor(file)


def test_an_anchor_file_that_cannot_be_read_is_bad_input(chains: scoped_session, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        verify(tmp_path / "absent.txt")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidInput):
        verify(tmp_path / "bytes")
