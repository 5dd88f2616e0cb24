"""The inside of a backup: a tar that any tool reads, written and read as a stream, with a manifest as its last part.

Members: `ring/NAME` (keys only), `rows/TABLE/NUMBER.gz` (lines of COPY text), `files/ID` (sealed as they lie on the
disk), `manifest.json`, `manifest.proof` (its keyed hash: who has only the public keys can't make a backup of ours).
"""

from __future__ import annotations

import hashlib
import re
import tarfile
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Protocol

from casework.safekeeping.errors import Damaged

BLOCK = tarfile.BLOCKSIZE
STEP = 64 * 1024
MOST = 256 << 20
"""Bytes a member held whole may have: a piece of rows is one megabyte, but a single row may be long."""
_NAMES = re.compile(
    r"ring/(?P<ring>[a-z]+\.json)|rows/(?P<table>[a-z_0-9]+)/[0-9]{6}\.gz|files/(?P<file>[0-9a-f]{32})"
    r"|(?P<manifest>manifest\.json)|(?P<proof>manifest\.proof)"
)


@dataclass
class Tally:
    """Counts and digests of what went through, of constant size however much that was."""

    rows: dict[str, int] = field(default_factory=dict)
    digests: dict[str, hashlib._Hash] = field(default_factory=dict)
    files: int = 0
    file_bytes: int = 0
    file_digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def count_rows(self, table: str, piece: bytes) -> None:
        """Count whole lines of a table."""
        self.rows[table] = self.rows.get(table, 0) + piece.count(b"\n")
        self.digests.setdefault(table, hashlib.sha256()).update(piece)

    def count_file(self, file_id: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Count a file while it passes."""
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
            self.file_bytes += len(piece)
            yield piece
        self.files += 1
        self.file_digest.update(file_id.encode() + digest.digest())

    def digest(self, table: str) -> str:
        """SHA-256 of the lines of a table; of nothing when it had none."""
        return self.digests.get(table, hashlib.sha256()).hexdigest()


@dataclass(frozen=True)
class Rows:
    """A piece of a table: whole lines."""

    table: str
    piece: bytes


@dataclass(frozen=True)
class File:
    """A sealed file. Its pieces are taken before the next part is asked for."""

    file_id: uuid.UUID
    pieces: Iterator[bytes]


@dataclass(frozen=True)
class Whole:
    """A small member: a file of the ring, the manifest or its proof."""

    name: str
    data: bytes


Part = Rows | File | Whole


def header(name: str, size: int) -> bytes:
    """The header of a member."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.USTAR_FORMAT)


def member(name: str, data: bytes) -> Iterator[bytes]:
    """A member held whole."""
    yield header(name, len(data))
    yield data
    yield bytes(-len(data) % BLOCK)


def rows(table: str, number: int, piece: bytes) -> Iterator[bytes]:
    """A piece of a table, packed: sealed values are written in hexadecimal, which packs to half."""
    packer = zlib.compressobj(1, wbits=31)
    yield from member(f"rows/{table}/{number:06}.gz", packer.compress(piece) + packer.flush())


def file(file_id: uuid.UUID, size: int, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A sealed file of a size known before. Raises Damaged when it turns out shorter or longer."""
    yield header(f"files/{file_id.hex}", size)
    passed = 0
    for piece in pieces:
        passed += len(piece)
        yield piece
    if passed != size:
        raise Damaged(f"The file {file_id} changed while it was read.")
    yield bytes(-size % BLOCK)


def end() -> bytes:
    """What closes a tar."""
    return bytes(2 * BLOCK)


class Source(Protocol):
    """What is read from the front, once."""

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes, fewer only at the end."""


def parts(source: Source, tally: Tally) -> Iterator[Part]:
    """The parts of a backup in their order, counted into `tally`. Raises Damaged for anything that is not ours."""
    while True:
        block = source.read(BLOCK)
        if len(block) == BLOCK and not any(block):
            break
        name, size, kinds = _named(block)
        if kinds["file"]:
            pieces = _pieces(source, size)
            yield File(uuid.UUID(kinds["file"]), tally.count_file(kinds["file"], pieces))
            if next(pieces, None) is not None:
                raise RuntimeError("a file was not taken")
            continue
        data = _whole(source, size)
        if kinds["table"]:
            piece = _unpacked(data)
            tally.count_rows(kinds["table"], piece)
            yield Rows(kinds["table"], piece)
        else:
            yield Whole(name, data)
    while rest := source.read(STEP):  # only what was read to its very end is known to be whole
        if any(rest):
            raise Damaged("There is something behind the end of the backup.")


def _named(block: bytes) -> tuple[str, int, dict[str, str | None]]:
    try:
        info = tarfile.TarInfo.frombuf(block, "ascii", "strict")
    except (tarfile.HeaderError, UnicodeDecodeError):
        raise Damaged("The backup ends in the middle, or is none of ours.") from None
    fits = _NAMES.fullmatch(info.name)
    if fits is None or info.type != tarfile.REGTYPE or (info.size > MOST and not fits["file"]):
        raise Damaged("The backup holds a part that is none of ours.")
    return info.name, info.size, fits.groupdict()


def _whole(source: Source, size: int) -> bytes:
    data = source.read(size + -size % BLOCK)
    if len(data) < size:
        raise Damaged("The backup ends in the middle.")
    return data[:size]


def _pieces(source: Source, size: int) -> Iterator[bytes]:
    left = size
    while left:
        piece = source.read(min(STEP, left))
        if not piece:
            raise Damaged("The backup ends in the middle of a file.")
        left -= len(piece)
        yield piece
    source.read(-size % BLOCK)


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        piece = unpacker.decompress(data, MOST)
    except zlib.error:
        raise Damaged("A piece of a table is damaged.") from None
    if not unpacker.eof or unpacker.unused_data or not piece.endswith(b"\n"):
        raise Damaged("A piece of a table is damaged.")
    return piece


def file_pieces(source: IO[bytes]) -> Iterator[bytes]:
    """An open file in pieces."""
    while piece := source.read(STEP):
        yield piece
