"""Restoring: all comes back and can be searched; what is damaged, foreign or old is refused, and nothing stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection, delete, select, text, update

from casework.access.queries import actor_for
from casework.audit import erasure
from casework.audit.models import AuditEvent
from casework.audit.verify import verify
from casework.cases.queries import get_case
from casework.cli import main
from casework.db import db, uuid7
from casework.people.models import PersonSealed
from casework.safekeeping import codec, rows, take
from casework.startup import head, revision
from casework.vault import fields, files, index, keys, ring, upkeep
from casework.vault.errors import Erased
from casework.vault.models import DataKey, PostingLedger, Tombstone
from casework.writes import drafts
from casework.writes.orchestrator import transaction
from tests.audit.test_recorder import Worker
from tests.meta.test_migrations import downgrade
from tests.safekeeping.scene import PLANTED, Life, Place, Scene, flip

Say = pytest.CaptureFixture[str]


def names_of(person_id: UUID) -> str:
    return json.dumps(fields.unseal(db.session.get_one(PersonSealed, person_id), "names"))


def test_everything_comes_back_and_can_be_searched(scene: Scene, lived: Life) -> None:
    data, apart = scene.backup()
    place = scene.empty()
    assert scene.restore(data, apart, place) == 0
    first = lived.cases[0]
    with place.program():
        by = actor_for(lived.by.username)
        assert get_case(by, first.id).code == first.code
        assert PLANTED in names_of(first.person_id)
        assert b"".join(files.open_(lived.document.file_id, lived.document.root_id)).startswith(b"%PDF")
        assert index.lookup(by.organisation_id, PLANTED) == [first.person_id]
        assert verify() == []
        assert db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id.desc())).first() == "backup.restored"
    assert [path.stat().st_mode & 0o077 for path in place.data.rglob("*") if path.stat().st_mode & 0o077] == []
    assert scene.run("keys", "status", place=place) == 0
    assert scene.run("audit", "verify", place=place) == 0


def every_row() -> dict[str, list[list[object]]]:
    """All rows of the current database, in the words of one engine."""
    db.session.rollback()
    connection = take._snapshot()
    found = {}
    for table in rows.tables(connection):
        ordered = rows.Table(table.name, tuple(sorted(table.columns)))
        lines = b"".join(rows.read(connection, ordered)).split(b"\n")[:-1]
        found[table.name] = sorted((codec.values(line, ordered.kinds) for line in lines), key=repr)
    db.session.rollback()
    return found


def test_each_row_is_the_same_on_either_engine(scene: Scene, lived: Life) -> None:
    """A backup of one engine comes back on the other, cell by cell."""
    with scene.app.app_context():
        before = every_row()
    data, apart = scene.backup()
    assert sum(len(listed) for listed in before.values()) > 2000
    for engine in ("sqlite", "postgres"):
        place = scene.empty(engine)
        assert scene.restore(data, apart, place) == 0
        with place.program():
            after = every_row()
        changing = {"audit_event", "audit_head", "search_index"}
        assert {name for name in before if before[name] != after[name]} <= changing
        assert [row for row in before["audit_event"] if row not in after["audit_event"]] == []


@pytest.fixture
def taken(scene: Scene, lived: Life) -> tuple[Path, Path]:
    """A backup of the small office."""
    return scene.backup()


@pytest.mark.parametrize("which", [0, 1])
def test_a_flipped_byte_is_found_and_nothing_stays(
    scene: Scene, taken: tuple[Path, Path], which: int, capsys: Say
) -> None:
    place = scene.empty()
    for at in (30, 400, 5_000, taken[which].stat().st_size // 2, -1):
        given = list(taken)
        given[which] = flip(taken[which], min(at, taken[which].stat().st_size - 50))
        capsys.readouterr()
        outcome = scene.restore(*given, place)
        said = capsys.readouterr().err
        # In the list of recipients it may look like a file for others.
        assert (outcome, "was changed or cut" in said) == (1, True) or (at == 30 and "None of the identities" in said)
        assert place.untouched()


def test_a_cut_backup_is_found(scene: Scene, taken: tuple[Path, Path]) -> None:
    data = taken[0].read_bytes()
    for length in (0, 100, len(data) // 2, len(data) - 1):
        taken[0].write_bytes(data[:length])
        place = scene.empty()
        assert scene.restore(*taken, place) == 1
        assert place.untouched()


def test_a_list_made_without_our_keys_is_refused(scene: Scene, taken: tuple[Path, Path], capsys: Say) -> None:
    """Who has only the public keys can write a file that opens, but not one that passes."""
    members = scene.plain(taken[0])
    said = json.loads(members["manifest.json"])
    said["made_at"] = "2026-01-01T00:00:00+00:00"
    forged = scene.pack({**members, "manifest.json": json.dumps(said).encode()}, scene.folder / "forged.data.age")
    place = scene.empty()
    assert scene.restore(forged, taken[1], place) == 1
    assert "was not made with these keys" in capsys.readouterr().err
    rows_changed = {**members, "rows/person/000000.gz": members["rows/person/000000.gz"] * 2}
    assert scene.restore(scene.pack(rows_changed, forged), taken[1], place) == 1
    assert "The rows of person" in capsys.readouterr().err
    less = {name: data for name, data in members.items() if not name.startswith("files/")}
    assert scene.restore(scene.pack(less, forged), taken[1], place) == 1
    assert place.untouched()


def test_the_wrong_identity_keys_or_order_is_told(scene: Scene, taken: tuple[Path, Path], capsys: Say) -> None:
    place, (data, apart) = scene.empty(), taken
    other = scene.folder / "other.key"
    assert scene.run("backup-key", str(other)) == 0
    assert scene.run("restore", str(data), "--keys", str(apart), "--identity", str(other), place=place) == 2
    assert "None of the identities" in capsys.readouterr().err
    other.chmod(0o644)
    assert scene.run("restore", str(data), "--keys", str(apart), "--identity", str(other), place=place) == 2
    assert "Others can read" in capsys.readouterr().err
    assert scene.restore(apart, data, place) == 2
    assert "holds" in capsys.readouterr().err
    assert scene.restore(data, scene.folder / "absent", place) == 2
    assert "There is no file" in capsys.readouterr().err
    assert place.untouched()


def test_a_missing_key_file_is_found(scene: Scene, taken: tuple[Path, Path], capsys: Say) -> None:
    members = scene.plain(taken[1])
    del members["ring/search.json"]
    place = scene.empty()
    assert scene.restore(taken[0], scene.pack(members, scene.folder / "x.keys.age"), place) == 1
    assert "A key is missing" in capsys.readouterr().err
    assert place.untouched()


def test_a_missing_data_key_is_found_and_can_be_lived_with(scene: Scene, lived: Life, capsys: Say) -> None:
    with scene.app.app_context(), transaction():
        db.session.execute(delete(DataKey).where(DataKey.root_id == lived.cases[1].person_id))
    given = scene.backup()
    place = scene.empty()
    assert scene.restore(*given, place) == 1
    assert "keys are missing" in capsys.readouterr().out
    assert place.untouched()
    assert scene.restore(*given, place, "--keep-anyway") == 1
    with place.program():
        assert PLANTED in names_of(lived.cases[0].person_id)
        with pytest.raises(Erased):
            names_of(lived.cases[1].person_id)


def test_keys_of_another_installation_are_refused(scene: Scene, taken: tuple[Path, Path], capsys: Say) -> None:
    for path in (scene.folder / "keys").iterdir():
        path.unlink()
    with scene.app.app_context(), transaction():
        for table in (DataKey, PostingLedger):
            db.session.execute(delete(table))
        db.session.execute(text("DELETE FROM search_index"))
    keys.create(scene.folder / "keys", demo=False)
    place = scene.empty()
    assert scene.restore(taken[0], scene.backup()[1], place) == 2
    assert "keys of another installation" in capsys.readouterr().err
    assert place.untouched()


def test_keys_older_than_the_data_are_refused(scene: Scene, taken: tuple[Path, Path], capsys: Say) -> None:
    place = scene.empty()
    assert scene.restore(scene.backup()[0], taken[1], place) == 2
    assert "older than the data" in capsys.readouterr().err


def test_an_old_schema_is_brought_to_this_version(scene: Scene, lived: Life) -> None:
    downgrade(scene.app, "0012")
    with scene.app.app_context():
        made = take.make(scene.backups, scene.backups, scene.public)
        assert revision(db.engine) == "0012"
    place = scene.empty()
    assert scene.restore(made.data, made.keys, place) == 0
    with place.program():
        assert revision(db.engine) == head()
        assert PLANTED in names_of(lived.cases[0].person_id)


def test_an_unknown_schema_is_refused(scene: Scene, lived: Life, capsys: Say) -> None:
    with scene.app.app_context():
        with transaction():
            db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        made = take.make(scene.backups, scene.backups, scene.public)
    place = scene.empty()
    assert scene.restore(made.data, made.keys, place) == 2
    assert "revision 9999, which this version does not know" in capsys.readouterr().err
    assert place.untouched()


def test_only_an_empty_place_is_filled(scene: Scene, taken: tuple[Path, Path], capsys: Say) -> None:
    place = scene.empty()
    place.data.mkdir()
    (place.data / "notes.txt").write_text("mine")
    assert scene.restore(*taken, place) == 2
    assert [path.name for path in place.data.iterdir()] == ["notes.txt"]
    (place.data / "notes.txt").unlink()
    (place.data / "keys").mkdir()
    assert scene.restore(*taken, place) == 2
    (place.data / "keys").rmdir()
    live = Place(place.data, scene.app.config["SQLALCHEMY_DATABASE_URI"])
    assert scene.restore(*taken, live) == 2
    with scene.app.app_context():
        assert db.session.scalar(text('SELECT count(*) FROM "case"')) == 2
    assert "already" in capsys.readouterr().err
    assert scene.restore(*taken, place) == 0
    assert scene.restore(*taken, place) == 2


def test_a_restore_that_fails_half_way_leaves_the_place_empty(
    scene: Scene, taken: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(contents: object, folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ring, "put", full)
    place = scene.empty()
    assert scene.restore(*taken, place) == 2
    assert place.untouched()


def test_an_audit_that_was_changed_before_the_backup_is_found(scene: Scene, lived: Life, capsys: Say) -> None:
    with scene.app.app_context(), transaction():
        db.session.execute(update(AuditEvent.__table__).where(AuditEvent.seq == 1).values(action="x"))
    place = scene.empty()
    assert scene.restore(*scene.backup(), place) == 1
    assert "an event was changed" in capsys.readouterr().out
    assert place.untouched()


@pytest.mark.parametrize(("times", "said"), [(0, "points to one that is not in it"), (2, "does not fit organisation")])
def test_rows_that_can_not_stand_together_are_found(
    scene: Scene, lived: Life, times: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: Say
) -> None:
    real = rows.read

    def wrong(connection: Connection, table: rows.Table) -> Iterator[bytes]:
        for _ in range(times if table.name == "organisation" else 1):
            yield from real(connection, table)

    monkeypatch.setattr(rows, "read", wrong)
    place = scene.empty()
    assert scene.restore(*scene.backup(), place) == 1
    assert said in capsys.readouterr().err
    assert place.untouched()


def test_the_outside_anchor_is_compared_up_to_the_moment_of_the_backup(scene: Scene, lived: Life) -> None:
    copy = scene.folder / "anchor.txt"
    assert scene.run("audit", "anchor", str(copy)) == 0
    given = scene.backup()
    assert scene.run("audit", "anchor", str(copy)) == 0
    assert scene.restore(*given, scene.empty(), "--anchor", str(copy)) == 0
    copy.write_text(copy.read_text().replace("head ", "head 0", 1))
    place = scene.empty()
    assert scene.restore(*given, place, "--anchor", str(copy)) == 1
    assert scene.restore(*given, place, "--anchor", str(scene.folder / "absent")) == 2
    assert place.untouched()


def erase(scene: Scene, person_id: UUID) -> None:
    """Two others approve, then the command erases."""
    asks, first, second = (Worker(uuid7(), uuid7()) for _ in range(3))
    with scene.app.app_context(), transaction():
        request = erasure.ask(person_id, reason="erase", by=asks)
        erasure.approve(request, by=first)
        erasure.approve(request, by=second)
        wanted = str(request.id)
    assert scene.run("keys", "erase", wanted, "--yes") == 0


def is_erased(person_id: UUID) -> bool:
    try:
        names_of(person_id)
    except Erased:
        return (
            db.session.get(Tombstone, person_id) is not None
            and not db.session.scalars(
                select(PostingLedger.person_id).where(PostingLedger.person_id == person_id)
            ).all()
        )
    return False


def test_newer_keys_keep_the_erased_erased(scene: Scene, lived: Life) -> None:
    with scene.app.app_context(), transaction():
        draft = uuid7()
        drafts.save(draft, by=lived.by, endpoint="x", location="/", case_id=None, values={"name": ["Draftword"]})
    old = scene.backup()
    gone, kept = (case.person_id for case in lived.cases)
    erase(scene, gone)
    with scene.app.app_context(), transaction():
        drafts.drop(draft)
    newer = scene.backup()
    place = scene.empty()
    assert scene.restore(old[0], newer[1], place) == 0
    with place.program():
        assert is_erased(gone)
        assert not is_erased(kept)
        assert index.lookup(lived.by.organisation_id, PLANTED) == []
        assert drafts.load(draft, by=lived.by) is None
        upkeep.check()


def test_a_list_of_erasures_does_the_same_where_only_old_keys_are_left(scene: Scene, lived: Life, capsys: Say) -> None:
    old = scene.backup()
    gone, kept = (case.person_id for case in lived.cases)
    erase(scene, gone)
    listed = scene.folder / "erased.txt"
    assert scene.run("keys", "erased", str(listed)) == 0
    assert str(gone) in listed.read_text()
    without, place = scene.empty(), scene.empty()
    assert scene.restore(*old, without) == 0
    with without.program():
        assert not is_erased(gone)
    assert scene.restore(*old, place, "--erased", str(listed)) == 0
    with place.program():
        assert is_erased(gone)
        assert not is_erased(kept)
        assert index.lookup(lived.by.organisation_id, PLANTED) == []
    listed.write_text("nonsense\n")
    assert scene.restore(*old, scene.empty(), "--erased", str(listed)) == 2


def test_keys_wrapped_anew_open_older_data(scene: Scene, lived: Life) -> None:
    old = scene.backup()
    assert scene.run("keys", "new-kek") == 0
    assert scene.run("keys", "rewrap", "--destroy-old") == 0
    place = scene.empty()
    assert scene.restore(old[0], scene.backup()[1], place) == 0
    with place.program():
        assert list(keys.ring().keks) == [2]
        assert PLANTED in names_of(lived.cases[0].person_id)


def test_help_names_the_commands(capsys: Say) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert [name for name in ("backup", "restore", "drill", "backup-key") if f"  {name} " not in said] == []
