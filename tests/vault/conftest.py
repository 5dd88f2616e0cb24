"""The tests' own sealed table, made inside the transaction of the test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import scoped_session

from tests.vault.things import Own


@pytest.fixture
def things(session: scoped_session) -> scoped_session:
    """The session, with the tables of `tests.vault.things`."""
    Own.metadata.create_all(session.connection())
    return session


@pytest.fixture
def statements(session: scoped_session) -> Iterator[list[str]]:
    """The statements sent to the database from now on."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    yield sent
    event.remove(connection, "before_cursor_execute", note)
