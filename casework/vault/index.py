"""Exact search: keeps the masked postings in step with what people are called, and finds people by them."""

from __future__ import annotations

import hmac
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, tuple_, update
from sqlalchemy.orm import Session, scoped_session

from casework.db import db
from casework.vault import fields, keys, masks, tokens
from casework.vault.errors import KeyFileError
from casework.vault.models import Posting, PostingLedger, SearchIndex
from casework.vault.tokens import wanted
from casework.vault.upsert import insert_missing

__all__ = ["lookup", "sync_many", "wanted"]

AnySession = Session | scoped_session[Any]
Row = tuple[int, bytes, int, bytes]
Change = tuple[uuid.UUID, uuid.UUID, "set[str] | None"]
"""Person, scope (organisation), tokens; None = the person leaves the scope."""

STEP = 128
LONGEST_LIST = 5_000
"""Postings read for one label; a longer list is no answer to a question of a person."""


def state(session: AnySession, *, share: bool = False) -> tuple[int, int | None]:
    """Generation searched and generation being built. `share` keeps both until the transaction ends.

    Raises KeyFileError when the index was made with another search root.
    """
    query = select(SearchIndex.current, SearchIndex.building, SearchIndex.mark).where(SearchIndex.id == 1)
    found = session.execute(query.with_for_update(read=True) if share else query).first()
    own = masks.mark(keys.ring().search_root)
    if found is None:
        if not share:
            return 1, None
        insert_missing(_plain(session), SearchIndex, [{"id": 1, "current": 1, "building": None, "mark": own}])
        found = session.execute(query.with_for_update(read=True)).one()
    if not hmac.compare_digest(found.mark, own):
        raise KeyFileError("The search key is not the one of this database; put back the right keys.")
    return found.current, found.building


def _plain(session: AnySession) -> Session:
    return session() if isinstance(session, scoped_session) else session


def sync_many(session: AnySession, changes: Sequence[Change]) -> None:
    """Make the postings of each person in one organisation's scope what is wanted (from `wanted`); None removes all.

    Each pair of person and scope once. Every cause calls it in its own transaction: register, rename, grant,
    revocation, expiry, merge, erasure.
    """
    if not changes:
        return
    pairs = [(person_id, scope) for person_id, scope, _ in changes]
    # Locking order: the person's row first, then the state, as the rebuild does.
    before = _ledger(session, pairs)
    current, building = state(session, share=True)
    root = keys.ring().search_root
    gone: set[Row] = set()
    new: set[Row] = set()
    for person_id, scope, found in changes:
        had = before[(person_id, scope)][1] if (person_id, scope) in before else set()
        now = found or set()
        for generation in [current] if building is None else [current, building]:
            gone |= masks.rows(root, scope, generation, person_id, had - now)
            new |= masks.rows(root, scope, generation, person_id, now - had)
    remove(session, gone)
    add(session, new)
    _store(session, changes, before)


def _ledger(
    session: AnySession, pairs: Sequence[tuple[uuid.UUID, uuid.UUID]]
) -> dict[tuple[uuid.UUID, uuid.UUID], tuple[int, set[str]]]:
    """Version and tokens of these persons and scopes, held until the transaction ends."""
    found: list[Any] = []
    for start in range(0, len(pairs), keys.CHUNK):
        part = pairs[start : start + keys.CHUNK]
        key = tuple_(PostingLedger.person_id, PostingLedger.scope)
        query = select(*LEDGER).where(key.in_(part)).order_by(PostingLedger.person_id, PostingLedger.scope)
        found += session.execute(query.with_for_update()).all()
    keys.prefetch(row.person_id for row in found)
    return {(row.person_id, row.scope): (row.version, opened(row)) for row in found}


LEDGER = (PostingLedger.person_id, PostingLedger.scope, PostingLedger.version, PostingLedger.tokens)


def _place(person_id: uuid.UUID, scope: uuid.UUID, version: int) -> tuple[str, str, uuid.UUID, int]:
    return ("posting_ledger", f"tokens {scope}", person_id, version)


def opened(row: Any) -> set[str]:
    """The tokens in a row of the ledger."""
    return set(json.loads(fields.open_loose(row.tokens, row.person_id, _place(row.person_id, row.scope, row.version))))


def _store(
    session: AnySession,
    changes: Sequence[Change],
    before: Mapping[tuple[uuid.UUID, uuid.UUID], tuple[int, set[str]]],
) -> None:
    """Write the ledger: what a later change of these persons has to take away."""
    fresh: list[dict[str, Any]] = []
    for person_id, scope, found in changes:
        version, had = before.get((person_id, scope), (0, set[str]()))
        if (found or set()) == had:
            continue
        rule = (PostingLedger.person_id == person_id) & (PostingLedger.scope == scope)
        if not found:
            session.execute(delete(PostingLedger).where(rule).execution_options(synchronize_session=False))
            continue
        data = json.dumps(sorted(found), ensure_ascii=False, separators=(",", ":")).encode()
        sealed = fields.seal_loose(data, person_id, _place(person_id, scope, version + 1), STEP)
        values = {"version": version + 1, "tokens": sealed}
        if version:
            changed = update(PostingLedger).where(rule).values(values)
            session.execute(changed.execution_options(synchronize_session=False))
        else:
            fresh.append({"person_id": person_id, "scope": scope, **values})
    if fresh:
        session.execute(insert(PostingLedger), fresh)


def add(session: AnySession, new: Iterable[Row]) -> None:
    """Insert postings in their own order, which says nothing about who came when."""
    rows = [dict(zip(("generation", "scope", "label", "v"), row, strict=True)) for row in sorted(new)]
    insert_missing(_plain(session), Posting, rows)


def remove(session: AnySession, gone: Iterable[Row]) -> None:
    """Delete postings."""
    rows = [dict(zip(("g", "s", "l", "v"), row, strict=True)) for row in sorted(gone)]
    if rows:
        table = Posting.__table__.c
        rule = (table.generation == bindparam("g")) & (table.scope == bindparam("s"))
        rule &= (table.label == bindparam("l")) & (table.v == bindparam("v"))
        session.connection().execute(delete(Posting.__table__).where(rule), rows)  # type: ignore[arg-type]


def _persons(scope: uuid.UUID, generation: int, token: str) -> set[uuid.UUID]:
    """Everybody under one token in one scope."""
    number, masking = masks.label(masks.scope_key(keys.ring().search_root, scope, generation), token)
    query = select(Posting.v).where(
        Posting.generation == generation, Posting.scope == scope.bytes, Posting.label == number
    )
    return masks.unmask(masking, db.session.scalars(query.limit(LONGEST_LIST)))


def lookup(scope: uuid.UUID, text: str, *, limit: int = 200) -> list[uuid.UUID]:
    """Ids of the people of this scope whom `text` names exactly, at most `limit`.

    A phone (whole, last six, last four) or document number comes first; then those who have all the words, in any
    order. The ids are candidates: the caller loads them through the authoritative predicate.
    """
    generation, _ = state(db.session)
    found: dict[uuid.UUID, None] = {}
    for token in tokens.asked_numbers(text):
        found.update(dict.fromkeys(sorted(_persons(scope, generation, token), reverse=True)))
    hits: set[uuid.UUID] | None = None
    for token in tokens.asked_names(text):
        under = _persons(scope, generation, token)
        hits = under if hits is None else hits & under
        if not hits:
            break
    found.update(dict.fromkeys(sorted(hits or (), reverse=True)))
    return list(found)[:limit]
