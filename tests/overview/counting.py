"""How many statements a block sends to the database; savepoints of the tests are not counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from casework.db import db

BOUNDARIES = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements sent within the block."""
    sent: list[str] = []
    connection: Any = db.engines[None]

    def noted(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.lstrip().upper().startswith(BOUNDARIES):
            sent.append(statement)

    event.listen(connection, "before_cursor_execute", noted)
    try:
        yield sent
    finally:
        event.remove(connection, "before_cursor_execute", noted)
