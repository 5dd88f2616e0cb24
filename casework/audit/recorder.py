"""Writes audit events: `record` names the act, the flush chains it, all in the transaction of the act itself."""

from __future__ import annotations

import enum
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import event, inspect, select, update
from sqlalchemy.orm import Session, UOWTransaction

from casework.audit import chain
from casework.audit.models import AuditEvent, AuditHead, AuditSubject
from casework.db import db, utcnow, uuid7
from casework.vault.keys import ring
from casework.vault.upsert import insert_missing

NOBODY = uuid.UUID(int=0)
"""Stream of acts of the program itself."""
LONGEST = 200
"""Characters a text in a body may have: codes and names of fields are short, narrative is not."""


class Doer(Protocol):
    """Whoever acts: a signed-in actor, or the system."""

    @property
    def user_id(self) -> uuid.UUID | None:
        """Id of the user; None for the system."""

    @property
    def organisation_id(self) -> uuid.UUID | None:
        """Organisation the user acts for."""

    @property
    def session_id(self) -> uuid.UUID | None:
        """Session the act came from."""


@dataclass(frozen=True)
class System:
    """The program itself: jobs and commands."""

    user_id: uuid.UUID | None = None
    organisation_id: uuid.UUID | None = None
    session_id: uuid.UUID | None = None


SYSTEM = System()


def record(
    by: Doer,
    action: str,
    *,
    case_id: uuid.UUID | None = None,
    subject: tuple[str, uuid.UUID] | None = None,
    body: Mapping[str, Any] | None = None,
    cases: Iterable[uuid.UUID] = (),
) -> AuditEvent:
    """Record that `by` did `action` (such as 'case.assigned'): one event, written with the next flush.

    It goes to the chain of `case_id`, else of the user, else of the system. `cases` are further cases concerned or
    shown. `body` holds ids, codes, counts and names of changed fields; never a value that is sealed elsewhere.
    """
    stream_id, kind = _stream(by, case_id)
    row = AuditEvent(
        id=uuid7(), stream_id=stream_id, stream_kind=kind, at=utcnow(), action=str(action),
        user_id=by.user_id, organisation_id=by.organisation_id, session_id=by.session_id,
        subject_kind=subject[0] if subject else None, subject_id=subject[1] if subject else None,
        case_ids=chain.packed([*cases, *([case_id] if case_id else [])]),
        body=json.dumps(_plain(body or {}), separators=(",", ":"), sort_keys=True),
    )  # fmt: skip
    db.session.add(row)
    return row


def diff(row: object) -> list[str]:
    """Names of the columns of a row changed since it was loaded; call before the flush. Values are not told."""
    state = inspect(row)
    changed: list[str] = [
        column.key
        for column in state.mapper.column_attrs
        if column.key != "version" and state.attrs[column.key].history.has_changes()
    ]
    return sorted(changed)


def _stream(by: Doer, case_id: uuid.UUID | None) -> tuple[uuid.UUID, str]:
    if case_id is not None:
        return case_id, "case"
    return (by.user_id, "user") if by.user_id is not None else (NOBODY, "system")


def _plain(value: Any) -> Any:
    """The value in words of JSON. Long texts are refused: they would be narrative."""
    if isinstance(value, enum.Enum):
        return _plain(value.value)
    if isinstance(value, str):
        if len(value) > LONGEST:
            raise ValueError("an audit body holds ids and codes, not text")
        return value
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [_plain(item) for item in items]
    raise TypeError(f"an audit body can't hold a {type(value).__name__}")


def _heads(session: Session, streams: Mapping[uuid.UUID, str]) -> dict[uuid.UUID, tuple[int, bytes]]:
    """The heads of these streams, held until the transaction ends; asked for in ascending order against deadlocks."""
    key, ordered = ring().audit_key, sorted(streams)
    wanted = (
        select(AuditHead.stream_id, AuditHead.seq, AuditHead.mac, AuditHead.proof)
        .where(AuditHead.stream_id.in_(ordered))
        .order_by(AuditHead.stream_id)
        .with_for_update()
    )
    rows = session.execute(wanted).all()
    if len(rows) < len(ordered):
        known = {row.stream_id for row in rows}
        proof = chain.head_proof
        insert_missing(session, AuditHead, [
            {"stream_id": one, "stream_kind": streams[one], "seq": 0, "mac": chain.START,
             "proof": proof(key, one, 0, chain.START)}
            for one in ordered if one not in known
        ])  # fmt: skip
        rows = session.execute(wanted).all()
    return {row.stream_id: (row.seq, row.mac) for row in rows}


@event.listens_for(Session, "before_flush")
def _chain(session: Session, context: UOWTransaction, instances: Any) -> None:
    """Give every new event its number and hash and move the heads, in the flush that writes the act itself."""
    new = [row for row in session.new if isinstance(row, AuditEvent) and row.mac is None]
    if not new:
        return
    key = ring().audit_key
    with session.no_autoflush:
        heads = _heads(session, {row.stream_id: row.stream_kind for row in new})
    for row in sorted(new, key=lambda one: (one.stream_id, one.id)):
        seq, previous = heads[row.stream_id]
        row.seq = seq + 1
        row.mac = chain.event_mac(key, row, previous)
        heads[row.stream_id] = (row.seq, row.mac)
    moved = [
        {"stream_id": one, "seq": seq, "mac": mac, "proof": chain.head_proof(key, one, seq, mac)}
        for one, (seq, mac) in heads.items()
    ]
    with session.no_autoflush:
        session.execute(update(AuditHead), moved)
        insert_missing(session, AuditSubject, _subjects(new))


def _subjects(rows: Sequence[AuditEvent]) -> list[dict[str, Any]]:
    return [
        {"case_id": case_id, "at": row.at, "event_id": row.id}
        for row in rows
        for case_id in chain.unpacked(row.case_ids)
    ]
