"""Builds the postings anew under a new generation, while the old one is searched and both are kept in step."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import delete, select, tuple_, update

from casework.db import db
from casework.vault import index, keys, masks
from casework.vault.errors import Erased
from casework.vault.models import Posting, PostingLedger, SearchIndex

BATCH = 5_000
"""Persons per step: their postings are written in label order, so a place in the file tells no more than the batch."""

Run = Callable[[Callable[[], Any]], Any]
"""Runs a function in a writing transaction of its own, commits it, and gives its result."""


def rebuild(run: Run, *, batch: int = BATCH) -> int:
    """Write every posting again from the sealed ledger; gives how many persons and scopes were written.

    Needed after a restore (the index is left out of backups) and at intervals. A rebuild that was broken off is
    begun again by the next one. Searches see the old generation until the one step that swaps them.
    """
    generation = run(_begin)
    done = 0
    last: tuple[uuid.UUID, uuid.UUID] | None = None
    while True:
        written: int
        written, last = run(partial(_step, generation, last, batch))
        done += written
        if last is None:
            break
    old = run(lambda: _swap(generation))
    while run(lambda: _clear(old)):
        pass
    return done


def _begin() -> int:
    """From now on every change is written to the new generation as well."""
    current, building = index.state(db.session, share=True)
    if building is not None:
        db.session.execute(delete(Posting).where(Posting.generation == building))
    new = max(current, building or 0) + 1
    db.session.execute(update(SearchIndex).where(SearchIndex.id == 1).values(building=new))
    return new


def _step(
    generation: int, after: tuple[uuid.UUID, uuid.UUID] | None, batch: int
) -> tuple[int, tuple[uuid.UUID, uuid.UUID] | None]:
    """Write the postings of the next persons of the ledger; gives how many, and where to go on (None = all done)."""
    key = (PostingLedger.scope, PostingLedger.person_id)
    query = select(*index.LEDGER).order_by(*key).limit(batch).with_for_update()
    if after is not None:
        query = query.where(tuple_(*key) > after)
    rows = db.session.execute(query).all()
    keys.prefetch(row.person_id for row in rows)
    root = keys.ring().search_root
    new: set[index.Row] = set()
    for row in rows:
        try:
            found = index.opened(row)
        except Erased:
            continue
        new |= masks.rows(root, row.scope, generation, row.person_id, found)
    index.add(db.session, new)
    keys.forget(row.person_id for row in rows)
    return len(rows), (rows[-1].scope, rows[-1].person_id) if len(rows) == batch else None


def _swap(generation: int) -> int:
    """Search the new generation; gives the number of the old one."""
    current, _ = index.state(db.session, share=True)
    db.session.execute(update(SearchIndex).where(SearchIndex.id == 1).values(current=generation, building=None))
    return current


def _clear(generation: int) -> int:
    """Delete a part of an old generation; gives how many postings went."""
    scope = db.session.scalar(select(Posting.scope).where(Posting.generation <= generation).limit(1))
    if scope is None:
        return 0
    rule = (Posting.generation <= generation) & (Posting.scope == scope)
    found = db.session.execute(delete(Posting).where(rule).execution_options(synchronize_session=False))
    rows: int = found.rowcount  # type: ignore[attr-defined]
    return rows
