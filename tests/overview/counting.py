"""How many statements a block sends to the database; savepoints of the tests and the cache's clock are not counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from casework.db import db

BOUNDARIES = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
BY_THE_CLOCK = "FROM code_revision"
"""The cache of code lists asks every five seconds whether somebody edited one."""


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements sent within the block."""
    sent: list[str] = []
    connection: Any = db.engines[None]

    def noted(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.lstrip().upper().startswith(BOUNDARIES) and BY_THE_CLOCK not in statement:
            sent.append(statement)

    event.listen(connection, "before_cursor_execute", noted)
    try:
        yield sent
    finally:
        event.remove(connection, "before_cursor_execute", noted)
