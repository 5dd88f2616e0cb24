"""The test machine itself: isolation, both engines, real commits. If these lie, all other tests may."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.orm import scoped_session

from casework.db import db
from tests.engines import Databases

Session = scoped_session[Any]


@pytest.fixture
def scratch(session: Session) -> str:
    """A table that lives as long as the test's transaction."""
    session.execute(text("CREATE TABLE scratch (word VARCHAR NOT NULL)"))
    session.commit()
    return "scratch"


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_starts_with_what_the_migrations_left(session: Session, turn: int) -> None:
    assert not inspect(session.connection()).has_table("scratch")
    session.execute(text("CREATE TABLE scratch (word VARCHAR NOT NULL)"))
    session.commit()


def test_a_rollback_in_the_program_keeps_what_the_test_prepared(session: Session, scratch: str) -> None:
    session.execute(text("INSERT INTO scratch VALUES ('kept')"))
    session.commit()
    session.execute(text("INSERT INTO scratch VALUES ('gone')"))
    session.rollback()
    assert session.scalars(text("SELECT word FROM scratch")).all() == ["kept"]


def test_the_engine_is_the_one_that_was_asked_for(session: Session, engine_name: str) -> None:
    assert session.connection().dialect.name == {"sqlite": "sqlite", "postgres": "postgresql"}[engine_name]


def test_sqlite_defends_foreign_keys_and_is_durable(session: Session, engine_name: str) -> None:
    if engine_name == "sqlite":
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA synchronous")) == 2
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"


def test_commits_are_real_on_a_live_database(live_app: Flask) -> None:
    with live_app.app_context():
        db.session.execute(text("CREATE TABLE scratch (word VARCHAR NOT NULL)"))
        db.session.execute(text("INSERT INTO scratch VALUES ('kept')"))
        db.session.commit()
    with live_app.app_context():
        db.session.execute(text("INSERT INTO scratch VALUES ('gone')"))
    with live_app.app_context(), db.engine.connect() as other:
        assert other.scalars(text("SELECT word FROM scratch")).all() == ["kept"]


def test_live_databases_know_nothing_of_each_other(databases: Databases, live_app: Flask, engine_name: str) -> None:
    with live_app.app_context():
        db.session.execute(text("CREATE TABLE scratch (word VARCHAR NOT NULL)"))
        db.session.commit()
    url = databases.copy(engine_name)
    other = databases.program(url)
    with other.app_context():
        assert not inspect(db.engine).has_table("scratch")
    databases.discard(other, url)
