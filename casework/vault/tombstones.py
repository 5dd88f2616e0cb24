"""After a restore: what was erased since the backup is erased again, from a list kept outside of the database."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select

from casework.db import db
from casework.vault import index, keys
from casework.vault.models import ROOT_KINDS, DataKey, PostingLedger, Tombstone


@dataclass(frozen=True, slots=True)
class Stone:
    """One line of the list: ids, a kind, a reason code and a moment; nothing that tells who it was."""

    root_id: str
    root_kind: str
    reason: str
    request_id: str | None
    erased_at: str


def lines() -> Iterator[str]:
    """The list as lines of JSON, the oldest first."""
    for row in db.session.scalars(select(Tombstone).order_by(Tombstone.erased_at, Tombstone.root_id)):
        request = str(row.request_id) if row.request_id else None
        stone = Stone(str(row.root_id), row.root_kind, row.reason, request, row.erased_at.isoformat())
        yield json.dumps(asdict(stone), sort_keys=True)


def read(text: str) -> list[Tombstone]:
    """The rows that a list says. Raises ValueError with the number of the first line that is none."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            stone = Stone(**json.loads(line))
            found.append(_row(stone))
        except (TypeError, ValueError):
            raise ValueError(f"line {number} is no line of the list of what was erased") from None
    return found


def reapply(kept: Iterable[Tombstone] = ()) -> int:
    """Erase again whatever a tombstone of the database or of the list `kept` names; gives how many keys came back."""
    known = set(db.session.scalars(select(Tombstone.root_id)))
    db.session.add_all(stone for stone in kept if stone.root_id not in known)
    db.session.flush()
    back = set(db.session.scalars(select(DataKey.root_id).join(Tombstone, Tombstone.root_id == DataKey.root_id)))
    keys.forget(back)
    ledger = select(PostingLedger.person_id, PostingLedger.scope).where(PostingLedger.person_id.in_(back))
    index.sync_many(db.session, [(person_id, scope, None) for person_id, scope in db.session.execute(ledger)])
    db.session.execute(delete(DataKey).where(DataKey.root_id.in_(back)))
    keys.forget(back)
    return len(back)


def _row(stone: Stone) -> Tombstone:
    if stone.root_kind not in ROOT_KINDS:
        raise ValueError(stone.root_kind)
    return Tombstone(
        root_id=uuid.UUID(stone.root_id),
        root_kind=stone.root_kind,
        reason=stone.reason,
        request_id=uuid.UUID(stone.request_id) if stone.request_id else None,
        erased_at=datetime.fromisoformat(stone.erased_at),
    )
