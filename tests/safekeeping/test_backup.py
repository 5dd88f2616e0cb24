"""Taking a backup: what is in it and what is not, who can open it, what it leaves behind."""

from __future__ import annotations

import hashlib
import json
import tracemalloc
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text

from casework.audit.models import AuditEvent
from casework.db import db, utcnow, uuid7
from casework.safekeeping import rows, take
from casework.safekeeping.bring import Sources, restore
from casework.vault import files
from casework.writes.models import Operation
from casework.writes.orchestrator import transaction
from tests.safekeeping.scene import OFFICE, PLANTED, Life, Scene

Say = pytest.CaptureFixture[str]


def test_two_files_for_two_people_and_nothing_else(scene: Scene, lived: Life) -> None:
    data, apart = scene.backup()
    assert scene.backups.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in (data, apart)] == [0o600, 0o600]
    assert sorted(scene.backups.iterdir()) == [data, apart]
    for secret in scene.secrets:
        scene.secrets[0] = secret
        assert "manifest.json" in scene.plain(data)
        assert "manifest.json" in scene.plain(apart)


def test_no_word_stands_in_plain_in_either_file(scene: Scene, lived: Life) -> None:
    for path in scene.backup():
        found = path.read_bytes().lower()
        assert [word for word in (PLANTED, OFFICE, "audit_event", "data_key") if word.lower().encode() in found] == []
    assert (
        OFFICE.encode()
        in scene.plain(path.with_name(path.name.replace(".keys.", ".data.")))["rows/organisation/000000.gz"]
    )


def test_postings_stay_out_and_keys_lie_apart(scene: Scene, lived: Life) -> None:
    with scene.app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM posting")) > 0
    data, apart = (scene.plain(path) for path in scene.backup())
    tables = {name.split("/")[1] for name in data if name.startswith("rows/")}
    assert {"person", "person_sealed", "audit_event", "posting_ledger"} <= tables
    assert tables & {"posting", "data_key", "tombstone", "alembic_version"} == set()
    assert [name for name in data if name.startswith("ring/")] == []
    assert {name for name in apart if not name.startswith("manifest")} == {
        "ring/kek.json", "ring/search.json", "ring/audit.json", "ring/web.json", "rows/data_key/000000.gz",
    }  # fmt: skip


def test_a_sealed_file_is_in_it_as_it_lies_on_the_disk(scene: Scene, lived: Life) -> None:
    members = scene.plain(scene.backup()[0])
    stored = files.path_of(lived.document.file_id).read_bytes()
    assert members[f"files/{lived.document.file_id.hex}"] == stored


def test_the_manifest_says_when_which_revision_how_much_and_where_the_audit_ends(scene: Scene, lived: Life) -> None:
    said = json.loads(scene.plain(scene.backup()[0])["manifest.json"])
    assert said["revision"] == "0014" or int(said["revision"]) > 14
    assert said["engine"] == ("sqlite" if scene.engine == "sqlite" else "postgresql")
    assert said["tables"]["case"]["rows"] == 2
    assert said["files"]["count"] == 1
    assert len(said["audit"]["root"]) == 64
    assert said["audit"]["chains"] > 0


def test_the_backup_is_recorded_with_the_digests_of_both_files(scene: Scene, lived: Life) -> None:
    sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in scene.backup()]
    with scene.app.app_context():
        body = json.loads(db.session.scalars(select(AuditEvent.body).where(AuditEvent.action == "backup.made")).one())
    assert [body["data_sha256"], body["keys_sha256"]] == sums
    assert body["recipients"] == 2


def test_keys_can_be_put_elsewhere(scene: Scene, lived: Life) -> None:
    elsewhere = scene.folder / "stick"
    assert scene.run("backup", "--to", str(scene.backups), "--keys-to", str(elsewhere), *scene.to_both) == 0
    assert [path.suffixes[-2] for path in scene.backups.iterdir()] == [".data"]
    assert [path.suffixes[-2] for path in elsewhere.iterdir()] == [".keys"]


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_recipients_are_refused(scene: Scene, count: int, capsys: Say) -> None:
    words = [word for one in scene.public[:count] * 2 for word in ("--recipient", one)]
    assert scene.run("backup", "--to", str(scene.backups), *words) == 2
    assert "at least two different recipients" in capsys.readouterr().err
    assert not scene.backups.exists()


def test_what_is_no_public_key_is_refused(scene: Scene, capsys: Say) -> None:
    words = ["--recipient", scene.public[0], "--recipient", scene.secrets[1]]
    assert scene.run("backup", "--to", str(scene.backups), *words) == 2
    said = capsys.readouterr().err
    assert "is not a public age key" in said
    assert scene.secrets[1] not in said


def test_a_folder_that_others_can_read_is_refused(scene: Scene, capsys: Say) -> None:
    scene.backups.mkdir(mode=0o755)
    assert scene.run("backup", "--to", str(scene.backups), *scene.to_both) == 2
    assert "Others can read" in capsys.readouterr().err


def test_a_missing_file_is_told_and_the_rest_is_saved(scene: Scene, lived: Life, capsys: Say) -> None:
    files.path_of(lived.document.file_id).unlink()
    assert scene.run("backup", "--to", str(scene.backups), *scene.to_both) == 1
    assert str(lived.document.file_id) in capsys.readouterr().err
    assert len(list(scene.backups.iterdir())) == 2


def test_a_full_disk_leaves_nothing_behind(scene: Scene, lived: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    real = rows.read

    def full(connection: object, table: rows.Table) -> object:
        if table.name == "person":
            raise OSError(28, "No space left on device")
        return real(connection, table)  # type: ignore[arg-type]

    monkeypatch.setattr(rows, "read", full)
    assert scene.run("backup", "--to", str(scene.backups), *scene.to_both) == 2
    assert list(scene.backups.iterdir()) == []
    with scene.app.app_context():
        assert db.session.scalars(select(AuditEvent.id).where(AuditEvent.action == "backup.made")).all() == []


def test_a_backup_that_can_not_be_recorded_is_not_kept(
    scene: Scene, lived: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*words: object, **more: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(take, "record", broken)
    assert scene.run("backup", "--to", str(scene.backups), *scene.to_both) == 2
    assert list(scene.backups.iterdir()) == []


def test_memory_does_not_grow_with_the_data(scene: Scene, lived: Life) -> None:
    """Sixty megabytes of rows and files pass through backup and restore; a third of it is never held at once."""
    long = "a sentence of a note " * 700
    with scene.app.app_context():
        for _ in range(10):
            with transaction():
                db.session.execute(insert(Operation), [operation(lived.by.user_id, long) for _ in range(400)])
        with files.path_of(lived.document.file_id).open("ab") as file:
            file.truncate(5_000_000)  # no longer opens, but that is not what is looked at here
        tracemalloc.start()
        made = take.make(scene.backups, scene.backups, scene.public)
        peaks = [tracemalloc.get_traced_memory()[1]]
        tracemalloc.stop()
    place = scene.empty()
    scene.use(place)
    tracemalloc.start()
    sources = Sources(made.data, made.keys, scene.identity())
    restore(sources, place.settings, keep=lambda report: False)
    peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    scene.use()
    assert sum(len(one) for one in scene.plain(made.data).values()) > 60_000_000
    assert max(peaks) < 20_000_000, peaks


def operation(user_id: UUID, note: str) -> dict[str, object]:
    return {
        "key": uuid7().hex, "user_id": user_id, "route": "x", "digest": b"x" * 32, "location": "/", "note": note,
        "seen": 1, "created_at": utcnow(),
    }  # fmt: skip


def test_no_number_is_made_by_the_database(scene: Scene) -> None:
    """A backup holds no sequences; the program makes every number and id itself."""
    with scene.app.app_context():
        if scene.engine == "postgres":
            assert db.session.scalar(text("SELECT count(*) FROM information_schema.sequences")) == 0
        else:
            assert db.session.scalar(text("SELECT count(*) FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")) == 0
