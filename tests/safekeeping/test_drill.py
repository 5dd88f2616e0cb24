"""The drill proves the newest backup in a throw-away place, says what it proved, and leaves nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import delete

from casework.audit.models import AuditEvent
from casework.db import db
from casework.safekeeping import checks
from casework.vault import files
from casework.vault.models import DataKey
from casework.writes.orchestrator import transaction
from tests.safekeeping.scene import Life, Place, Scene, flip, seen

Say = pytest.CaptureFixture[str]


@pytest.fixture
def scratch(scene: Scene) -> Path:
    """Where the throw-away places are made."""
    made = scene.folder / "scratch"
    made.mkdir()
    return made


def drill(scene: Scene, scratch: Path, *more: str) -> int:
    """As on another machine: the settings name an empty place, which stays as it is."""
    place = Place(scene.folder / "elsewhere", "")
    words = ["drill", "--from", str(scene.backups), "--identity", str(scene.identity()), "--scratch", str(scratch)]
    outcome = scene.run(*words, *more, place=place)
    assert not place.data.exists()
    assert os.listdir(scratch) == []
    return outcome


def test_a_good_backup_proves_itself(scene: Scene, lived: Life, scratch: Path, capsys: Say) -> None:
    scene.backup()
    with scene.app.app_context():
        seen(lived.by, lived.cases[0])
    data, _ = scene.backup()
    capsys.readouterr()
    assert drill(scene, scratch) == 0
    said = capsys.readouterr().out
    assert said.startswith(data.name)
    assert "The backup is good." in said
    assert "1 files; erased: 0" in said
    assert " 0 sealed rows" not in said


def test_a_backup_of_either_engine_proves_itself_on_postgresql(
    scene: Scene, lived: Life, scratch: Path, capsys: Say
) -> None:
    scene.backup()
    place = scene.empty("postgres")
    assert drill(scene, scratch, "--database", place.url) == 0
    assert "restored to postgresql" in capsys.readouterr().out
    assert place.untouched()


def test_the_live_database_is_never_drilled_into(scene: Scene, lived: Life, scratch: Path, capsys: Say) -> None:
    scene.backup()
    assert drill(scene, scratch, "--database", scene.app.config["SQLALCHEMY_DATABASE_URI"]) == 2
    said = capsys.readouterr().err
    assert "holds tables already" in said or "names an empty PostgreSQL database" in said
    with scene.app.app_context():
        assert db.session.query(AuditEvent).count() > 0


def test_no_backup_is_no_good_news(scene: Scene, scratch: Path, capsys: Say) -> None:
    assert drill(scene, scratch) == 2
    assert "There is no backup" in capsys.readouterr().err


def test_the_newest_backup_is_the_one_that_counts(scene: Scene, lived: Life, scratch: Path, capsys: Say) -> None:
    data, apart = scene.backup()
    newest = apart.with_name("casework-99991231T000000Z-abcd.data.age")
    flip(data, -40).rename(newest)
    assert drill(scene, scratch) == 1
    assert newest.name in capsys.readouterr().err
    newest.unlink()
    assert drill(scene, scratch) == 0


def test_a_file_changed_on_the_disk_before_the_backup_is_found(
    scene: Scene, lived: Life, scratch: Path, capsys: Say
) -> None:
    flip(files.path_of(lived.document.file_id), 60).rename(files.path_of(lived.document.file_id))
    scene.backup()
    assert drill(scene, scratch) == 1
    assert "Wrong: A file does not open: SealBroken." in capsys.readouterr().out


def test_a_sealed_row_that_does_not_open_is_found(scene: Scene, lived: Life, scratch: Path, capsys: Say) -> None:
    with scene.app.app_context(), transaction():
        db.session.connection().exec_driver_sql("UPDATE person_sealed SET version = version + 1")
    scene.backup()
    assert drill(scene, scratch) == 1
    assert "Wrong: A sealed row of person_sealed does not open: SealBroken." in capsys.readouterr().out


def test_a_missing_data_key_is_found(scene: Scene, lived: Life, scratch: Path, capsys: Say) -> None:
    with scene.app.app_context(), transaction():
        db.session.execute(delete(DataKey).where(DataKey.root_id == lived.cases[0].person_id))
    scene.backup()
    assert drill(scene, scratch) == 1
    assert "keys are missing" in capsys.readouterr().out


def test_every_sealed_table_is_sampled(scene: Scene) -> None:
    names = {kind.__tablename__ for kind in checks._sealed()}
    assert len(names) > 20
    with scene.app.app_context():
        assert names <= set(db.metadata.tables)
        assert {name for name in db.metadata.tables if name.endswith("_sealed")} <= names
