"""Watches one connection and knows at any moment which tables were written, committed or not."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, event

_WRITE = re.compile(
    r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)', re.IGNORECASE
)


class WriteLog:
    """Levels of savepoints, each with the tables written in it. Level 0 is what has been 'committed' in a test."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._levels: list[list[str]] = [[]]
        self._hooks: list[tuple[str, Any]] = [
            ("before_cursor_execute", self._execute),
            ("savepoint", self._begin),
            ("release_savepoint", self._release),
            ("rollback_savepoint", self._rollback),
        ]
        for name, hook in self._hooks:
            event.listen(connection, name, hook)

    def close(self) -> None:
        """Stop watching."""
        for name, hook in self._hooks:
            event.remove(self._connection, name, hook)

    def mark(self) -> tuple[int, int]:
        """A point to compare with later: depth and the number of tables written at that depth."""
        return len(self._levels), len(self._levels[-1])

    def committed(self, mark: tuple[int, int]) -> list[str]:
        """Tables written and committed since `mark`."""
        depth, count = mark
        return self._levels[depth - 1][count:]

    def pending(self, mark: tuple[int, int]) -> list[str]:
        """Tables written since `mark` in a transaction that is still open."""
        return [table for level in self._levels[mark[0] :] for table in level]

    def _execute(self, conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        found = _WRITE.match(statement)
        if found:
            self._levels[-1].append(found.group(1))

    def _begin(self, conn: Any, name: str) -> None:
        self._levels.append([])

    def _release(self, conn: Any, name: str, context: Any) -> None:
        written = self._levels.pop()
        self._levels[-1].extend(written)

    def _rollback(self, conn: Any, name: str, context: Any) -> None:
        if len(self._levels) > 1:
            self._levels.pop()
