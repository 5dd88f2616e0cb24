"""Walks every chain and says where one breaks: edits, gaps, cuts, removed chains, and what the outside copy knows."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import select

from casework.audit import anchors, chain
from casework.audit.models import AuditEvent, AuditHead, AuditSubject
from casework.db import db
from casework.vault.keys import ring

BATCH = 1_000


@dataclass(frozen=True)
class Finding:
    """One difference: what is wrong, in which chain, and the first event it was seen at."""

    problem: str
    stream_id: uuid.UUID | None = None
    seq: int | None = None
    event_id: uuid.UUID | None = None

    def __str__(self) -> str:
        where = "" if self.stream_id is None else f" in chain {self.stream_id}"
        which = "" if self.seq is None else f" at event {self.seq}"
        return self.problem + where + which + ("" if self.event_id is None else f" ({self.event_id})")


class Sum:
    """Compares two large sets without keeping them: count and sum of hashes, in any order."""

    def __init__(self) -> None:
        self.count = 0
        self.total = 0

    def add(self, case_id: uuid.UUID, at: datetime, event_id: uuid.UUID) -> None:
        """Count one element."""
        digest = hashlib.blake2b(case_id.bytes + chain.moment(at) + event_id.bytes, digest_size=16).digest()
        self.count += 1
        self.total = (self.total + int.from_bytes(digest)) % (1 << 128)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and (self.count, self.total) == (other.count, other.total)

    __hash__ = None  # type: ignore[assignment]


def verify(anchor_file: Path | None = None, until: datetime | None = None) -> list[Finding]:
    """Recompute every event and compare heads, the derived list of subjects and, if given, the outside copy.

    With `until` the outside copy counts up to that moment only.

    An empty list means that nothing was changed, left out or cut. Without the outside copy a chain that was cut
    together with its head, by somebody who can also put back an older head row, is not seen.
    """
    known = anchors.read(anchor_file, until) if anchor_file is not None else anchors.Anchored()
    findings = [Finding(fault) for fault in known.faults]
    columns = select(AuditHead.stream_id, AuditHead.seq, AuditHead.mac, AuditHead.proof)
    heads = {stream: (seq, mac, proof) for stream, seq, mac, proof in db.session.execute(columns)}
    expected = Sum()
    seen: set[uuid.UUID] = set()
    for stream_id, events in groupby(_events(), key=lambda row: row.stream_id):
        seen.add(stream_id)
        findings.extend(_check_stream(stream_id, events, heads.get(stream_id), known.heads.get(stream_id), expected))
    findings.extend(_check_absent(seen, heads, known.heads))
    if not findings and expected != _subjects():
        findings.append(Finding("the list of who has seen what is not the one that was recorded"))
    return findings


def anchor(file: Path) -> int:
    """Append an anchor to an outside file; gives how many chains moved since its last one."""
    return anchors.append(file)


def _events() -> Iterator[Any]:
    """The stored columns of all events by chain and number, a batch at a time."""
    ordered = select(*AuditEvent.__table__.columns).order_by(AuditEvent.stream_id, AuditEvent.seq)
    return iter(db.session.execute(ordered.execution_options(yield_per=BATCH)))


def _check_stream(
    stream_id: uuid.UUID,
    events: Iterable[Any],
    head: tuple[int, bytes, bytes] | None,
    anchored: tuple[int, bytes] | None,
    expected: Sum,
) -> list[Finding]:
    """The findings of one chain; after the first broken event the rest of the chain is not judged."""
    key, previous, seq = ring().audit_key, chain.START, 0
    broken: Finding | None = None
    for row in events:
        for case_id in chain.unpacked(row.case_ids):
            expected.add(case_id, row.at, row.id)
        if broken is None and row.seq != seq + 1:
            broken = Finding("an event is missing", stream_id, seq + 1, row.id)
        if broken is None and not hmac.compare_digest(row.mac, chain.event_mac(key, row, previous)):
            broken = Finding("an event was changed", stream_id, row.seq, row.id)
        if broken is None and anchored is not None and anchored[0] == row.seq and anchored[1] != row.mac:
            broken = Finding("an event is not the one the anchor knows", stream_id, row.seq, row.id)
        seq, previous = row.seq, row.mac
    if broken is not None:
        return [broken]
    if anchored is not None and anchored[0] > seq:
        return [Finding("the newest events the anchor knows were cut off", stream_id, seq + 1)]
    return _check_head(stream_id, seq, previous, head)


def _check_head(stream_id: uuid.UUID, seq: int, mac: bytes, head: tuple[int, bytes, bytes] | None) -> list[Finding]:
    if head is None:
        return [Finding("the head is missing", stream_id, seq)]
    if not hmac.compare_digest(head[2], chain.head_proof(ring().audit_key, stream_id, head[0], head[1])):
        return [Finding("the head was changed", stream_id, head[0])]
    if head[0] > seq:
        return [Finding("the newest events were cut off", stream_id, seq + 1)]
    if (head[0], head[1]) != (seq, mac):
        return [Finding("the head is not the one of the newest event", stream_id, seq)]
    return []


def _check_absent(
    seen: set[uuid.UUID], heads: dict[uuid.UUID, tuple[int, bytes, bytes]], anchored: anchors.Heads
) -> list[Finding]:
    """Chains that heads or anchors know and of which not one event is left."""
    known = {stream for stream, head in heads.items() if head[0] > 0} | set(anchored)
    return [Finding("a whole chain was removed", stream, 1) for stream in sorted(known - seen)]


def _subjects() -> Sum:
    found = Sum()
    columns = select(AuditSubject.case_id, AuditSubject.at, AuditSubject.event_id)
    for case_id, at, event_id in db.session.execute(columns.execution_options(yield_per=BATCH)):
        found.add(case_id, at, event_id)
    return found
