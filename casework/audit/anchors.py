"""The outside copy: a file of heads and Merkle roots on another host or on paper, appended to and never rewritten.

Lines: `head STREAM SEQ MAC` for each chain that moved since the last anchor, then one closing line
`anchor NUMBER TIME COUNT ROOT PREVIOUS PROOF`: how many chains, the Merkle root over all their heads, the root before,
and a keyed hash. The closing line alone is enough to print as a QR code.
"""

from __future__ import annotations

import hmac
import os
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from casework.audit import chain
from casework.audit.models import AuditHead
from casework.db import db, utcnow
from casework.errors import InvalidInput, n_
from casework.vault.keys import ring

Heads = dict[uuid.UUID, tuple[int, bytes]]


@dataclass
class Anchored:
    """What an anchor file says: the newest head it knows of each chain, how many anchors, and its faults."""

    heads: Heads = field(default_factory=dict)
    number: int = 0
    root: str = chain.START.hex()
    faults: list[str] = field(default_factory=list)


def read(file: Path, until: datetime | None = None) -> Anchored:
    """Read an anchor file and check it against itself. Raises InvalidInput when it can't be read at all.

    With `until` later anchors are left aside: a restored backup can't know what came after it.
    """
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(n_("The anchor file can't be read.")) from error
    found = Anchored()
    pending: Heads = {}
    for number, line in enumerate(lines, start=1):
        try:
            if until is not None and line.startswith("anchor ") and datetime.fromisoformat(line.split()[2]) > until:
                return found
            _take(found, pending, line.split())
        except (ValueError, IndexError):
            found.faults.append(f"line {number} of the anchor file is damaged")
    if pending:
        found.faults.append("the last anchor of the file is unfinished")
    return found


def _take(found: Anchored, pending: Heads, words: list[str]) -> None:
    """Take one line into account."""
    if words[0] == "head" and len(words) == 4:
        pending[uuid.UUID(words[1])] = (int(words[2]), bytes.fromhex(words[3]))
        return
    if words[0] != "anchor" or len(words) != 7:
        raise ValueError
    found.heads.update(pending)
    pending.clear()
    number, root = int(words[1]), words[4]
    body, proof = " ".join(words[:6]), words[6]
    if not hmac.compare_digest(proof, chain.anchor_proof(ring().audit_key, body)):
        found.faults.append(f"anchor {number} was not made with the audit key of this installation")
    if number != found.number + 1 or words[5] != found.root:
        found.faults.append(f"anchor {number} does not follow the one before it")
    if _root(found.heads) != root or int(words[3]) != len(found.heads):
        found.faults.append(f"the heads of anchor {number} do not give its root")
    found.number, found.root = number, root


def _root(heads: Heads) -> str:
    return chain.merkle_root(chain.leaf(stream, *heads[stream]) for stream in sorted(heads)).hex()


def _standing() -> Heads:
    """All heads, in one statement and so of one moment."""
    columns = select(AuditHead.stream_id, AuditHead.seq, AuditHead.mac).where(AuditHead.seq > 0)
    return {stream: (seq, mac) for stream, seq, mac in db.session.execute(columns)}


def root_of_all() -> tuple[int, str]:
    """How many chains there are, and the Merkle root over all their heads: what a backup says about the audit."""
    heads = _standing()
    return len(heads), _root(heads)


def append(file: Path) -> int:
    """Append one anchor to `file` (made when absent, mode 0600); gives how many chains moved since the last.

    Refuses to append to a file that is damaged, and when a chain is shorter than the file knows: that is a finding
    for `verify`, and a new anchor must not cover it.
    """
    before = read(file) if file.exists() else Anchored()
    now = _standing()
    lost = [stream for stream, (seq, _) in before.heads.items() if now.get(stream, (0, b""))[0] < seq]
    if before.faults or lost:
        raise InvalidInput(n_("The anchor file and the audit differ. Run `casework audit verify --anchor` first."))
    moved = {stream: head for stream, head in now.items() if before.heads.get(stream) != head}
    lines = [f"head {stream} {moved[stream][0]} {moved[stream][1].hex()}" for stream in sorted(moved)]
    moment = chain.moment(utcnow()).decode()
    closing = f"anchor {before.number + 1} {moment} {len(now)} {_root(now)} {before.root}"
    lines.append(f"{closing} {chain.anchor_proof(ring().audit_key, closing)}")
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as stream_out:
        stream_out.write("\n".join(lines) + "\n")
        stream_out.flush()
        os.fsync(stream_out.fileno())
    return len(moved)
