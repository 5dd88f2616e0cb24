"""Reads all rows of a table out of one snapshot and writes them into an empty one, a piece at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Uuid, column, inspect, select
from sqlalchemy import table as sql_table

from casework.safekeeping import codec
from casework.safekeeping.errors import Damaged, Unusable

PIECE = 1 << 20
"""Bytes gathered before they are packed and encrypted; no more of a table is ever in memory, but for one long row."""
LEFT_OUT = frozenset({"alembic_version", "posting"})
"""The revision stands in the manifest; postings are made anew, so that two backups never tell who has which."""
APART = ("data_key", "tombstone")
"""Wrapped data keys and what says that some were destroyed: they travel with the key ring."""


DRIVER_ERRORS = (psycopg.Error, sqlite3.Error)
"""Errors of the drivers, which are spoken to directly here."""


@dataclass(frozen=True)
class Table:
    """A table as the database has it: column names with their kinds."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.columns)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the columns."""
        return tuple(kind for _, kind in self.columns)


def tables(connection: Connection) -> list[Table]:
    """All tables that belong into a backup, by name, as they stand in this transaction."""
    found = inspect(connection).get_multi_columns()
    return sorted(
        (
            Table(name, tuple((str(each["name"]), codec.kind_of(each["type"])) for each in columns))
            for (_, name), columns in found.items()
            if name not in LEFT_OUT
        ),
        key=lambda table: table.name,
    )


def hold(connection: Connection) -> None:
    """Fix the snapshot of a transaction that has read nothing yet; nobody changes a table's form until it ends."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("SELECT count(*) FROM alembic_version")
        return
    names = ", ".join(f'"{name}"' for name in inspect(connection.engine).get_table_names())
    connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS SHARE MODE")
    for setting in ("TIME ZONE 'UTC'", "datestyle = 'ISO, YMD'", "bytea_output = 'hex'"):
        connection.exec_driver_sql(f"SET LOCAL {setting}")


def file_ids(connection: Connection, listed: Sequence[Table]) -> list[UUID]:
    """Files that a row of the snapshot names, in order. Asked of the tables as they stand, for they may be older than
    the program."""
    found: set[UUID] = set()
    for one in listed:
        if "file_id" in one.names:
            held = sql_table(one.name, column("file_id", Uuid))
            found.update(connection.scalars(select(held.c.file_id).where(held.c.file_id.is_not(None))))
    return sorted(found)


def read(connection: Connection, table: Table) -> Iterator[bytes]:
    """All rows of a table as pieces of whole lines."""
    gathered, size = [], 0
    for line in _lines(connection, table):
        gathered.append(line)
        size += len(line)
        if size >= PIECE:
            yield b"".join(gathered)
            gathered, size = [], 0
    if gathered:
        yield b"".join(gathered)


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    try:
        yield from (_copied if connection.dialect.name == "postgresql" else _selected)(connection, table)
    except DRIVER_ERRORS as error:  # its words may hold a row
        raise Unusable(f"The table {table.name} can't be read: {type(error).__name__}.") from None


def _raw(connection: Connection) -> Any:
    raw = connection.connection.driver_connection
    if raw is None:
        raise RuntimeError("the connection is closed")
    return raw


def _copied(connection: Connection, table: Table) -> Iterator[bytes]:
    with _raw(connection).cursor() as cursor, cursor.copy(_statement(table, "TO STDOUT")) as copy:
        for data in copy:
            yield bytes(data)


def _selected(connection: Connection, table: Table) -> Iterator[bytes]:
    kinds = table.kinds
    columns = ", ".join(f'"{name}"' for name in table.names)
    for row in _raw(connection).execute(f'SELECT {columns} FROM "{table.name}"'):  # noqa: S608 - names of our schema
        yield codec.line(row, kinds)


def _statement(table: Table, direction: str) -> sql.Composed:
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in table.names)
    return sql.SQL("COPY {} ({}) " + direction).format(sql.Identifier(table.name), columns)


def write(connection: Connection, table: Table, pieces: Iterable[bytes]) -> None:
    """Write pieces of whole lines into a table. Raises Damaged for a row that does not fit it."""
    try:
        (_paste if connection.dialect.name == "postgresql" else _insert)(connection, table, pieces)
    except DRIVER_ERRORS as error:
        raise Damaged(f"A row of the backup does not fit {table.name}: {type(error).__name__}.") from None


def _paste(connection: Connection, table: Table, pieces: Iterable[bytes]) -> None:
    with _raw(connection).cursor() as cursor, cursor.copy(_statement(table, "FROM STDIN")) as copy:
        for piece in pieces:
            copy.write(piece)


def _insert(connection: Connection, table: Table, pieces: Iterable[bytes]) -> None:
    columns, marks = ", ".join(f'"{name}"' for name in table.names), ", ".join("?" * len(table.columns))
    statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 - names of our schema
    for piece in pieces:
        _raw(connection).executemany(statement, (codec.values(line, table.kinds) for line in piece.split(b"\n")[:-1]))
