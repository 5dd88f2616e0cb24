"""Age encryption as a stream: to two or more recipients, opened by any one identity; nothing is held whole."""

from __future__ import annotations

import hashlib
import os
import queue
import stat
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import pyrage

from casework.safekeeping.errors import Damaged, Unusable

FEWEST = 2
"""Recipients: one lost or seized key must neither lose nor open the backups alone."""
WAITING = 16
"""Pieces of at most 64 KiB decrypted ahead of the reader."""


def recipients(texts: Iterable[str]) -> list[Any]:
    """The public keys of at least two different people. Raises Unusable."""
    wanted = list(dict.fromkeys(text.strip() for text in texts))
    found = []
    for text in wanted:
        try:
            found.append(pyrage.x25519.Recipient.from_str(text))
        except pyrage.RecipientError:
            raise Unusable(f"{text[:12]}... is not a public age key; it begins with age1.") from None
    if len(found) < FEWEST:
        raise Unusable("Name at least two different recipients: --recipient age1... --recipient age1...")
    return found


def identities(file: Path) -> list[Any]:
    """The secret keys in an identity file (lines AGE-SECRET-KEY-1..., # begins a remark). Raises Unusable."""
    try:
        mode, text = stat.S_IMODE(file.stat().st_mode), file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"The identity file {file} can't be read.") from error
    if mode & 0o077:
        raise Unusable(f"Others can read the identity file {file}; set its mode to 0600.")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise Unusable(f"{file} is not an age identity file; its line begins with AGE-SECRET-KEY-1.")
    return found


def new_identity() -> tuple[str, str]:
    """A new secret key and its public one."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


class _Pulled:
    """Chunks as the file that pyrage reads; remembers an error of the source, which pyrage would rename."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; nothing at the end."""
        try:
            while not self._rest:
                self._rest = memoryview(next(self._chunks))
        except StopIteration:
            return b""
        except BaseException as error:
            self.error = error
            raise
        size = len(self._rest) if size < 0 else size
        piece, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return piece


class _Hashed:
    """The file that pyrage writes, with the digest of what was written."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write and count into the digest."""
        self.digest.update(data)
        return self._out.write(data)

    def flush(self) -> None:
        """As of a file."""
        self._out.flush()


def encrypt(chunks: Iterator[bytes], file: Path, to: Sequence[Any]) -> str:
    """Encrypt `chunks` into a new file (mode 0600), on the disk when this returns; gives its SHA-256.

    On any error nothing is left behind.
    """
    source = _Pulled(chunks)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            hashed = _Hashed(out)
            try:
                pyrage.encrypt_io(source, hashed, to)
            except Exception:
                if source.error is not None:
                    raise source.error from None
                raise
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return hashed.digest.hexdigest()


class _Stopped(Exception):
    """The reader has had enough."""


class Plain:
    """The decrypted contents as a file to read once, from the front; a thread of its own decrypts a little ahead."""

    def __init__(self, file: Path, keys: Sequence[Any]) -> None:
        self._file, self._keys = file, keys
        self._source = file.open("rb")
        self._pieces: queue.Queue[bytes | BaseException | None] = queue.Queue(WAITING)
        self._rest = memoryview(b"")
        self._stop = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._decrypt, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._stop.set()
        while self._thread.is_alive():
            try:
                self._pieces.get(timeout=0.05)
            except queue.Empty:
                continue
        self._thread.join()
        self._source.close()

    def _decrypt(self) -> None:
        try:
            pyrage.decrypt_io(self._source, self, self._keys)
        except _Stopped:
            return
        except BaseException as error:
            self._put(error)
        else:
            self._put(None)

    def _put(self, piece: bytes | BaseException | None) -> None:
        while not self._stop.is_set():
            try:
                self._pieces.put(piece, timeout=0.2)
            except queue.Full:
                continue
            return

    def write(self, data: bytes) -> int:
        """What pyrage calls with each piece."""
        if self._stop.is_set():
            raise _Stopped
        self._put(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing to do: a piece is handed over at once."""

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes, fewer only at the end. Raises Damaged or Unusable where the file is not whole."""
        found = bytearray()
        while len(found) < size and not self._ended:
            if not self._rest:
                self._next()
            take = size - len(found)
            found += self._rest[:take]
            self._rest = self._rest[take:]
        return bytes(found)

    def _next(self) -> None:
        piece = self._pieces.get()
        if isinstance(piece, BaseException):
            self._ended = True
            raise self._told(piece) from None
        self._ended = piece is None
        self._rest = memoryview(piece or b"")

    def _told(self, error: BaseException) -> BaseException:
        if isinstance(error, pyrage.DecryptError) and "No matching keys" in str(error):
            return Unusable(f"None of the identities opens {self._file.name}. Use that of one of its recipients.")
        if isinstance(error, OSError) and error.errno is not None:
            return error
        if isinstance(error, pyrage.DecryptError | OSError):
            return Damaged(f"{self._file.name} was changed or cut, or is no backup.")
        return error


@contextmanager
def opened(file: Path, keys: Sequence[Any]) -> Iterator[Plain]:
    """The decrypted contents of `file`. Raises Unusable when it is not there."""
    if not file.is_file():
        raise Unusable(f"There is no file {file}.")
    with Plain(file, keys) as plain:
        yield plain
