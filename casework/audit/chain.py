"""The arithmetic of the chain: keyed hashes of events and heads, and the Merkle root of many. No database."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

START = bytes(32)
"""What stands before the first event of a stream."""


def _joined(parts: Iterable[bytes]) -> bytes:
    return b"".join(len(part).to_bytes(4) + part for part in parts)


def _id(value: uuid.UUID | None) -> bytes:
    return b"" if value is None else value.bytes


def moment(at: datetime) -> bytes:
    """The time as it is hashed: UTC to the microsecond, the same on both engines."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").encode()


def event_mac(key: bytes, row: Any, previous: bytes) -> bytes:
    """HMAC-SHA256 over the stored bytes of an event (an AuditEvent or a row of its columns) and the hash before it."""
    parts = (
        b"event", row.stream_id.bytes, row.stream_kind.encode(), row.seq.to_bytes(8), previous, row.id.bytes,
        moment(row.at), _id(row.user_id), _id(row.organisation_id), _id(row.session_id), row.action.encode(),
        (row.subject_kind or "").encode(), _id(row.subject_id), row.case_ids,
        hashlib.sha256(row.body.encode()).digest(),
    )  # fmt: skip
    return hmac.digest(key, _joined(parts), "sha256")


def head_proof(key: bytes, stream_id: uuid.UUID, seq: int, mac: bytes) -> bytes:
    """HMAC-SHA256 that lets nobody without the key set a head back to an older event."""
    return hmac.digest(key, _joined((b"head", stream_id.bytes, seq.to_bytes(8), mac)), "sha256")


def anchor_proof(key: bytes, line: str) -> str:
    """HMAC-SHA256 of the closing line of an anchor, in hexadecimal."""
    return hmac.digest(key, _joined((b"anchor", line.encode())), "sha256").hex()


def leaf(stream_id: uuid.UUID, seq: int, mac: bytes) -> bytes:
    """Merkle leaf of one head (prefix 0)."""
    return hashlib.sha256(b"\x00" + stream_id.bytes + seq.to_bytes(8) + mac).digest()


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """Root of a Merkle tree (node prefix 1; an odd one moves up unchanged); zeros when there is nothing."""
    level = list(leaves)
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0] if level else START


def packed(case_ids: Iterable[uuid.UUID]) -> bytes:
    """Ids as they are stored in an event: distinct, ascending, 16 bytes each."""
    return b"".join(sorted({case_id.bytes for case_id in case_ids}))


def unpacked(case_ids: bytes) -> list[uuid.UUID]:
    """The ids in `packed`."""
    return [uuid.UUID(bytes=case_ids[at : at + 16]) for at in range(0, len(case_ids) - 15, 16)]
