"""Makes a backup while people work: one snapshot of all rows, the files they name, and the keys in a file apart."""

from __future__ import annotations

import os
import secrets
import stat
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from casework.audit import anchors
from casework.audit.recorder import SYSTEM, record
from casework.db import db, utcnow
from casework.safekeeping import age, archive, rows
from casework.safekeeping.archive import Tally
from casework.safekeeping.errors import Unusable
from casework.safekeeping.manifest import Manifest, installation, proof, told, told_files
from casework.vault import files, keys, ring
from casework.vault.models import DataKey
from casework.writes.orchestrator import transaction

DATA, KEYS = ".data.age", ".keys.age"
LEFT_OVER = 24 * 3600
"""Seconds after which an unfinished file of a backup that was killed is removed by the next one."""


@dataclass(frozen=True)
class Made:
    """Where the backup lies and what it holds."""

    data: Path
    keys: Path
    rows: int
    files: int
    missing: tuple[str, ...]
    """Ids of files that a row names and that are not on the disk."""


def make(to: Path, keys_to: Path, recipients: Sequence[str]) -> Made:
    """Make a backup of the running program's data into `to`, of its keys into `keys_to`; readable for `recipients`.

    Whatever was acknowledged before this begins is in it. Both files have their name only when they are whole, and
    the making is in the audit. Raises Unusable for wrong use; after any error nothing is left behind.
    """
    wanted = age.recipients(recipients)
    for folder in {to, keys_to}:
        _make_folder(folder)
    name = f"casework-{utcnow():%Y%m%dT%H%M%S%fZ}-{secrets.token_hex(2)}"
    data, apart = to / (name + DATA), keys_to / (name + KEYS)
    unfinished = [_part(data), _part(apart)]
    try:
        said, sums = _write(unfinished, wanted)
        _publish(dict(zip(unfinished, (data, apart), strict=True)), said, sums, len(wanted))
    finally:
        for part in unfinished:
            part.unlink(missing_ok=True)
    return Made(data, apart, said.rows, said.files["count"], tuple(said.files["missing"]))


def _part(file: Path) -> Path:
    return file.with_name(f".{file.name}.part")


def _make_folder(folder: Path) -> None:
    """A folder for its owner only; what a killed backup left in it long ago goes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        raise Unusable(f"Others can read {folder}. Use a folder for backups alone, with mode 0700.")
    for part in folder.glob(".casework-*.part"):
        if time.time() - part.stat().st_mtime > LEFT_OVER:
            part.unlink(missing_ok=True)


def _write(unfinished: Sequence[Path], wanted: Sequence[Any]) -> tuple[Manifest, list[str]]:
    """Write both files out of one snapshot; gives the manifest of the data and the digests of both files."""
    begun = utcnow()  # an anchor that is older than this knows nothing that the snapshot lacks
    connection = _snapshot()
    try:
        blank = Manifest(
            content="data",
            backup=uuid.uuid4().hex,
            made_at=begun.isoformat(),
            revision=str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()),
            engine=connection.dialect.name,
            installation=installation(keys.ring()),
            tables={},
            files={},
            audit={},
        )
        listed = rows.tables(connection)
        held: list[Manifest] = []
        data = _data(connection, [one for one in listed if one.name not in rows.APART], blank, held)
        apart = _keys(connection, [one for one in listed if one.name in rows.APART], blank, held)
        sums = [age.encrypt(part, file, wanted) for part, file in zip((data, apart), unfinished, strict=True)]
    finally:
        db.session.rollback()
    return held[0], sums


def _snapshot() -> Connection:
    """The session's connection in one reading transaction: whatever is read in it is of one moment.

    On SQLite this is a reading transaction of the write-ahead log, on PostgreSQL REPEATABLE READ: nobody waits.
    """
    db.session.rollback()
    options = {"isolation_level": "REPEATABLE READ"} if db.engine.dialect.name == "postgresql" else {}
    connection = db.session.connection(execution_options=options)
    rows.hold(connection)
    return connection


def _table(connection: Connection, table: rows.Table, tally: Tally) -> Iterator[bytes]:
    for number, piece in enumerate(rows.read(connection, table)):
        tally.count_rows(table.name, piece)
        yield from archive.rows(table.name, number, piece)


def _data(connection: Connection, listed: list[rows.Table], blank: Manifest, held: list[Manifest]) -> Iterator[bytes]:
    """The file of the data; its manifest is added to `held` at the end."""
    tally, missing = Tally(), []
    for table in listed:
        yield from _table(connection, table, tally)
    for file_id in rows.file_ids(connection, listed):
        try:
            source = files.path_of(file_id).open("rb")
        except FileNotFoundError:
            missing.append(str(file_id))
            continue
        with source:
            size = os.fstat(source.fileno()).st_size
            yield from archive.file(file_id, size, tally.count_file(file_id.hex, archive.file_pieces(source)))
    chains, root = anchors.root_of_all()
    said = replace(
        blank, tables=told(listed, tally), files=told_files(tally, missing), audit={"chains": chains, "root": root}
    )
    held.append(said)
    yield from _ending(said)


def _keys(connection: Connection, listed: list[rows.Table], blank: Manifest, held: list[Manifest]) -> Iterator[bytes]:
    """The file of the keys: the ring as it is now, the wrapped data keys and the tombstones of the snapshot."""
    contents = ring.contents(keys.ring().folder)
    needed = set(db.session.scalars(select(DataKey.kek_id).distinct()))
    if not needed <= set(ring.opened(contents, keys.ring().folder).keks):
        raise Unusable("The keys changed while the backup was made. Make it again.")
    for name, content in contents.items():
        yield from archive.member(f"ring/{name}", content)
    tally = Tally()
    for table in listed:
        yield from _table(connection, table, tally)
    said = replace(blank, content="keys", tables=told(listed, tally), files=told_files(tally, []))
    held.append(said)
    yield from _ending(said)


def _ending(said: Manifest) -> Iterator[bytes]:
    written = said.written()
    yield from archive.member("manifest.json", written)
    yield from archive.member("manifest.proof", proof(keys.ring(), written))
    yield archive.end()


def _publish(names: dict[Path, Path], said: Manifest, sums: list[str], recipients: int) -> None:
    """Record the backup and give both files their names, or neither."""
    try:
        with transaction():
            body = {
                "backup": said.backup, "made_at": said.made_at, "revision": said.revision, "rows": said.rows,
                "files": said.files["count"], "missing": len(said.files["missing"]), "recipients": recipients,
                "data_sha256": sums[0], "keys_sha256": sums[1],
            }  # fmt: skip
            record(SYSTEM, "backup.made", body=body)
            for part, file in reversed(names.items()):  # the keys first: where there are data, their keys are too
                os.replace(part, file)
                _sync(file.parent)
    except BaseException:
        for file in names.values():
            file.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
