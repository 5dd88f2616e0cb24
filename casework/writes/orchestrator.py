"""The only code that commits: one transaction per request, claimed by an idempotency key, retried by name."""

from __future__ import annotations

import fcntl
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from casework.db import db, utcnow
from casework.errors import AlreadyRecorded, Conflict, NotVisible, StaleRecord, Unavailable, n_
from casework.writes.models import Operation

PATIENCE = 30.0
"""Seconds after which a write that keeps meeting a busy database is given up with a clear page."""

ATTEMPTS = 3
"""Times a write is tried that met another writer's row: the next round sees it and says so in the service's words."""

RETRY_STATES = frozenset({"40001", "40P01", "53300", "57P01", "57P02", "57P03", "25006"})
"""PostgreSQL states after which the whole function is run again (docs/decisions/0007); class 08 as well."""


BUSY = n_("The database is busy. Nothing was saved; send it again.")


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a finished write stands, and a neutral sentence about it (no names: it passes through a cookie)."""

    location: str
    note: str = ""
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What makes a repeated submit the same one: its key, whose it is, where it was sent, a digest of its body."""

    key: str
    user_id: UUID
    route: str
    digest: bytes
    about: UUID | None = None
    """The case (or other record) written on: its writers take turns."""


def write(claim: Claim, act: Callable[[], Answer]) -> Answer:
    """Run `act` once in a transaction of its own and commit it together with its key.

    A key that stands already gives the stored answer. Errors of the domain roll everything back and rise.
    Raises Unavailable when the database stays busy or full, Conflict when a unique rule was met.
    """
    deadline = time.monotonic() + PATIENCE
    pause, left = 0.05, ATTEMPTS
    while True:
        left -= 1
        try:
            with transaction():
                _wait_for_turn(claim.about)
                return _claimed(claim, act)
        except StaleDataError as error:
            if left < 1:
                raise StaleRecord({}) from error
        except IntegrityError as error:
            if left < 1:
                raise Conflict(n_("This stands already, or something it belongs to is gone.")) from error
        except DBAPIError as error:
            if not _worth_retrying(error):
                raise _explained(error) from error
            if time.monotonic() > deadline:
                raise Unavailable(BUSY) from error
        time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, not a secret
        pause = min(pause * 2, 1.0)


@contextmanager
def transaction() -> Iterator[None]:
    """One writing transaction: what was read before is let go, the writers' turn is taken, all or nothing stands."""
    session = db.session
    session.rollback()
    bind = session.get_bind()
    with _turn(bind):
        if isinstance(bind, Engine):
            session.connection(execution_options={"casework_write": True})
        try:
            yield
            session.flush()
            session.commit()
        except BaseException:
            session.rollback()
            raise


def _claimed(claim: Claim, act: Callable[[], Answer]) -> Answer:
    values = {
        "key": claim.key,
        "user_id": claim.user_id,
        "route": claim.route,
        "digest": claim.digest,
        "location": "",
        "note": "",
        "seen": 1,
        "created_at": utcnow(),
    }
    dialect = db.session.get_bind().dialect.name
    maker: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    claimed = maker(Operation).values(values).on_conflict_do_nothing(index_elements=["key"]).returning(Operation.key)
    if db.session.execute(claimed).first() is None:
        return _stored(claim)
    answer = act()
    db.session.flush()
    db.session.execute(
        update(Operation).where(Operation.key == claim.key).values(location=answer.location, note=answer.note)
    )
    return answer


def _stored(claim: Claim) -> Answer:
    row = db.session.execute(select(Operation).where(Operation.key == claim.key)).scalar_one()
    if row.user_id != claim.user_id:
        raise NotVisible
    # A retry must write: a read-only transaction on PostgreSQL does not wait for the standby.
    db.session.execute(update(Operation).where(Operation.key == claim.key).values(seen=Operation.seen + 1))
    if row.digest != claim.digest or row.route != claim.route:
        raise AlreadyRecorded(row.location)
    return Answer(row.location, row.note, replayed=True)


def _wait_for_turn(about: UUID | None) -> None:
    """On PostgreSQL writers on one case queue, as all writers do on SQLite: what a service found before it writes
    (no open stay, the next number of a goal) still holds when it commits."""
    if about is not None and db.session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(about.bytes[8:], signed=True)
        db.session.execute(select(func.pg_advisory_xact_lock(number)))


def _worth_retrying(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state in RETRY_STATES or state.startswith("08")
    if error.connection_invalidated:
        return True
    return isinstance(error, OperationalError) and "locked" in str(error.orig)


def _explained(error: DBAPIError) -> Exception:
    text = str(error.orig)
    if getattr(error.orig, "sqlstate", "") == "55P03":
        return Unavailable(BUSY)
    if "full" in text or getattr(error.orig, "sqlstate", "") in {"53100"}:
        return Unavailable(n_("The disk is full. Nothing was saved; tell the person who looks after the server."))
    if "disk I/O" in text or "readonly" in text or "read-only" in text:
        return Unavailable(n_("The database can't be written to. Nothing was saved; tell who looks after the server."))
    return error


@contextmanager
def _turn(bind: object) -> Iterator[None]:
    """On SQLite a lock beside the file makes writers queue in turn: its own busy handler starves some of them."""
    path = _lock_path(bind)
    if path is None:
        yield
        return
    with path.open("a") as side:
        fcntl.flock(side, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(side, fcntl.LOCK_UN)


def _lock_path(bind: object) -> Path | None:
    if not isinstance(bind, Engine) or bind.dialect.name != "sqlite":
        return None
    name = bind.url.database
    return Path(name + ".turn") if name and name != ":memory:" else None
