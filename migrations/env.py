"""Runs the migrations inside the program's own engine, one transaction for all, with batch mode for SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

db = current_app.extensions["migrate"].db

LOCK = 4711001
"""Number of the advisory lock: of two starts at once the second waits and finds nothing left to do."""


def include_object(item: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Compare only what the models own."""
    return not (kind == "table" and name == "alembic_version")


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Batch mode copies and drops tables; with foreign keys on, that would delete the rows that point to them.

    SQLite ignores this setting inside a transaction, so it goes past SQLAlchemy, which would begin one.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        raw.execute("PRAGMA foreign_keys=ON")


def migrate(connection: Connection) -> None:
    """Upgrade or downgrade in one transaction: an interrupted start leaves the database as it was."""
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            include_object=include_object,
        )
        with context.begin_transaction():
            context.run_migrations()
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("A migration would leave rows that point nowhere; nothing was changed.")


def run() -> None:
    """Take one connection, the writers' lock with it, and migrate."""
    with db.engine.connect() as connection:
        connection = connection.execution_options(casework_write=True)
        with foreign_keys_off(connection):
            migrate(connection)


run()
