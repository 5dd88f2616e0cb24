"""Sealed files: contents come back, nothing plain is written, and cuts, moves and changes are found."""

from __future__ import annotations

import errno
import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import scoped_session

from casework.db import at, utcnow, uuid7
from casework.errors import InvalidInput, Unavailable
from casework.vault import files, keys, upkeep
from casework.vault.errors import Erased, SealBroken

CHUNK = files.CHUNK


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(files, "_installed", None)
    files.install(tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def root(session: scoped_session) -> object:
    """A person with a key."""
    root_id = uuid7()
    keys.make_root("person", root_id)
    session.flush()
    return root_id


def everything(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_contents_come_back_whole(root, size: int) -> None:
    data = os.urandom(size)
    file_id = uuid7()
    stored = files.store(io.BytesIO(data), root_id=root, file_id=file_id, limit=size)
    assert stored.size == size
    assert b"".join(files.open_(file_id, root)) == data


def test_nothing_plain_lies_on_the_disk_not_even_while_writing(root, folder: Path) -> None:
    sentence = b"a planted sentence " * 10_000
    seen: list[bytes] = []

    class Watching(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            seen.extend(path.read_bytes() for path in everything(folder))
            return super().read(size)

    files.store(Watching(sentence), root_id=root, file_id=uuid7(), limit=10**6)
    seen.extend(path.read_bytes() for path in everything(folder))
    assert len(seen) > 2
    assert not any(b"planted" in one for one in seen)
    assert all(path.stat().st_mode & 0o077 == 0 for path in everything(folder))


def test_too_big_a_file_leaves_nothing(root, folder: Path) -> None:
    with pytest.raises(InvalidInput):
        files.store(io.BytesIO(bytes(CHUNK * 3)), root_id=root, file_id=uuid7(), limit=CHUNK * 3 - 1)
    assert everything(folder) == []


def test_a_full_disk_is_told_and_leaves_nothing(root, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable):
        files.store(io.BytesIO(b"x"), root_id=root, file_id=uuid7(), limit=10)
    assert everything(folder) == []


def test_a_broken_upload_leaves_nothing(root, folder: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionError
            return super().read(size)

    with pytest.raises(ConnectionError):
        files.store(Broken(bytes(CHUNK * 2)), root_id=root, file_id=uuid7(), limit=CHUNK * 9)
    assert everything(folder) == []


def test_a_file_is_never_replaced(root, folder: Path) -> None:
    file_id = uuid7()
    files.store(io.BytesIO(b"first"), root_id=root, file_id=file_id, limit=10)
    with pytest.raises(FileExistsError):
        files.store(io.BytesIO(b"second"), root_id=root, file_id=file_id, limit=10)
    assert b"".join(files.open_(file_id, root)) == b"first"
    assert len(everything(folder)) == 1


@pytest.mark.parametrize("cut", [1, 20, CHUNK + 20, 2 * CHUNK + 30])
def test_a_cut_file_is_found(root, cut: int) -> None:
    file_id = uuid7()
    files.store(io.BytesIO(bytes(2 * CHUNK)), root_id=root, file_id=file_id, limit=10 * CHUNK)
    path = files.path_of(file_id)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(SealBroken):
        b"".join(files.open_(file_id, root))


def test_a_piece_left_out_or_swapped_is_found(root) -> None:
    file_id = uuid7()
    files.store(io.BytesIO(os.urandom(3 * CHUNK)), root_id=root, file_id=file_id, limit=10 * CHUNK)
    path = files.path_of(file_id)
    whole, piece, head = path.read_bytes(), CHUNK + 20, 10
    first, second, third = (whole[head + at * piece : head + (at + 1) * piece] for at in range(3))
    for planted in (first + third, second + first + third, first + second, first + second + third + third):
        path.write_bytes(whole[:head] + planted)
        with pytest.raises(SealBroken):
            b"".join(files.open_(file_id, root))
    path.write_bytes(whole)
    assert len(b"".join(files.open_(file_id, root))) == 3 * CHUNK


def test_a_file_under_another_name_is_refused_before_the_first_byte(root) -> None:
    one, other = uuid7(), uuid7()
    files.store(io.BytesIO(b"one"), root_id=root, file_id=one, limit=10)
    files.store(io.BytesIO(b"other"), root_id=root, file_id=other, limit=10)
    files.path_of(one).write_bytes(files.path_of(other).read_bytes())
    with pytest.raises(SealBroken):
        files.open_(one, root)


def test_a_missing_file_and_rubbish_are_told(root) -> None:
    with pytest.raises(SealBroken):
        files.open_(uuid7(), root)
    file_id = uuid7()
    for rubbish in (b"", b"\x01", b"plain text of some kind", b"\x01\x00\x01" + bytes(7) + b"\xff\xff\xff\xff"):
        files.path_of(file_id).parent.mkdir(exist_ok=True)
        files.path_of(file_id).write_bytes(rubbish)
        with pytest.raises(SealBroken):
            files.open_(file_id, root)


def test_a_file_of_an_erased_person_is_unreadable(root) -> None:
    file_id = uuid7()
    files.store(io.BytesIO(b"one"), root_id=root, file_id=file_id, limit=10)
    upkeep.destroy(root, reason="erase")
    with pytest.raises(Erased):
        files.open_(file_id, root)


def test_the_sweep_takes_orphans_but_nothing_young_or_known(root, folder: Path) -> None:
    kept, orphan = uuid7(), uuid7()
    for file_id in (kept, orphan):
        files.store(io.BytesIO(b"x"), root_id=root, file_id=file_id, limit=10)
    unfinished = files.path_of(orphan).with_name(f"{uuid7().hex}.ab.part")
    unfinished.write_bytes(b"")
    assert files.sweep({kept}) == 0
    with at(utcnow() + timedelta(hours=2)):
        assert files.sweep({kept}) == 2
    assert everything(folder) == [files.path_of(kept)]
