"""What a backup says about itself: when, at which revision, how many rows and files with which digests, and heads."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from casework.safekeeping.archive import Tally
from casework.safekeeping.errors import Damaged, Unusable
from casework.safekeeping.rows import Table
from casework.vault.masks import mark
from casework.vault.ring import Ring

FORMAT = 1
LABEL = b"casework backup"


@dataclass(frozen=True)
class Manifest:
    """The last part of both files of a backup."""

    content: Literal["data", "keys"]
    backup: str
    """Random name that both files of one backup share."""
    made_at: str
    """Just before the snapshot, ISO, UTC: all that was acknowledged by then is in it."""
    revision: str
    engine: str
    installation: str
    """Mark of the search root: tells keys of another installation from ours, and nothing else."""
    tables: Mapping[str, Mapping[str, Any]]
    """Name → columns (name, kind), rows, sha256 of the lines."""
    files: Mapping[str, Any]
    """count, bytes, sha256 over ids and digests, missing (ids that rows name and the disk lacks)."""
    audit: Mapping[str, Any]
    """chains and the Merkle root over all heads; empty in the file of keys."""
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        """When the snapshot was taken."""
        return datetime.fromisoformat(self.made_at)

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(int(table["rows"]) for table in self.tables.values())

    def table(self, name: str) -> Table:
        """A table as it was when the backup was made."""
        return Table(name, tuple((str(column), str(kind)) for column, kind in self.tables[name]["columns"]))

    def written(self) -> bytes:
        """The bytes that stand in the backup and that the proof covers."""
        return json.dumps(asdict(self), separators=(",", ":"), sort_keys=True).encode()


def told(tables: list[Table], tally: Tally) -> dict[str, dict[str, Any]]:
    """What the manifest says about tables."""
    return {
        table.name: {
            "columns": [list(column) for column in table.columns],
            "rows": tally.rows.get(table.name, 0),
            "sha256": tally.digest(table.name),
        }
        for table in tables
    }


def told_files(tally: Tally, missing: list[str]) -> dict[str, Any]:
    """What the manifest says about files."""
    return {
        "count": tally.files,
        "bytes": tally.file_bytes,
        "sha256": tally.file_digest.hexdigest(),
        "missing": missing,
    }


def installation(ring: Ring) -> str:
    """The mark of an installation."""
    return mark(ring.search_root).hex()


def proof(ring: Ring, written: bytes) -> bytes:
    """Keyed hash of a manifest, in hexadecimal."""
    return hmac.digest(ring.audit_key, LABEL + written, "sha256").hex().encode()


def read(data: bytes | None) -> Manifest:
    """A manifest as it was written. Raises Damaged, and Unusable for a format of a later version."""
    try:
        found = json.loads(data or b"")
        if found["format"] != FORMAT:
            raise Unusable("The backup was made by a version this one does not know. Use a newer version.")
        made = Manifest(**found)
        if made.moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
    except (ValueError, TypeError, KeyError):
        raise Damaged("The list of the backup's contents is missing or damaged.") from None
    return made


def compare(said: Manifest, tally: Tally) -> None:
    """Raise Damaged when what came through is not what the manifest says."""
    unknown = set(tally.rows) - set(said.tables)
    if unknown:
        raise Damaged(f"The backup holds a table its list does not name: {min(unknown)}.")
    for name, table in sorted(said.tables.items()):
        if (table["rows"], table["sha256"]) != (tally.rows.get(name, 0), tally.digest(name)):
            raise Damaged(f"The rows of {name} are not those that were backed up.")
    if told_files(tally, said.files["missing"]) != dict(said.files):
        raise Damaged("The files are not those that were backed up.")


def check_proof(said: Manifest, written: bytes, proven: bytes, ring: Ring) -> None:
    """Raise Unusable for keys of another installation, Damaged for a list that was not made with these keys."""
    if said.installation != installation(ring):
        raise Unusable("These are keys of another installation. Give the keys that belong to this backup.")
    if not hmac.compare_digest(proven, proof(ring, written)):
        raise Damaged("The list of the backup's contents was changed, or was not made with these keys.")
