"""Care of the keys: do they fit this database, wrapping all data keys anew, destroying those of a person."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from casework.db import db, utcnow
from casework.vault import index, keys
from casework.vault import ring as rings
from casework.vault.errors import KeyFileError
from casework.vault.models import DataKey, LegalHold, PostingLedger, SearchIndex, Tombstone


@dataclass(frozen=True)
class Status:
    """What `casework keys status` prints: counts and numbers, never a key."""

    active: int
    keks: dict[int, int]
    """Number of each key-encryption key of the ring or the database → data keys it wraps."""
    roots: dict[str, int]
    tombstones: int
    demo: bool


def check() -> None:
    """Raise KeyFileError, one sentence, when the installed ring is not the one of this database. Cheap; at start."""
    for kek_id in db.session.scalars(select(DataKey.kek_id).distinct()):
        some = db.session.scalars(select(DataKey.wrapped).where(DataKey.kek_id == kek_id).limit(1)).first()
        if some is not None:
            keys.unwrap(kek_id, some)
    if db.session.get(SearchIndex, 1) is not None:
        index.state(db.session)


def status() -> Status:
    """How many data keys there are, of what kind, under which key-encryption key."""
    ring = keys.ring()
    wrapped = dict.fromkeys(ring.keks, 0)
    for kek_id, count in db.session.execute(select(DataKey.kek_id, func.count()).group_by(DataKey.kek_id)):
        wrapped[kek_id] = count
    roots = {
        kind: count
        for kind, count in db.session.execute(select(DataKey.root_kind, func.count()).group_by(DataKey.root_kind))
    }
    stones = db.session.scalar(select(func.count()).select_from(Tombstone)) or 0
    return Status(active=ring.active, keks=wrapped, roots=roots, tombstones=stones, demo=ring.demo)


def new_kek() -> int:
    """Add a key-encryption key to the ring and use it from now on; gives its number."""
    keys.install(rings.add_kek(keys.ring()))
    return keys.ring().active


def rewrap(batch: int = 1_000) -> int:
    """Wrap up to `batch` data keys that an older key-encryption key wraps with the active one; gives how many.

    The sealed values stay as they are. Call it in transactions of its own until it gives 0.
    """
    active = keys.ring().active
    rows = db.session.scalars(select(DataKey).where(DataKey.kek_id != active).limit(batch).with_for_update()).all()
    for row in rows:
        row.kek_id, row.wrapped = keys.wrap(keys.unwrap(row.kek_id, row.wrapped))
    db.session.flush()
    return len(rows)


def retire(number: int) -> None:
    """Destroy a key-encryption key that wraps nothing any more: old copies of data keys under it are dead then."""
    if db.session.scalar(select(DataKey.root_id).where(DataKey.kek_id == number).limit(1)) is not None:
        raise KeyFileError(f"Key {number} still wraps data keys; run `casework keys rewrap` first.")
    keys.install(rings.drop_kek(keys.ring(), number))


def held(person_id: uuid.UUID) -> bool:
    """True while a legal hold stands on this person."""
    open_hold = select(LegalHold.id).where(LegalHold.person_id == person_id, LegalHold.lifted_at.is_(None))
    return db.session.scalar(open_hold.limit(1)) is not None


def destroy(person_id: uuid.UUID, *, reason: str, request_id: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Destroy all keys of a person and of the roots tied to the person; postings go, a tombstone per root stays.

    Nobody may call this but the approved procedure (`audit.erasure`); a restore repeats it (`vault.tombstones`).
    """
    scopes = db.session.scalars(select(PostingLedger.scope).where(PostingLedger.person_id == person_id)).all()
    index.sync_many(db.session, [(person_id, scope, None) for scope in scopes])
    roots = keys.roots_of(person_id)
    known = set(db.session.scalars(select(Tombstone.root_id).where(Tombstone.root_id.in_([one for one, _ in roots]))))
    for root_id, kind in roots:
        if root_id not in known:
            db.session.add(
                Tombstone(root_id=root_id, root_kind=kind, reason=reason, request_id=request_id, erased_at=utcnow())
            )
    gone = [root_id for root_id, _ in roots]
    db.session.flush()
    db.session.execute(delete(DataKey).where(DataKey.root_id.in_(gone)))
    keys.forget(gone)
    return gone


def scrub() -> None:
    """After an erasure: let the old copy of the key leave the write-ahead log of SQLite. Outside any transaction."""
    engine = db.engine
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.rollback()
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
