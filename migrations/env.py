"""Runs the migrations inside the program's own engine, one transaction each, with batch mode for SQLite."""

from __future__ import annotations

from alembic import context
from flask import current_app

db = current_app.extensions["migrate"].db


def include_object(item: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Compare only what the models own."""
    return not (kind == "table" and name == "alembic_version")


def run() -> None:
    """Upgrade or downgrade over one connection, holding the writers' lock so that two starts never collide."""
    connectable = context.config.attributes.get("connection") or db.engine
    with connectable.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection = connection.execution_options(casework_write=True)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_lock(4711001)")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            include_object=include_object,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_unlock(4711001)")
            connection.commit()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


run()
