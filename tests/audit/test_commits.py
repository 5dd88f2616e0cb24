"""With real commits: many writers on one chain, and the commands with their exit codes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from casework.audit import erasure
from casework.audit.models import AuditEvent, AuditHead, AuditSubject
from casework.audit.recorder import record
from casework.audit.verify import verify
from casework.cli import main
from casework.db import db, uuid7
from casework.vault import files, index, keys, upkeep
from casework.vault.models import Posting
from casework.writes.orchestrator import transaction
from tests.audit.test_recorder import BY, Worker

CASES = [uuid7() for _ in range(3)]
Command = Callable[..., int]


@pytest.fixture
def command(live_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ring: keys.Ring) -> Command:
    """Run `casework ...` on the database of the test, with a key ring that the test may change."""
    monkeypatch.setattr(keys, "_installed", ring)
    monkeypatch.setattr(files, "_installed", None)
    keys.create(tmp_path / "keys", demo=False)
    keys.install(keys.load(tmp_path / "keys"))
    monkeypatch.setenv("DATABASE_URL", live_app.config["SQLALCHEMY_DATABASE_URI"])
    monkeypatch.setenv("CASEWORK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CASEWORK_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("CASEWORK_MODE", "test")

    def run(*words: str) -> int:
        return main(list(words))

    return run


def test_writers_at_once_make_one_chain_without_gap(live_app: Flask) -> None:
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with live_app.app_context():
                for _ in range(5):
                    with transaction():
                        for case_id in CASES[number % 3 :] + CASES[: number % 3]:
                            record(BY, "case.changed", case_id=case_id)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with live_app.app_context():
        assert verify() == []
        for case_id in CASES:
            numbers = db.session.scalars(select(AuditEvent.seq).where(AuditEvent.stream_id == case_id)).all()
            assert sorted(numbers) == list(range(1, 31))


def test_the_commands_tell_a_whole_record_from_a_changed_one(live_app: Flask, command: Command, tmp_path: Path) -> None:
    copy = str(tmp_path / "anchor.txt")
    with live_app.app_context(), transaction():
        for case_id in CASES:
            record(BY, "case.opened", case_id=case_id)
    assert command("audit", "anchor", copy) == 0
    assert command("audit", "verify") == 0
    assert command("audit", "verify", "--anchor", copy) == 0
    assert command("audit", "verify", "--anchor", str(tmp_path / "absent")) == 2
    with live_app.app_context(), transaction():
        for table, column in ((AuditEvent, "stream_id"), (AuditHead, "stream_id"), (AuditSubject, "case_id")):
            db.session.execute(delete(table).where(getattr(table, column) == CASES[0]))
    assert command("audit", "verify") == 0
    assert command("audit", "verify", "--anchor", copy) == 1
    assert command("audit", "anchor", copy) == 2
    with live_app.app_context(), transaction():
        db.session.execute(update(AuditEvent.__table__).values(body="{}", action="x"))
    assert command("audit", "verify") == 1


def person(scope: object) -> object:
    person_id = uuid7()
    keys.make_root("person", person_id)
    db.session.flush()
    index.sync_many(db.session, [(person_id, scope, index.wanted({"latin": "Testname"}))])
    return person_id


def test_keys_are_renewed_a_person_is_erased_and_the_index_built_anew(live_app: Flask, command: Command) -> None:
    scope = uuid7()
    asks, first, second = (Worker(uuid7(), scope) for _ in range(3))
    with live_app.app_context(), transaction():
        kept, gone = person(scope), person(scope)
        request = erasure.ask(gone, reason="erase", by=asks)
        erasure.approve(request, by=first)
        request_id = str(request.id)
    assert command("keys", "status") == 0
    assert command("keys", "erase", request_id, "--yes") == 2
    assert command("keys", "erase", "no id", "--yes") == 2
    with live_app.app_context(), transaction():
        erasure.approve(db.session.merge(request), by=second)
    assert command("keys", "erase", request_id, "--yes") == 0
    assert command("keys", "new-kek") == 0
    assert command("keys", "rewrap", "--destroy-old") == 0
    assert list(keys.ring().keks) == [2]
    with live_app.app_context(), transaction():
        db.session.execute(delete(Posting))
    assert command("search", "rebuild") == 0
    with live_app.app_context():
        upkeep.check()
        assert index.lookup(scope, "testname") == [kept]
        assert verify() == []


def test_foreign_keys_are_refused_with_a_sentence(
    live_app: Flask,
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with live_app.app_context(), transaction():
        person(uuid7())
    keys.create(tmp_path / "other", demo=False)
    monkeypatch.setenv("CASEWORK_KEYS", str(tmp_path / "other"))
    assert command("keys", "status") == 2
    assert capsys.readouterr().err.strip().endswith("put back the right ones.")
    assert command("keys", "rewrap") == 2
