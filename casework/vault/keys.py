"""Data keys: one per person or other root, wrapped by the ring; opened once per request, destroyed to erase."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from casework.db import db, utcnow
from casework.vault.errors import Erased, KeyFileError, MissingKey, SealBroken, VaultError
from casework.vault.models import ROOT_KINDS, DataKey, Tombstone
from casework.vault.ring import Ring, create, load

__all__ = [
    "Erased", "KeyFileError", "MissingKey", "Ring", "SealBroken", "VaultError", "create", "forget", "generations",
    "install", "link", "load", "make_root", "make_roots", "newest", "opener", "prefetch", "ring", "roots_of",
]  # fmt: skip

CACHE = "casework.vault.keys"
CHUNK = 500
Opened = dict[int, AESGCM]

_installed: Ring | None = None


def install(ring: Ring) -> None:
    """Use this ring in the whole process. `create_app` calls it."""
    global _installed
    _installed = ring


def ring() -> Ring:
    """The installed ring; KeyFileError when there is none."""
    if _installed is None:
        raise KeyFileError("No keys are loaded; start the program with its key folder.")
    return _installed


def _kek(number: int) -> bytes:
    """A key-encryption key by number. An unknown one may be new: the files are read once more."""
    kek = ring().keks.get(number)
    if kek is None:
        install(load(ring().folder))
        kek = ring().keks.get(number)
    if kek is None:
        raise KeyFileError(f"The key ring lacks key {number}; these are not the keys of this database.")
    return kek


def unwrap(kek_id: int, wrapped: bytes) -> bytes:
    """The data key in `wrapped`; KeyFileError when the ring is not the one that wrapped it."""
    try:
        return aes_key_unwrap(_kek(kek_id), wrapped)
    except InvalidUnwrap:
        raise KeyFileError("The keys are not the keys of this database; put back the right ones.") from None


def wrap(key: bytes) -> tuple[int, bytes]:
    """Wrap a data key with the active key-encryption key; gives its number and 40 bytes."""
    current = ring()
    return current.active, aes_key_wrap(current.keks[current.active], key)


def _cache() -> dict[uuid.UUID, Opened]:
    """Opened keys of this session, so of this request: they go when the session goes."""
    found: dict[uuid.UUID, Opened] = db.session().info.setdefault(CACHE, {})
    return found


@event.listens_for(Session, "after_soft_rollback")
def _forget_after_rollback(session: Session, previous: SessionTransaction) -> None:
    """A key made in a transaction that was undone is lost; sealing with it again would lose the text too."""
    session.info.pop(CACHE, None)


def make_root(kind: str, root_id: uuid.UUID, *, person_id: uuid.UUID | None = None) -> None:
    """Make the first data key of a root (kinds: ROOT_KINDS). It is written with the next flush.

    `person_id` names the person whose erasure destroys this key too, if the root is not that person.
    """
    make_roots(kind, [root_id], person_id=person_id)


def make_roots(kind: str, root_ids: Iterable[uuid.UUID], *, person_id: uuid.UUID | None = None) -> None:
    """As `make_root`, for many at once."""
    if kind not in ROOT_KINDS:
        raise ValueError(f"unknown kind of root: {kind}")
    cache, now = _cache(), utcnow()
    for root_id in root_ids:
        key = os.urandom(32)
        kek_id, wrapped = wrap(key)
        db.session.add(
            DataKey(
                root_id=root_id, gen=1, root_kind=kind, kek_id=kek_id,
                person_id=person_id, wrapped=wrapped, created_at=now,
            )
        )  # fmt: skip
        cache[root_id] = {1: AESGCM(key)}


def link(root_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Tie a root (such as a draft) to the person it turned out to be about, so that erasure reaches it."""
    new = [row for row in db.session.new if isinstance(row, DataKey) and row.root_id == root_id]
    for row in [*new, *db.session.scalars(select(DataKey).where(DataKey.root_id == root_id))]:
        row.person_id = person_id


def prefetch(root_ids: Iterable[uuid.UUID]) -> None:
    """Open the keys of many roots in one statement (one per 500). Roots without keys are simply not opened."""
    cache = _cache()
    wanted = [root_id for root_id in dict.fromkeys(root_ids) if root_id not in cache]
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        rows = db.session.execute(
            select(DataKey.root_id, DataKey.gen, DataKey.kek_id, DataKey.wrapped).where(DataKey.root_id.in_(part))
        )
        for root_id, gen, kek_id, wrapped in rows:
            cache.setdefault(root_id, {})[gen] = AESGCM(unwrap(kek_id, wrapped))


def generations(root_id: uuid.UUID) -> Opened:
    """The opened keys of a root by generation. Raises Erased or MissingKey when there is none."""
    cache = _cache()
    if root_id not in cache:
        prefetch([root_id])
    found = cache.get(root_id)
    if not found:
        if db.session.get(Tombstone, root_id) is not None:
            raise Erased
        raise MissingKey(f"no data key for root {root_id}")
    return found


def opener(root_id: uuid.UUID, gen: int) -> AESGCM:
    """The key of one generation; MissingKey when the sealed value names one that never was."""
    found = generations(root_id).get(gen)
    if found is None:
        raise MissingKey(f"no generation {gen} of the data key of root {root_id}")
    return found


def newest(root_id: uuid.UUID) -> tuple[int, AESGCM]:
    """Generation and key that seal new values of this root."""
    found = generations(root_id)
    gen = max(found)
    return gen, found[gen]


def forget(root_ids: Iterable[uuid.UUID]) -> None:
    """Drop opened keys from this session's cache."""
    cache = _cache()
    for root_id in root_ids:
        cache.pop(root_id, None)


def roots_of(person_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """Ids and kinds of all roots whose keys go when this person is erased: the own one and the linked ones."""
    rule = (DataKey.root_id == person_id) | (DataKey.person_id == person_id)
    rows: list[Any] = list(db.session.execute(select(DataKey.root_id, DataKey.root_kind).where(rule).distinct()))
    return [(root_id, kind) for root_id, kind in rows]
