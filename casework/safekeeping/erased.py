"""Erasures done since a backup: the list that says which, and doing them again in what was restored."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, delete, exists, select

from casework.db import at, db, utcnow
from casework.safekeeping.errors import Unusable
from casework.vault import upkeep
from casework.vault.models import DataKey, PostingLedger, Tombstone
from casework.writes import drafts
from casework.writes.models import DraftSealed

KEY_GONE = "key_gone"
"""Reason of a tombstone for a root whose key the newer keys no longer hold."""
CHUNK = 500
APART = frozenset({DataKey.__tablename__, Tombstone.__tablename__})


@dataclass(frozen=True)
class Stone:
    """One line of the list: root, kind, reason code, moment."""

    root_id: uuid.UUID
    kind: str
    reason: str
    erased_at: datetime

    def __str__(self) -> str:
        return f"{self.root_id} {self.kind} {self.reason} {self.erased_at.isoformat()}"


def listed() -> list[Stone]:
    """All erasures of this database, oldest first: ids and codes, no names."""
    rows = db.session.scalars(select(Tombstone).order_by(Tombstone.erased_at, Tombstone.root_id))
    return [Stone(row.root_id, row.root_kind, row.reason, row.erased_at) for row in rows]


def read(file: Path) -> list[Stone]:
    """The list in a file, as `casework keys erased` prints it. Raises Unusable."""
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"The list of erasures {file} can't be read.") from error
    found = []
    for number, line in enumerate(lines, start=1):
        words = line.split()
        try:
            stone = Stone(uuid.UUID(words[0]), words[1], words[2], datetime.fromisoformat(words[3]))
        except (ValueError, IndexError):
            stone = None
        if stone is None or len(words) != 4 or stone.erased_at.tzinfo is None:
            raise Unusable(f"Line {number} of {file} is not a line of 'casework keys erased'.")
        found.append(stone)
    return found


def again(stones: list[Stone]) -> int:
    """Destroy once more what was destroyed after the backup was made; gives how many keys went. In a transaction."""
    for start in range(0, len(stones), CHUNK):
        _drop_ledger([stone.root_id for stone in stones[start : start + CHUNK]])
    gone = upkeep.reapply()
    for stone in stones:
        with at(stone.erased_at):
            gone += len(upkeep.destroy(stone.root_id, reason=stone.reason))
    _drop_ledger(select(Tombstone.root_id))
    return gone


def _drop_ledger(persons: Any) -> None:
    """What these people were found by; postings there are none yet."""
    rule = PostingLedger.person_id.in_(persons)
    db.session.execute(delete(PostingLedger).where(rule).execution_options(synchronize_session=False))


def without_key() -> dict[uuid.UUID, str]:
    """Roots that a sealed row names and that have neither a key nor a tombstone → one table that names them."""
    found: dict[uuid.UUID, str] = {}
    for table, column in _naming():
        has_key = exists().where(DataKey.root_id == column)
        has_stone = exists().where(Tombstone.root_id == column)
        for root_id in db.session.scalars(select(column).distinct().where(~has_key, ~has_stone)):
            found[root_id] = table.name
    return found


def explain(roots: dict[uuid.UUID, str]) -> None:
    """Let each root whose key went since the backup read as erased, not as damage; a draft goes altogether."""
    for root_id, table in roots.items():
        if table == DraftSealed.__tablename__:
            drafts.drop(root_id)
        else:
            db.session.add(Tombstone(root_id=root_id, root_kind="system", reason=KEY_GONE, erased_at=utcnow()))


def _naming() -> list[tuple[Table, Any]]:
    tables = [table for name, table in sorted(db.metadata.tables.items()) if name not in APART]
    named = [(table, table.c.root_id) for table in tables if "root_id" in table.c]
    ledger = db.metadata.tables[PostingLedger.__tablename__]
    return [*named, (ledger, ledger.c.person_id)]
