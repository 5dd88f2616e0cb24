"""Fills an empty database of the backup's revision: all rows in one transaction, every reference checked at its end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from casework.safekeeping import rows
from casework.safekeeping.archive import File, Part, Rows, Whole
from casework.safekeeping.errors import Damaged
from casework.safekeeping.manifest import Manifest
from casework.vault import files

FOREIGN_KEYS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""


def load(engine: Engine, said: Manifest, parts: Iterator[Part], finish: Callable[[], None]) -> None:
    """Write all rows (and files) of a backup; `finish` checks the digests before anything of it stands.

    What the migrations put into these tables goes first. Raises Damaged; then no row was written.
    """
    with _references_off(engine) as connection:
        _check_form(connection, said)
        for name in said.tables:
            connection.exec_driver_sql(f'DELETE FROM "{name}"')  # noqa: S608 - a name of our schema, checked above
        _take(connection, said, parts)
        finish()
        for name, table in said.tables.items():
            stands = connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar()  # noqa: S608 - as above
            if stands != table["rows"]:
                raise Damaged(f"{name} has {stands} rows; {table['rows']} were backed up.")


def _check_form(connection: Connection, said: Manifest) -> None:
    """The tables must be those of the revision, column by column; only names that passed here reach a statement."""
    here = {table.name: table for table in rows.tables(connection)}
    for name in said.tables:
        if name not in here or sorted(here[name].columns) != sorted(said.table(name).columns):
            raise Damaged(f"The table {name} is not the one of revision {said.revision}.")


def _take(connection: Connection, said: Manifest, parts: Iterator[Part]) -> None:
    for table, group in groupby(parts, key=lambda part: part.table if isinstance(part, Rows) else None):
        if table is None:
            for part in group:
                if isinstance(part, File):
                    _store(part)
        elif table not in said.tables:
            raise Damaged(f"The backup holds a table its list does not name: {table}.")
        else:
            rows.write(connection, said.table(table), (part.piece for part in group if isinstance(part, Rows)))


def _store(part: File) -> None:
    """Put a sealed file where it lay."""
    path = files.path_of(part.file_id)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        for piece in part.pieces:
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def _references_off(engine: Engine) -> Iterator[Connection]:
    """A writing transaction in which rows may come in any order; their references are checked before it ends."""
    with engine.connect().execution_options(casework_write=True) as connection:
        if engine.dialect.name == "sqlite":
            yield from _sqlite(connection)
        else:
            yield from _postgres(connection)


def _sqlite(connection: Connection) -> Iterator[Connection]:
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")  # ignored inside a transaction, so it goes past SQLAlchemy
    try:
        with connection.begin():
            yield connection
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise Damaged("A row of the backup points to one that is not in it.")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _postgres(connection: Connection) -> Iterator[Connection]:
    with connection.begin():
        found = connection.exec_driver_sql(FOREIGN_KEYS).all()
        for table, name, _ in found:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield connection
        try:
            for table, name, rule in found:
                connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}")
        except IntegrityError:
            raise Damaged("A row of the backup points to one that is not in it.") from None


def through(parts: Iterator[Part]) -> dict[str, bytes]:
    """Let a backup pass to its end, writing nothing; gives its small members."""
    small: dict[str, bytes] = {}
    for part in parts:
        if isinstance(part, Whole):
            small[part.name] = part.data
        elif isinstance(part, File):
            for _ in part.pieces:
                pass
    return small
