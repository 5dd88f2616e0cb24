"""Database ground: the base class, named constraints, ids, UTC times, the injected clock, versions, engine settings."""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, DateTime, MetaData, Uuid, event, inspect
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.types import TypeDecorator

from casework.errors import StaleRecord

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")
"""Days and deadlines are counted in this zone (UTC+7, no summer time); storage is UTC."""


class Base(DeclarativeBase):
    """Base of all tables; constraint names are fixed here so that migrations can name what they change."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(
    model_class=Base,
    # Tests bind the session to an outer transaction; without savepoints a rollback in the program would undo it.
    session_options={"join_transaction_mode": "create_savepoint", "autoflush": False},
)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Utc(TypeDecorator[datetime]):
    """A moment in UTC. Refuses naive times; gives back aware ones on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_clock: ContextVar[datetime | None] = ContextVar("clock", default=None)


def utcnow() -> datetime:
    """The moment now, UTC. The one clock of the program: demo history and tests set it with `at()`."""
    fixed = _clock.get()
    return fixed if fixed is not None else datetime.now(UTC)


def today() -> date:
    """Today's date in Phnom Penh, where days and deadlines are counted."""
    return utcnow().astimezone(PHNOM_PENH).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Run a block as if it were `moment` (aware). Used by demo data, jobs and tests; never by a request."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _clock.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _clock.reset(token)


def end_of_day(day: date) -> datetime:
    """The last moment of `day` in Phnom Penh, as UTC: what 'due on' means."""
    return datetime(day.year, day.month, day.day, tzinfo=PHNOM_PENH).astimezone(UTC) + timedelta(
        days=1, microseconds=-1
    )


_uuid_lock = threading.Lock()
_uuid_last = 0


def uuid7() -> uuid.UUID:
    """A new id: 48 bits of Unix milliseconds, then random (RFC 9562, version 7); rising within the process.

    Made before the flush because sealed fields are bound to it. It tells when it was made: never a public code.
    """
    global _uuid_last
    with _uuid_lock:
        stamp = (time.time_ns() // 1_000_000 << 12) | int.from_bytes(os.urandom(2)) & 0x3FF
        stamp = max(stamp, _uuid_last + 1)
        _uuid_last = stamp
    milliseconds, counter = stamp >> 12, stamp & 0xFFF
    value = milliseconds << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | int.from_bytes(os.urandom(8)) >> 2
    return uuid.UUID(int=value)


class Identified:
    """Mixin: a UUIDv7 primary key made by the program."""

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=uuid7)


class Versioned:
    """Mixin: a version counter; an UPDATE that meets another version changes nothing and raises StaleDataError."""

    version: Mapped[int] = mapped_column(default=1, nullable=False)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


def check_version(
    row: Versioned,
    expected: int | None,
    current: Mapping[str, object] | None = None,
    told: Mapping[str, str] | None = None,
) -> None:
    """Raise StaleRecord with what stands now and its version, which a page about both must send back, unless the row is
    still the version that was seen; None: whichever."""
    if expected is not None and row.version != expected:
        raise StaleRecord({**(current or {}), "version": row.version}, told)


def touch(row: Versioned) -> None:
    """Give a row a new version with the next flush though no column of its own changes: its sealed words did, or rows
    below it, and of two editors the second must meet the first."""
    for attribute in inspect(type(row)).column_attrs:
        if attribute.key != "version" and not attribute.columns[0].primary_key:
            getattr(row, attribute.key)  # one that was not loaded can't be flagged
            flag_modified(row, attribute.key)
            return


def one_of(
    column: str, values: Iterator[str] | tuple[str, ...] | list[str], *, optional: bool = False
) -> CheckConstraint:
    """CHECK that `column` holds one of `values`: the database defends the enum as well."""
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    rule = f"{column} IN ({listed})"
    return CheckConstraint(f"{column} IS NULL OR {rule}" if optional else rule, name=f"{column}_known")


SQLITE_SETTINGS = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "busy_timeout": "30000",
    "secure_delete": "1",
    "temp_store": "2",
    "cache_size": "-65536",
}
"""Set on each SQLite connection and read back; a database that refuses one of them is not used."""


def configure_engine(engine: Engine) -> None:
    """Make SQLite durable and honest about transactions; leave PostgreSQL as it is."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for name, wanted in SQLITE_SETTINGS.items():
            connection.execute(f"PRAGMA {name}={wanted}")
            got = connection.execute(f"PRAGMA {name}").fetchone()
            if str(got[0]).lower() != wanted and not (name == "journal_mode" and str(got[0]) == "memory"):
                raise RuntimeError(f"SQLite does not accept {name}={wanted}; use a local disk")

    @event.listens_for(engine, "begin")
    def begun(connection: Any) -> None:
        # A deferred transaction that reads and then writes fails at once under load; writers say so first.
        immediate = connection.get_execution_options().get("casework_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
