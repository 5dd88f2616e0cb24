"""Settings, read once from the environment. A default may stand here only if it is safe to be public."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent


@dataclass(frozen=True)
class Config:
    """What the program needs to know about the place it runs in."""

    mode: str = "demo"
    """demo, production or test."""
    data: Path = ROOT / "instance"
    """Folder of keys, database and sealed files; outside the code in production."""
    database_url: str = ""
    """SQLAlchemy URL; empty means SQLite in the data folder."""
    proxy: int = 0
    """How many reverse proxies with TLS stand in front (X-Forwarded-For and -Proto are trusted from as many)."""
    debug: bool = False
    keys: Path | None = None
    """Folder of the key ring; by default `keys` in the data folder."""
    extra: dict[str, object] = field(default_factory=dict)

    @classmethod
    def from_env(cls) -> Config:
        """Read CASEWORK_MODE, CASEWORK_DATA, DATABASE_URL, CASEWORK_PROXY, CASEWORK_DEBUG, CASEWORK_KEYS."""
        data = Path(os.environ.get("CASEWORK_DATA") or ROOT / "instance").absolute()
        keys = os.environ.get("CASEWORK_KEYS")
        return cls(
            mode=os.environ.get("CASEWORK_MODE", "demo"),
            data=data,
            database_url=os.environ.get("DATABASE_URL", ""),
            proxy=int(os.environ.get("CASEWORK_PROXY", "0")),
            debug=os.environ.get("CASEWORK_DEBUG", "") == "1",
            keys=Path(keys).absolute() if keys else None,
        )

    @property
    def sqlalchemy_url(self) -> str:
        """The URL with the driver spelled out; `postgres://` and `postgresql://` mean psycopg 3."""
        url = self.database_url or f"sqlite:///{self.data / 'casework.sqlite'}"
        for short in ("postgres://", "postgresql://"):
            if url.startswith(short):
                url = "postgresql+psycopg://" + url.removeprefix(short)
        return url

    @property
    def engine_options(self) -> dict[str, object]:
        """Values never appear in errors or logs; PostgreSQL connections are checked before use.

        The program has about a thousand forms of statement; SQLAlchemy keeps 500, and put a tenth of its time into
        spelling out the same ones again.
        """
        options: dict[str, object] = {"hide_parameters": True, "query_cache_size": 1500}
        if self.sqlalchemy_url.startswith("postgresql"):
            options |= {"pool_pre_ping": True, "pool_recycle": 300, "pool_size": 8, "max_overflow": 8}
            # As long as SQLite's busy_timeout: then a writer is told that the database is busy, not kept waiting.
            options["connect_args"] = {"options": "-c lock_timeout=30s"}
        return options

    @property
    def root(self) -> Path:
        """The folder of the code: migrations and templates lie in it."""
        return ROOT

    @property
    def templates(self) -> Path:
        """The folder of the pages."""
        return ROOT / "templates"

    @property
    def key_folder(self) -> Path:
        """Where the key ring lies."""
        return self.keys or self.data / "keys"
