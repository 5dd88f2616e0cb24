"""Files are made in memory, whole, before anything leaves; their length costs the process no memory."""

from __future__ import annotations

import gc
import hashlib
import os
import stat
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from casework.errors import InvalidInput, Unavailable
from casework.reports import files, sheets
from casework.reports.files import Content
from casework.reports.writers import Cell
from tests.reports.test_referrals import ALL
from tests.reports.world import NOW, World, row, write


def content(count: int) -> Content:
    def rows() -> Iterator[tuple[UUID, Sequence[Cell]]]:
        for number in range(count):
            yield UUID(int=number), (f"CW-{number}", number)

    return Content("About", "Rows", [("What", "rows")], ["code", "n"], rows)


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands for the file system in memory."""
    monkeypatch.setattr(files, "MEMORY", tmp_path)
    return tmp_path


@pytest.mark.parametrize("shape", ["csv", "xlsx", "json"])
def test_the_hash_is_that_of_the_bytes_sent_and_nothing_stays(memory: Path, shape: str) -> None:
    made = files.make(content(3), shape)
    assert list(memory.iterdir()) == []
    body = b"".join(made.blocks())
    assert hashlib.sha256(body).hexdigest() == made.sha256
    assert (made.size, made.rows) == (len(body), 3)
    assert made.stream.closed
    assert list(made.cases(2)) == [[UUID(int=0), UUID(int=1)], [UUID(int=2)]]


def test_the_folder_is_private(memory: Path) -> None:
    with files.memory_folder() as folder:
        assert folder is not None
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


def test_without_a_place_in_memory_the_process_holds_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MEMORY", Path("/nowhere"))
    for shape in ("csv", "xlsx"):
        assert b"".join(files.make(content(3), shape).blocks())


def test_what_a_killed_process_left_is_swept(memory: Path) -> None:
    old, new, other = memory / f"{files.PREFIX}old", memory / f"{files.PREFIX}new", memory / "other"
    for folder in (old, new, other):
        folder.mkdir()
        (folder / "part").write_text("x")
    for folder in (old, other):
        os.utime(folder, (1, 1))
    files.make(content(1), "csv").stream.close()
    assert (old.exists(), new.exists(), other.exists()) == (False, True, True)


def test_a_file_too_long_is_refused_and_leaves_nothing(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST", 10)
    for shape in ("csv", "xlsx"):
        with pytest.raises(InvalidInput):
            files.make(content(11), shape)
    assert list(memory.iterdir()) == []


def test_no_room_in_memory_is_said_in_words(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(files.WRITERS, "csv", full)
    with pytest.raises(Unavailable):
        files.make(content(1), "csv")
    assert list(memory.iterdir()) == []


@pytest.mark.parametrize("shape", ["csv", "xlsx", "json"])
def test_memory_does_not_grow_with_the_length_of_a_file(shape: str) -> None:
    measured(content(10), shape)
    small, large = measured(content(5_000), shape), measured(content(20_000), shape)
    assert large < small + 400_000, (small, large)  # 16 bytes a row for the record of what left


def test_memory_does_not_grow_with_the_rows_read(world: World) -> None:
    start = NOW - timedelta(days=20)
    peaks = []
    for count in (2_000, 6_000):  # 2,000, then 8,000 in all
        write(row(world.ours[0], world.partner, author=world.worker, sent_at=start) for _ in range(count))
        report = sheets.referral_sheet(world.coordinator, ALL, recipient="x", reason="y", mark="z")
        peaks.append(measured(report, "csv"))
    assert peaks[1] < peaks[0] + 400_000, peaks


def measured(made_of: Content, shape: str) -> int:
    """The most memory that making a file takes."""
    gc.collect()
    tracemalloc.start()
    files.make(made_of, shape).stream.close()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
