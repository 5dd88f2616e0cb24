"""Brings a backup back into an empty place: everything is checked before it is written, and again when it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from casework.audit.recorder import SYSTEM, record
from casework.db import db
from casework.safekeeping import age, archive, checks, erased, load, manifest, place
from casework.safekeeping.archive import Tally
from casework.safekeeping.checks import Proof
from casework.safekeeping.errors import Damaged, Unusable
from casework.safekeeping.manifest import Manifest
from casework.safekeeping.place import Settings
from casework.startup import fill, head, known, upgrade
from casework.vault import keys, ring
from casework.vault.errors import KeyFileError, VaultError
from casework.vault.models import Tombstone
from casework.vault.rebuild import rebuild
from casework.vault.ring import Ring
from casework.writes.orchestrator import transaction


@dataclass(frozen=True)
class Sources:
    """The two files of a backup (not necessarily of the same day), and what is needed to open and judge them."""

    data: Path
    keys: Path
    identity: Path
    erased: Path | None = None
    """List of erasures done since, where the keys are no newer than the data."""
    anchor: Path | None = None


@dataclass
class Report:
    """What was brought back and proved."""

    data: Manifest
    keys: Manifest
    proof: Proof = field(default_factory=Proof)
    destroyed_again: int = 0
    without_key: int = 0
    searchable: int = 0

    @property
    def findings(self) -> list[str]:
        """What is wrong, a sentence each; empty when all is well."""
        return self.proof.findings


@dataclass(frozen=True)
class _Seen:
    """A file of the backup that passed once from end to end."""

    file: Path
    said: Manifest
    small: Mapping[str, bytes]


def restore(sources: Sources, settings: Settings, *, keep: Callable[[Report], bool]) -> Report:
    """Restore into the empty place of `settings`; it is emptied again unless `keep` says yes to the report.

    Raises Unusable (nothing was written) and Damaged (nothing was kept). The key ring is written last: a place
    without it does not start.
    """
    place.check_empty(settings)
    stones = erased.read(sources.erased) if sources.erased else []
    identities = age.identities(sources.identity)
    data, apart, keyring, contents = _examine(sources, identities, settings)
    app = place.program(settings)
    kept = False
    try:
        keys.install(keyring)
        with app.app_context():
            _fill(app, data, apart, identities)
            report = _judge(data.said, apart.said, stones, sources.anchor)
            if keep(report):
                _record(report)
                ring.put(contents, settings.key_folder)
                kept = True
    finally:
        if kept:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
        else:
            place.wipe(settings, app)
    return report


def _examine(
    sources: Sources, identities: list[Any], settings: Settings
) -> tuple[_Seen, _Seen, Ring, dict[str, bytes]]:
    """Read both files to their ends and check every digest; nothing is written."""
    apart = _through(sources.keys, identities, "keys")
    data = _through(sources.data, identities, "data")
    contents = {name.removeprefix("ring/"): one for name, one in apart.small.items() if name.startswith("ring/")}
    try:
        keyring = ring.opened(contents, settings.key_folder)
    except KeyFileError:
        raise Damaged(f"A key is missing or damaged in {sources.keys.name}.") from None
    for seen in (apart, data):
        manifest.check_proof(seen.said, seen.small["manifest.json"], seen.small.get("manifest.proof", b""), keyring)
        if not known(seen.said.revision):
            raise Unusable(
                f"The backup stands at revision {seen.said.revision}, which this version does not know. "
                "Use the version that made it, or a newer one."
            )
    if apart.said.moment < data.said.moment:
        raise Unusable("These keys are older than the data. Give the keys of the same backup or of a later one.")
    return data, apart, keyring, contents


def _through(file: Path, identities: list[Any], content: str) -> _Seen:
    tally = Tally()
    with age.opened(file, identities) as plain:
        small = load.through(archive.parts(plain, tally))
    said = manifest.read(small.get("manifest.json"))
    if said.content != content:
        raise Unusable(f"{file.name} holds {said.content}, not {content}. Give the file of data, then --keys.")
    manifest.compare(said, tally)
    return _Seen(file, said, small)


def _fill(app: Flask, data: _Seen, apart: _Seen, identities: list[Any]) -> None:
    """The tables of the backup's revision, its rows and files, its keys; then this version's revision."""
    upgrade(app, data.said.revision)
    _pour(data, identities)
    if apart.said.revision != data.said.revision:
        upgrade(app, apart.said.revision)
    _pour(apart, identities)
    if apart.said.revision != head():
        upgrade(app)
        fill(app)


def _pour(seen: _Seen, identities: list[Any]) -> None:
    tally = Tally()
    with age.opened(seen.file, identities) as plain:
        parts = archive.parts(plain, tally)
        load.load(db.engine, seen.said, parts, lambda: manifest.compare(seen.said, tally))


def _judge(data: Manifest, apart: Manifest, stones: list[Tombstone], anchor: Path | None) -> Report:
    """Compare what stands now with what was backed up, erase again what was erased since, make it searchable."""
    report = Report(data, apart)
    checks.audit(data, anchor, report.proof)
    db.session.rollback()
    with transaction():
        report.destroyed_again = erased.again(stones)
        lost = erased.without_key()
        report.without_key = len(lost)
        erased.explain(lost)
        if lost and apart.backup == data.backup:  # newer keys lack those of drafts that ended since
            report.findings.append(f"{len(lost)} keys are missing; one of them is needed by {min(lost.values())}.")
    try:
        report.searchable = rebuild(_committed)
    except (KeyFileError, VaultError) as error:
        report.findings.append(f"The search index can't be built: {error}")
    checks.sample(report.proof)
    return report


def _committed(step: Callable[[], Any]) -> Any:
    with transaction():
        return step()


def _record(report: Report) -> None:
    with transaction():
        body = {
            "backup": report.data.backup, "made_at": report.data.made_at, "revision": report.data.revision,
            "rows": report.data.rows, "files": report.data.files["count"], "findings": len(report.findings),
            "keys_backup": report.keys.backup, "destroyed_again": report.destroyed_again,
        }  # fmt: skip
        record(SYSTEM, "backup.restored", body=body)
