"""The drill: the newest backup, restored into a throw-away place, proved, and taken away again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casework.db import utcnow
from casework.safekeeping import bring
from casework.safekeeping.bring import Report, Sources
from casework.safekeeping.errors import Unusable
from casework.safekeeping.take import DATA, KEYS
from config import Config


@dataclass(frozen=True)
class Drilled:
    """What the drill found, and about which file."""

    file: str
    engine: str
    report: Report
    seconds: float


def newest(folder: Path, ending: str) -> Path:
    """The newest file of its kind in a folder; names begin with the moment. Raises Unusable when there is none."""
    found = sorted(folder.glob(f"casework-*{ending}")) if folder.is_dir() else []
    if not found:
        raise Unusable(f"There is no backup (casework-...{ending}) in {folder}.")
    return found[-1]


def drill(
    folder: Path, keys_folder: Path, identity: Path, *,
    anchor: Path | None = None, erased: Path | None = None, database_url: str = "", scratch: Path | None = None,
) -> Drilled:  # fmt: skip
    """Restore the newest backup of `folder` with the newest keys of `keys_folder`, prove it, remove everything.

    The place is a folder made for this in `scratch` (the system's temporary folder) with SQLite, or the empty
    database at `database_url`, which is emptied again. The key ring is never written. Raises Unusable and Damaged.
    """
    begun = utcnow()
    data, keys = newest(folder, DATA), newest(keys_folder, KEYS)
    with _place(scratch, database_url) as settings:
        report = bring.restore(Sources(data, keys, identity, erased, anchor), settings, keep=lambda report: False)
    engine = "postgresql" if settings.sqlalchemy_url.startswith("postgresql") else "sqlite"
    return Drilled(data.name, engine, report, (utcnow() - begun).total_seconds())


@contextmanager
def _place(scratch: Path | None, database_url: str) -> Iterator[Config]:
    with tempfile.TemporaryDirectory(prefix="casework-drill-", dir=scratch) as made:
        folder = Path(made)
        yield Config(mode="test", data=folder / "data", keys=folder / "keys", database_url=database_url)
