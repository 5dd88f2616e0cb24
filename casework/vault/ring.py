"""The key ring: four small files in the key folder, made once, read at the start, never written to the database."""

from __future__ import annotations

import base64
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casework.vault.errors import KeyFileError

FILES: Mapping[str, tuple[str, ...]] = {
    "kek.json": (),
    "search.json": ("search_root",),
    "audit.json": ("audit_key",),
    "web.json": ("pepper", "session_secret"),
}
"""File name → the single keys in it; the key-encryption keys stand numbered in their own file."""


@dataclass(frozen=True)
class Ring:
    """All keys of one installation. None is derived from another; each is 32 random bytes."""

    keks: Mapping[int, bytes] = field(repr=False)
    active: int
    """Number of the key-encryption key that wraps new data keys; the others only open."""
    search_root: bytes = field(repr=False)
    audit_key: bytes = field(repr=False)
    pepper: bytes = field(repr=False)
    session_secret: bytes = field(repr=False)
    demo: bool
    """Made by `make run` for trying out; production mode refuses to start with it."""
    folder: Path


def _encode(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


def _decode(value: object) -> bytes:
    key = base64.b64decode(str(value), validate=True)
    if len(key) != 32:
        raise ValueError("a key has 32 bytes")
    return key


def _write(path: Path, content: Mapping[str, object]) -> None:
    """Write a key file so that a crash leaves the old or the new one, readable by its owner only."""
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        json.dump(content, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(temporary, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def create(folder: Path, demo: bool) -> Ring:
    """Make a new ring in `folder` (mode 0700, files 0600). Refuses a folder that has one already."""
    folder = Path(folder)
    if any((folder / name).exists() for name in FILES):
        raise KeyFileError(f"There are keys in {folder} already; new keys would make every sealed record unreadable.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
        _write(folder / "kek.json", _kek_file({1: os.urandom(32)}, 1, demo))
        for name, keys in FILES.items():
            if keys:
                _write(folder / name, {"format": 1, "demo": demo, **{key: _encode(os.urandom(32)) for key in keys}})
    except OSError as error:
        raise KeyFileError(f"The keys could not be written to {folder}: {error.strerror}.") from error
    return load(folder)


def _kek_file(keks: Mapping[int, bytes], active: int, demo: bool) -> dict[str, object]:
    numbered = {str(number): _encode(kek) for number, kek in sorted(keks.items())}
    return {"format": 1, "demo": demo, "active": active, "keks": numbered}


def _read(path: Path) -> bytes:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        content = path.read_bytes()
    except FileNotFoundError:
        raise KeyFileError(
            f"The key file {path.name} is missing in {path.parent}; put back the keys of this database."
        ) from None
    except OSError as error:
        raise KeyFileError(f"The key file {path.name} in {path.parent} can't be read.") from error
    if mode & 0o077:
        raise KeyFileError(f"Others can read the key file {path.name} in {path.parent}; set its mode to 0600.")
    return content


def _parsed(name: str, content: bytes, folder: Path) -> dict[str, object]:
    try:
        found = json.loads(content.decode("ascii"))
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("format") != 1:
        raise KeyFileError(f"The file {name} in {folder} is not a key file of this program.")
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """The key files as they lie in `folder`: what a backup of the keys holds."""
    return {name: _read(Path(folder) / name) for name in FILES}


def load(folder: Path) -> Ring:
    """Read the ring in `folder`. Raises KeyFileError with one sentence for missing, open, broken or foreign files."""
    return opened(contents(folder), Path(folder))


def opened(contents: Mapping[str, bytes], folder: Path) -> Ring:
    """The ring in these key files, which belong into `folder` but need not lie there. Raises KeyFileError."""
    if set(contents) != set(FILES):
        raise KeyFileError(f"A key file is missing for {folder}; put back the keys of this database.")
    files = {name: _parsed(name, content, folder) for name, content in contents.items()}
    try:
        single = {key: _decode(files[name][key]) for name, keys in FILES.items() for key in keys}
        listed = files["kek.json"]["keks"]
        if not isinstance(listed, dict):
            raise ValueError("keks is a mapping")
        keks = {int(number): _decode(kek) for number, kek in listed.items()}
        active = int(str(files["kek.json"]["active"]))
        if active not in keks:
            raise ValueError("the active key is not there")
    except (KeyError, ValueError, TypeError):
        raise KeyFileError(f"A key in {folder} is missing or damaged; put back the keys of this database.") from None
    demo = any(bool(content.get("demo")) for content in files.values())
    return Ring(keks=keks, active=active, demo=demo, folder=folder, **single)


def put(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write key files into a folder without any (mode 0700, files 0600): the last step of a restore."""
    if any((folder / name).exists() for name in FILES):
        raise KeyFileError(f"There are keys in {folder} already; a restore needs an empty place.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    for name, content in contents.items():
        _write(folder / name, json.loads(content))


def add_kek(ring: Ring) -> Ring:
    """Make a new key-encryption key and let it wrap from now on; the older ones keep opening."""
    number = max(ring.keks) + 1
    keks = {**ring.keks, number: os.urandom(32)}
    _write(ring.folder / "kek.json", _kek_file(keks, number, ring.demo))
    return load(ring.folder)


def drop_kek(ring: Ring, number: int) -> Ring:
    """Destroy a key-encryption key. The caller has made sure that no data key needs it."""
    if number == ring.active or number not in ring.keks:
        raise KeyFileError(f"Key {number} is in use or not in the ring.")
    keks = {other: kek for other, kek in ring.keks.items() if other != number}
    _write(ring.folder / "kek.json", _kek_file(keks, ring.active, ring.demo))
    return load(ring.folder)
