"""INSERT that leaves an existing row alone, in the words of both engines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_missing(session: Session, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Insert `rows` into `table` (a mapped class); those whose key is there already are left as they are."""
    if not rows:
        return
    target: Table = table.__table__
    if session.get_bind().dialect.name == "postgresql":
        session.execute(postgresql.insert(target).on_conflict_do_nothing(), rows)
    else:
        session.execute(sqlite.insert(target).on_conflict_do_nothing(), rows)
