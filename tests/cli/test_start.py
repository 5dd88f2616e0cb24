"""From an empty folder to a program that serves, and the refusals on the way."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework import startup
from casework.cli import main

Say = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder in production mode behind a proxy, SQLite."""
    folder = tmp_path / "data"
    for name in ("DATABASE_URL", "CASEWORK_KEYS", "CASEWORK_DEBUG", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CASEWORK_DATA", str(folder))
    monkeypatch.setenv("CASEWORK_MODE", "production")
    monkeypatch.setenv("CASEWORK_PROXY", "1")
    mask = os.umask(0o022)
    yield folder
    os.umask(mask)


def test_prepare_makes_everything_for_the_owner_only(data: Path) -> None:
    assert main(["prepare"]) == 0
    files = [data, *data.rglob("*")]
    assert len(files) > 5
    assert [path for path in files if path.stat().st_mode & 0o077] == []


def test_a_second_prepare_keeps_keys_and_database(data: Path) -> None:
    main(["prepare"])
    before = {path: path.read_bytes() for path in (data / "keys").iterdir()}
    assert main(["prepare"]) == 0
    assert {path: path.read_bytes() for path in (data / "keys").iterdir()} == before


UNFILLED = '''"""A column that must not be empty, and nothing that fills it."""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{head}"


def upgrade():
    with op.batch_alter_table("role", recreate="always") as batch:
        batch.add_column(sa.Column("word", sa.String(), nullable=False))
'''


def test_a_migration_that_the_database_refuses_is_named_with_its_table(
    data: Path, tmp_path: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["prepare"]) == 0
    folder = tmp_path / "migrations"
    shutil.copytree(startup.MIGRATIONS, folder)
    (folder / "versions" / "9999_word.py").write_text(UNFILLED.format(head=startup.head()))
    monkeypatch.setattr(startup, "MIGRATIONS", folder)
    assert main(["prepare"]) == 2
    assert capsys.readouterr().err == ("casework: the database refused at revision 9999, table role: IntegrityError.\n")


def test_lost_keys_are_not_replaced_beside_a_database(data: Path, capsys: Say) -> None:
    main(["prepare"])
    for path in (data / "keys").iterdir():
        path.unlink()
    assert main(["prepare"]) == 2
    assert "Put them back" in capsys.readouterr().err
    assert list((data / "keys").iterdir()) == []


def test_one_lost_key_file_is_named(data: Path, capsys: Say) -> None:
    main(["prepare"])
    (data / "keys" / "kek.json").unlink()
    assert main(["prepare"]) == 2
    assert "kek.json" in capsys.readouterr().err


def test_production_does_not_start_without_keys(data: Path, capsys: Say) -> None:
    assert main(["start"]) == 2
    assert "casework prepare" in capsys.readouterr().err
    assert not (data / "keys").exists()


def test_production_does_not_start_on_plain_http(data: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEWORK_PROXY")
    assert main(["prepare"]) == 2
    assert "Plain HTTP is refused" in capsys.readouterr().err


def test_a_busy_port_is_told_before_anything_is_made(data: Path, capsys: Say) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert main(["start", "--port", str(other.getsockname()[1])]) == 2
    assert "is not free" in capsys.readouterr().err
    assert not data.exists()


@pytest.mark.parametrize("words", [["nonsense"], ["start", "--port", "none"], ["start", "--port", "99999"]])
def test_wrong_use_is_a_sentence_and_exit_code_2(words: list[str], capsys: Say) -> None:
    assert main(words) == 2
    said = capsys.readouterr().err
    assert said
    assert "Traceback" not in said


def test_a_setting_that_is_no_number_is_named(data: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORK_PROXY", "one")
    assert main(["prepare"]) == 2
    assert "'one'" in capsys.readouterr().err


def test_a_data_folder_that_can_not_be_made_is_told(data: Path, capsys: Say) -> None:
    data.write_text("a file is in the way")
    assert main(["prepare"]) == 2
    assert str(data) in capsys.readouterr().err


def test_help_lists_the_commands(capsys: Say) -> None:
    assert main(["--help"]) == 0
    assert "prepare" in capsys.readouterr().out
