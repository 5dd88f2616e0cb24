"""`casework keys erased` and `casework keys reapply`: a restore does not bring back whoever was erased."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import delete, insert, select

from casework.access.permissions import Actor
from casework.cli import keys as commands
from casework.db import db, uuid7
from casework.people.models import Person
from casework.people.names import Names
from casework.people.service import PersonData, register
from casework.vault import keys, upkeep
from casework.vault.errors import Erased
from casework.vault.models import DataKey, Tombstone
from tests import factories


@pytest.fixture
def by(live_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Actor]:
    """A worker; the commands run in the program of the test."""

    @contextmanager
    def program() -> Iterator[Flask]:
        yield live_app

    monkeypatch.setattr(commands, "program", program)
    with live_app.app_context():
        yield factories.actor("case_worker")


def run(*words: str | Path) -> Result:
    db.session.commit()
    return CliRunner().invoke(commands.keys, [str(word) for word in words])


def restored_after_erasure(by: Actor, listed: Path) -> Person:
    """A person who was erased and listed, and is back because an older backup was restored."""
    person = register(PersonData(names=Names(latin_family="Sampleson")), by=by)
    db.session.flush()
    backup = [dict(row) for row in db.session.execute(select(DataKey.__table__)).mappings()]
    upkeep.destroy(person.id, reason="erase")
    assert run("erased", listed).exit_code == 0
    db.session.execute(delete(Tombstone))
    db.session.execute(delete(DataKey))
    db.session.execute(insert(DataKey), backup)
    assert keys.newest(person.id)
    return person


def test_who_was_erased_stays_erased_after_a_restore(by: Actor, tmp_path: Path) -> None:
    person = restored_after_erasure(by, tmp_path / "erased.jsonl")
    answer = run("reapply", tmp_path / "erased.jsonl")
    assert answer.exit_code == 0, answer.output
    assert "Erased again: 1 keys" in answer.output
    with pytest.raises(Erased):
        keys.newest(person.id)


def test_the_list_tells_ids_and_days_only(by: Actor, tmp_path: Path) -> None:
    listed = tmp_path / "erased.jsonl"
    person = restored_after_erasure(by, listed)
    line = json.loads(listed.read_text())
    assert set(line) == {"root_id", "root_kind", "reason", "request_id", "erased_at"}
    assert (line["root_id"], line["root_kind"]) == (str(person.id), "person")


def test_a_file_that_is_no_such_list_changes_nothing(by: Actor, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text(json.dumps({"root_id": str(uuid7())}))
    answer = run("reapply", wrong)
    assert (answer.exit_code, db.session.scalars(select(Tombstone)).all()) == (2, [])
    assert "line 1" in answer.output
