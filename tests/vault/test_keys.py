"""The key ring on the disk and the data keys in the database."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from casework.db import uuid7
from casework.vault import fields, index, keys, tombstones, upkeep
from casework.vault import ring as rings
from casework.vault.errors import Erased, KeyFileError, MissingKey
from casework.vault.models import DataKey, Posting, PostingLedger, Tombstone
from tests.vault.things import ThingSealed, make_thing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rings.create(tmp_path / "keys", demo=True)
    return tmp_path / "keys"


@pytest.fixture
def own_ring(folder: Path, ring: keys.Ring) -> Iterator[keys.Ring]:
    """A ring of this test alone, because the test changes it."""
    keys.install(keys.load(folder))
    yield keys.ring()
    keys.install(ring)


def test_a_new_ring_is_for_its_owner_only(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    for name in rings.FILES:
        assert (folder / name).stat().st_mode & 0o777 == 0o600, name
    ring = keys.load(folder)
    secrets = [*ring.keks.values(), ring.search_root, ring.audit_key, ring.pepper, ring.session_secret]
    assert len(set(secrets)) == 5
    assert {len(key) for key in secrets} == {32}
    assert ring.demo


def test_a_ring_does_not_print_its_keys(folder: Path) -> None:
    ring = keys.load(folder)
    assert ring.keks[1].hex() not in repr(ring)
    assert "search_root" not in repr(ring)


def test_keys_are_never_made_over_keys(folder: Path) -> None:
    with pytest.raises(KeyFileError, match="already"):
        keys.create(folder, demo=False)


@pytest.mark.parametrize("name", rings.FILES)
def test_each_missing_file_is_told_in_one_sentence(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(KeyFileError, match=rf"{name} is missing"):
        keys.load(folder)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 2}', "\x00\x01", "é"])
def test_a_file_that_is_no_key_file_is_told(folder: Path, content: str) -> None:
    (folder / "kek.json").write_text(content)
    with pytest.raises(KeyFileError) as told:
        keys.load(folder)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("kek.json", {"active": 2}),
        ("kek.json", {"keks": {"1": "short"}}),
        ("kek.json", {"keks": []}),
        ("search.json", {"search_root": "AAAA"}),
        ("audit.json", {"audit_key": None}),
    ],
)
def test_a_damaged_key_is_told(folder: Path, name: str, change: dict[str, object]) -> None:
    content = json.loads((folder / name).read_text()) | change
    (folder / name).write_text(json.dumps(content))
    with pytest.raises(KeyFileError, match="missing or damaged"):
        keys.load(folder)


def test_a_file_others_can_read_is_refused(folder: Path) -> None:
    (folder / "audit.json").chmod(0o644)
    with pytest.raises(KeyFileError, match="0600"):
        keys.load(folder)


def test_the_ring_of_another_database_is_refused_with_a_sentence(
    things: scoped_session, own_ring: keys.Ring, ring: keys.Ring
) -> None:
    row_id = make_thing(address="one").id
    upkeep.check()
    keys.install(ring)
    things().info.clear()
    with pytest.raises(KeyFileError, match="not the keys of this database"):
        upkeep.check()
    with pytest.raises(KeyFileError):
        fields.unseal(things.get_one(ThingSealed, row_id), "address")


def test_another_search_key_is_refused_with_a_sentence(
    session: scoped_session, own_ring: keys.Ring, ring: keys.Ring, folder: Path, key_folder: Path
) -> None:
    index.state(session, share=True)
    upkeep.check()
    shutil.copy(key_folder / "search.json", folder / "search.json")
    keys.install(keys.load(folder))
    with pytest.raises(KeyFileError, match="search key"):
        upkeep.check()


def test_a_data_key_is_forty_bytes_and_unlike_any_other(things: scoped_session) -> None:
    make_thing(address="one")
    make_thing(address="two")
    wrapped = things.scalars(select(DataKey.wrapped)).all()
    assert [len(one) for one in wrapped] == [40, 40]
    assert len(set(wrapped)) == 2


def test_a_root_without_key_is_an_error(session: scoped_session) -> None:
    with pytest.raises(MissingKey):
        keys.newest(uuid7())


def test_a_key_of_an_undone_transaction_is_not_used_again(session: scoped_session) -> None:
    root = uuid7()
    savepoint = session.begin_nested()
    keys.make_root("person", root)
    session.flush()
    savepoint.rollback()
    with pytest.raises(MissingKey):
        keys.newest(root)


def test_rewrapping_changes_no_sealed_value_and_lets_the_old_key_go(
    things: scoped_session, own_ring: keys.Ring, folder: Path
) -> None:
    rows = [make_thing(address=f"street {number}") for number in range(3)]
    before = rows[0].address
    assert upkeep.new_kek() == 2
    with pytest.raises(KeyFileError, match="still wraps"):
        upkeep.retire(1)
    assert upkeep.rewrap(batch=2) == 2
    assert upkeep.rewrap(batch=2) == 1
    assert upkeep.rewrap() == 0
    upkeep.retire(1)
    assert list(keys.load(folder).keks) == [2]
    things().info.clear()
    things.expire_all()
    assert things.get_one(ThingSealed, rows[0].id).address == before
    assert fields.unseal_many(rows, "address") == {row.id: f"street {at}" for at, row in enumerate(rows)}


def test_a_server_that_runs_learns_a_key_made_by_a_command(things: scoped_session, own_ring: keys.Ring) -> None:
    rings.add_kek(own_ring)  # another process
    other = keys.load(own_ring.folder)
    kek_id, wrapped = (lambda: (keys.install(other), keys.wrap(bytes(32)))[1])()
    keys.install(own_ring)
    assert kek_id == 2
    assert keys.unwrap(kek_id, wrapped) == bytes(32)


def test_destroying_the_keys_of_a_person_erases_all_that_is_tied_to_the_person(things: scoped_session) -> None:
    kept, gone = make_thing(address="kept"), make_thing(address="gone")
    draft, scope = uuid7(), uuid7()
    other_draft = uuid7()
    keys.make_root("draft", draft)
    keys.make_root("draft", other_draft)
    keys.link(other_draft, gone.id)  # not written yet
    things.flush()
    keys.link(draft, gone.id)
    index.sync_many(things, [(gone.id, scope, index.wanted({"latin": "Gone"}))])
    things.flush()
    assert index.lookup(scope, "gone") == [gone.id]

    assert set(upkeep.destroy(gone.id, reason="erase")) == {gone.id, draft, other_draft}

    assert index.lookup(scope, "gone") == []
    assert set(things.scalars(select(Tombstone.root_id))) == {gone.id, draft, other_draft}
    for root in (gone.id, draft):
        with pytest.raises(Erased):
            keys.newest(root)
    with pytest.raises(Erased):
        fields.unseal(gone, "address")
    assert fields.unseal_many([gone, kept], "address") == {gone.id: None, kept.id: "kept"}


def test_a_restored_key_of_an_erased_person_is_destroyed_again(things: scoped_session) -> None:
    gone = make_thing(address="gone")
    copy = things.execute(select(DataKey.__table__).where(DataKey.root_id == gone.id)).mappings().one()
    upkeep.destroy(gone.id, reason="erase")
    things.execute(DataKey.__table__.insert(), [dict(copy)])
    assert tombstones.reapply() == 1
    with pytest.raises(Erased):
        fields.unseal(gone, "address")


def test_a_restored_backup_erases_again_whoever_a_list_from_outside_names(things: scoped_session) -> None:
    gone, kept, scope = make_thing(address="gone"), make_thing(address="kept"), uuid7()
    index.sync_many(things, [(one.id, scope, index.wanted({"latin": "Gone"})) for one in (gone, kept)])
    things.flush()
    tables = [model.__table__ for model in (DataKey, PostingLedger, Posting)]
    backup = {table: [dict(row) for row in things.execute(select(table)).mappings()] for table in tables}
    upkeep.destroy(gone.id, reason="erase")
    listed = "\n".join(tombstones.lines())
    for table in (*tables, Tombstone.__table__):
        things.execute(table.delete())
    for table, rows in backup.items():
        things.execute(table.insert(), rows)
    things.expunge_all()
    assert set(index.lookup(scope, "gone")) == {gone.id, kept.id}

    assert tombstones.reapply(tombstones.read(listed)) == 1

    assert index.lookup(scope, "gone") == [kept.id]
    assert things.scalars(select(Tombstone.root_id)).all() == [gone.id]
    with pytest.raises(Erased):
        keys.newest(gone.id)
    assert keys.newest(kept.id)
    assert tombstones.reapply(tombstones.read(listed)) == 0


@pytest.mark.parametrize("line", ["", "{}", "no json", '{"root_id": "x"}', "[]"])
def test_a_list_that_is_none_is_refused_whole(line: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        tombstones.read(line + "\n")
