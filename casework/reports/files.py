"""Makes the file of a report whole before a byte is sent: in memory, never on a disk, with its hash and its cases."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from xlsxwriter.exceptions import XlsxWriterException

from casework.errors import InvalidInput, Unavailable, n_
from casework.reports.writers import Cell, Sheets, csv_lines

MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory; the folder in it is private
PREFIX = "casework-export-"
STALE = 3600.0
"""Seconds after which a folder of a killed process is swept."""
MOST = 100_000
"""Rows of one file; for more the days have to be narrowed."""
BLOCK = 65_536
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a file: sentences about it, and a table of (case id, cells)."""

    about_name: str
    name: str
    about: Sequence[tuple[str, str]]
    header: Sequence[str]
    rows: Callable[[], Iterable[tuple[UUID, Sequence[Cell]]]]
    mark: str = ""
    """Printed at the foot of each sheet: the id under which the file stands in the record."""
    document: Mapping[str, object] = field(default_factory=dict)
    """What stands in a JSON file before the rows."""


@dataclass(slots=True)
class Made:
    """A finished file. Its name is gone from the file system already; `close` frees the memory."""

    stream: BinaryIO
    sha256: str
    size: int
    rows: int
    case_ids: bytearray
    """16 bytes a row, in the order of the rows."""

    def blocks(self) -> Iterator[bytes]:
        """The file in pieces; it is closed at the end, also when the reader goes away."""
        try:
            while block := self.stream.read(BLOCK):
                yield block
        finally:
            self.stream.close()

    def cases(self, at_once: int) -> Iterator[list[UUID]]:
        """The cases in it, some at a time."""
        step = 16 * at_once
        for start in range(0, len(self.case_ids), step):
            part = self.case_ids[start : start + step]
            yield [UUID(bytes=bytes(part[at : at + 16])) for at in range(0, len(part), 16)]


class _Counted:
    """Passes rows on, keeps their number and cases, and refuses more than a file may hold."""

    def __init__(self, rows: Iterable[tuple[UUID, Sequence[Cell]]]) -> None:
        self._rows = rows
        self.case_ids = bytearray()

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for case_id, cells in self._rows:
            self.case_ids += case_id.bytes
            if len(self.case_ids) > 16 * MOST:
                raise InvalidInput(n_("There are more than %(most)s rows. Choose fewer days."), most=MOST)
            yield cells


def make(content: Content, file_format: str) -> Made:
    """The whole file as 'csv', 'xlsx' or 'json'. Memory of the process does not grow with its length."""
    counted = _Counted(content.rows())
    with memory_folder() as folder:
        stream = _target(folder)
        try:
            WRITERS[file_format](stream, folder, content, counted)
        except (OSError, XlsxWriterException):
            stream.close()
            raise Unavailable(n_("There is no memory for this file now. Choose fewer days or try again.")) from None
        except BaseException:
            stream.close()
            raise
    digest = hashlib.sha256()
    stream.seek(0)
    while block := stream.read(BLOCK):
        digest.update(block)
    size = stream.tell()
    stream.seek(0)
    return Made(stream, digest.hexdigest(), size, len(counted.case_ids) // 16, counted.case_ids)


def _target(folder: Path | None) -> BinaryIO:
    if folder is None:
        return io.BytesIO()
    handle = os.open(folder / "file", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(handle, "w+b")


def _write_csv(stream: BinaryIO, folder: Path | None, content: Content, rows: _Counted) -> None:
    for line in csv_lines(content.header, rows):
        stream.write(line)
    stream.flush()


def _write_xlsx(stream: BinaryIO, folder: Path | None, content: Content, rows: _Counted) -> None:
    with Sheets(stream, folder, mark=content.mark) as sheets:
        sheets.add(content.about_name, ("", ""), content.about, width=40)
        sheets.add(content.name, content.header, rows)
    stream.flush()


def _write_json(stream: BinaryIO, folder: Path | None, content: Content, rows: _Counted) -> None:
    head = json.dumps({**content.document}, ensure_ascii=False)
    stream.write(f'{head[:-1]}{", " if content.document else ""}"{content.name}": ['.encode())
    between = "\n"
    for cells in rows:
        line = json.dumps(dict(zip(content.header, cells, strict=True)), ensure_ascii=False)
        stream.write(f"{between}{line}".encode())
        between = ",\n"
    stream.write(b"\n]}\n")
    stream.flush()


WRITERS = {"csv": _write_csv, "xlsx": _write_xlsx, "json": _write_json}


@contextmanager
def memory_folder() -> Iterator[Path | None]:
    """A private folder in memory (mode 0700) that is gone afterwards; None where the system has no such place."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        yield None
        return
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=MEMORY))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Remove what a killed process left."""
    limit = time.time() - STALE
    for left in MEMORY.glob(f"{PREFIX}*"):
        try:
            if left.stat().st_mtime < limit and left.stat().st_uid == os.getuid():
                shutil.rmtree(left, ignore_errors=True)
        except FileNotFoundError:
            continue
