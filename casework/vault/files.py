"""Sealed files: in chunks under the data key of their root, written whole or not at all, never in plain on the disk."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.db import utcnow
from casework.errors import InvalidInput, Unavailable, n_
from casework.vault import keys
from casework.vault import seal as sealing
from casework.vault.errors import SealBroken

CHUNK = 64 * 1024
PREFIX = 7
"""Random bytes that begin every nonce of a file; four bytes of chunk number and one 'last' byte follow."""
GRACE = timedelta(hours=1)
"""Younger files are not swept: their row may be on its way."""

_installed: Path | None = None


@dataclass(frozen=True)
class StoredFile:
    """Size of the contents in bytes, and SHA-256 of the *sealed* file: a hash of the contents would give them away."""

    size: int
    sha256: str


def install(folder: Path) -> None:
    """Keep sealed files in this folder (CASEWORK_DATA/files). `create_app` calls it."""
    global _installed
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _installed = folder


def folder() -> Path:
    """The installed folder."""
    if _installed is None:
        raise Unavailable(n_("There is no place for files; tell the person who looks after the server."))
    return _installed


def path_of(file_id: uuid.UUID) -> Path:
    """Where a file lies; named by its id, in one of 256 folders by the id's last, random byte."""
    return folder() / file_id.hex[-2:] / file_id.hex


def _bound(head: bytes, file_id: uuid.UUID, root_id: uuid.UUID) -> bytes:
    return sealing.bound(head, "file", str(root_id), file_id, 1)


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4) + bytes([last])


def store(stream: BinaryIO | IO[bytes], *, root_id: uuid.UUID, file_id: uuid.UUID, limit: int) -> StoredFile:
    """Seal a stream under the key of `root_id`; it is on the disk when this returns, before its row commits.

    Raises InvalidInput over `limit` bytes, Unavailable when the disk is full, FileExistsError for an id in use; then
    nothing is left behind.
    """
    path = path_of(file_id)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(exist_ok=True, mode=0o700)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            stored = _write(stream, out, root_id, file_id, limit)
            out.flush()
            os.fsync(out.fileno())
        os.link(part, path)  # not rename: a file that is there already is never replaced
        part.unlink()
        _sync_folder(path.parent)
        _sync_folder(folder())
    except OSError as error:
        part.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Unavailable(n_("The disk is full. Tell the person who looks after the server.")) from error
        raise
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return stored


def _write(stream: BinaryIO | IO[bytes], out: BinaryIO | IO[bytes], root_id: uuid.UUID, file_id: uuid.UUID,
           limit: int) -> StoredFile:  # fmt: skip
    gen, key = keys.newest(root_id)
    head, prefix = sealing.header(gen), os.urandom(PREFIX)
    aad, hashed = _bound(head, file_id, root_id), hashlib.sha256()
    size, number = 0, 0
    out.write(head + prefix)
    hashed.update(head + prefix)
    chunk = stream.read(CHUNK)
    while True:
        size += len(chunk)
        if size > limit:
            raise InvalidInput(n_("The file is too big. Use at most %(megabytes)s MB."), megabytes=limit // 1_000_000)
        following = stream.read(CHUNK) if chunk else b""
        sealed = key.encrypt(_nonce(prefix, number, not following), chunk, aad)
        out.write(len(sealed).to_bytes(4) + sealed)
        hashed.update(len(sealed).to_bytes(4) + sealed)
        number += 1
        if not following:
            return StoredFile(size, hashed.hexdigest())
        chunk = following


def open_(file_id: uuid.UUID, root_id: uuid.UUID) -> Iterator[bytes]:
    """The contents in pieces. Raises SealBroken when the file is missing, cut, moved or changed; Erased when its key
    was destroyed. The first piece is checked before this returns, so that a page can still become an error page.
    """
    try:
        source = path_of(file_id).open("rb")
    except FileNotFoundError:
        raise SealBroken(f"file {file_id} is missing") from None
    try:
        head, prefix = source.read(sealing.HEADER), source.read(PREFIX)
        if len(prefix) != PREFIX or head[0] != sealing.FORMAT:
            raise SealBroken(f"file {file_id} is not a sealed file")
        key = keys.opener(root_id, int.from_bytes(head[1:]))
        pieces = _pieces(source, key, prefix, _bound(head, file_id, root_id), file_id)
        first = next(pieces)
    except BaseException:
        source.close()
        raise
    return _after(first, pieces)


def _after(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


def _pieces(
    source: BinaryIO | IO[bytes], key: AESGCM, prefix: bytes, aad: bytes, file_id: uuid.UUID
) -> Iterator[bytes]:
    with source:
        number, length = 0, source.read(4)
        while True:
            announced = int.from_bytes(length)
            sealed = source.read(announced) if announced <= CHUNK + sealing.TAG else b""
            length = source.read(4)
            try:
                yield key.decrypt(_nonce(prefix, number, not length), sealed, aad)
            except InvalidTag:
                raise SealBroken(f"file {file_id} was cut or changed at piece {number}") from None
            if not length:
                return
            number += 1


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(file_id: uuid.UUID) -> None:
    """Delete a file whose row is gone."""
    path_of(file_id).unlink(missing_ok=True)


def sweep(known_ids: Collection[uuid.UUID], *, grace: timedelta = GRACE) -> int:
    """Delete files without a row and unfinished ones, if older than `grace`; gives how many. `known_ids`: all rows.

    Read the ids *after* the moment `grace` ago lies behind; a file younger than that is left for the next sweep.
    """
    known = {file_id.hex for file_id in known_ids}
    before = (utcnow() - grace).timestamp()
    swept = 0
    for path in folder().glob("[0-9a-f][0-9a-f]/*"):
        if path.name not in known and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            swept += 1
    return swept
