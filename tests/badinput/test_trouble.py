"""Full disk, busy database, wrong keys, a newer database: said in a sentence, what was typed kept, then it goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, event, func, select, text
from sqlalchemy.pool import NullPool

from casework.cases.models import Note
from casework.cli import main
from casework.db import db
from casework.vault import keys
from casework.writes import orchestrator
from casework.writes.models import Operation
from tests.badinput.desk import Desk
from tests.client import Client, Page
from tests.engines import Databases
from tests.signin import enter

TYPED = "Words that took an hour to write."


@pytest.fixture
def desk(live_app: Flask) -> Desk:
    """Really committed: a lock or a full disk is met by a connection of the program's own."""
    with live_app.app_context():
        return Desk()


@pytest.fixture
def hand(desk: Desk, live_client: Callable[[], Client]) -> Client:
    return enter(live_client(), desk.by.username)


def form(hand: Client, desk: Desk) -> tuple[str, dict[str, Any]]:
    """The form of a note, filled in."""
    path = hand.get(f"/cases/{desk.case_id}/notes/new").location
    return path, {**hand.get(path).fields(), "text": TYPED}


def kept(page: Page, words: str) -> None:
    """The page says what is wrong and still holds what was typed."""
    assert page.status == 503, page.words()
    assert words in page.words()
    assert page.fields()["text"] == TYPED


def counts(app: Flask) -> tuple[int, int]:
    with app.app_context():
        notes = db.session.scalar(select(func.count()).select_from(Note)) or 0
        return notes, db.session.scalar(select(func.count()).select_from(Operation)) or 0


@pytest.fixture
def locked(live_app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """Another program holds what a writer needs; our patience is short."""
    monkeypatch.setattr(orchestrator, "PATIENCE", 0.2)
    with live_app.app_context():
        engine = db.engine
        engine.dispose()
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=100"))
    else:
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("SET LOCAL lock_timeout = '200ms'"))
    other = create_engine(live_app.config["SQLALCHEMY_DATABASE_URI"], poolclass=NullPool)
    with other.connect() as connection:
        yield connection
    other.dispose()


def test_a_busy_database_is_told_and_the_same_form_goes_through_later(
    live_app: Flask, hand: Client, desk: Desk, locked: Connection
) -> None:
    path, values = form(hand, desk)
    lock = "BEGIN IMMEDIATE" if locked.dialect.name == "sqlite" else "LOCK TABLE note, operation IN EXCLUSIVE MODE"
    if locked.dialect.name == "sqlite":
        raw: Any = locked.connection.dbapi_connection
        raw.isolation_level = None
        raw.execute(lock)
    else:
        locked.exec_driver_sql(lock)
    kept(hand.post(path, values), "The database is busy. Nothing was saved; send it again.")
    if locked.dialect.name == "sqlite":
        raw.execute("ROLLBACK")
    else:
        locked.rollback()
    assert counts(live_app) == (0, 0)
    assert hand.post(path, values).status == 303
    assert counts(live_app) == (1, 1)


@pytest.fixture
def sqlite_desk(databases: Databases, ring: keys.Ring) -> Iterator[tuple[Flask, Desk]]:
    """Only SQLite can be told how many pages it may have."""
    url = databases.copy("sqlite")
    program = databases.program(url)
    with program.app_context():
        desk = Desk()
    yield program, desk
    databases.discard(program, url)


def test_a_full_disk_is_told_nothing_is_half_saved_and_it_goes_on_with_room(
    sqlite_desk: tuple[Flask, Desk],
) -> None:
    app, desk = sqlite_desk
    hand = enter(Client(app), desk.by.username)
    path, values = form(hand, desk)
    with app.app_context():
        engine = db.engine
        engine.dispose()
    full = {"pages": 1}

    def limited(connection: sqlite3.Connection, record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={full['pages']}")

    event.listen(engine, "connect", limited)
    long = {**values, "text": TYPED + " word" * 3_000}
    page = hand.post(path, long)
    assert page.status == 503
    assert "The disk is full. Nothing was saved" in page.words()
    assert page.fields()["text"] == long["text"]
    assert counts(app) == (0, 0)
    full["pages"] = 1_000_000
    with app.app_context():
        engine.dispose()
    assert hand.post(path, long).status == 303
    assert counts(app) == (1, 1)
    with app.app_context():
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"


def test_a_page_whose_view_cannot_be_recorded_is_not_sent(sqlite_desk: tuple[Flask, Desk]) -> None:
    app, desk = sqlite_desk
    hand = enter(Client(app), desk.by.username)
    with app.app_context():
        engine = db.engine
        engine.dispose()
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))
    page = hand.get(f"/cases/{desk.case_id}")
    assert page.status == 503
    assert "the record of who looks is not working" in page.words()
    assert "Sampleson" not in page.text


def test_wrong_keys_give_a_page_that_says_so_and_shows_nothing(
    live_app: Flask, hand: Client, desk: Desk, tmp_path: Path
) -> None:
    right = keys.ring()
    folder = tmp_path / "other"
    keys.create(folder, demo=False)
    path, values = form(hand, desk)
    keys.install(keys.load(folder))
    try:
        for page in (hand.get(f"/cases/{desk.case_id}/person"), hand.get("/cases"), hand.post(path, values)):
            assert page.status in (400, 503), page.words()
            assert "Sampleson" not in page.text
            assert "keys" in page.words() or page.status == 400
    finally:
        keys.install(right)
    assert counts(live_app) == (0, 0)
    assert hand.post(path, values).status == 303


@pytest.mark.parametrize(
    "words", [["audit", "verify"], ["import", "cases", "FILE", "--map", "m", "--organisation", "O", "--as", "u"]]
)
def test_a_database_of_a_newer_version_is_refused_by_every_command(
    live_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    words: list[str],
) -> None:  # fmt: skip
    config = live_app.config["CASEWORK"]
    table = tmp_path / "cases.csv"
    table.write_text("a\n1\n")
    (tmp_path / "m.toml").write_text("kind = 'running'\n[columns.a]\nto = 'sex'\n")
    named = {"FILE": str(table), "m": str(tmp_path / "m.toml")}
    with live_app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    monkeypatch.setenv("CASEWORK_DATA", str(config.data))
    monkeypatch.setenv("CASEWORK_KEYS", str(config.key_folder))
    monkeypatch.setenv("DATABASE_URL", live_app.config["SQLALCHEMY_DATABASE_URI"])
    assert main([named.get(word, word) for word in words]) == 2
    assert "The database stands at revision 9999" in capsys.readouterr().err
