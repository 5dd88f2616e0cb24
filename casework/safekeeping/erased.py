"""Erasures done since a backup: doing them again in what was restored, and explaining keys that went since."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import Table, delete, exists, select

from casework.db import db, utcnow
from casework.safekeeping.errors import Unusable
from casework.vault import tombstones
from casework.vault.models import DataKey, PostingLedger, Tombstone
from casework.writes import drafts
from casework.writes.models import DraftSealed

KEY_GONE = "key_gone"
"""Reason of a tombstone for a root whose key the newer keys no longer hold."""
APART = frozenset({DataKey.__tablename__, Tombstone.__tablename__})


def read(file: Path) -> list[Tombstone]:
    """The list in a file, as `casework keys erased` writes it. Raises Unusable."""
    try:
        found = tombstones.read(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"The list of erasures {file} can't be read.") from error
    except ValueError as error:
        raise Unusable(f"{file}: {error}.") from None
    if any(stone.erased_at.tzinfo is None for stone in found):
        raise Unusable(f"{file}: a moment in it has no time zone.")
    return found


def again(kept: list[Tombstone]) -> int:
    """Destroy once more what was destroyed after the backup was made; gives how many keys went. In a transaction."""
    gone = tombstones.reapply(kept)
    # Newer keys lack those of erased people: what they were found by is still in older data.
    rule = PostingLedger.person_id.in_(select(Tombstone.root_id))
    db.session.execute(delete(PostingLedger).where(rule).execution_options(synchronize_session=False))
    return gone


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
