"""The empty place a backup is restored into: proved empty, filled, and emptied again when anything goes wrong."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

from flask import Flask
from sqlalchemy import MetaData, create_engine, inspect, make_url
from sqlalchemy.pool import NullPool

from casework.db import configure_engine, db
from casework.extensions import migrate
from casework.safekeeping.errors import Unusable
from casework.vault import files

BESIDE = ("", "-wal", "-shm", "-journal", ".turn")
"""What SQLite and the writers' lock put beside a database file."""


class Settings(Protocol):
    """Where data, database and keys are to lie."""

    @property
    def data(self) -> Path: ...

    @property
    def key_folder(self) -> Path: ...

    @property
    def root(self) -> Path: ...

    @property
    def sqlalchemy_url(self) -> str: ...

    @property
    def engine_options(self) -> dict[str, object]: ...


def _database_file(settings: Settings) -> Path | None:
    url = make_url(settings.sqlalchemy_url)
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def check_empty(settings: Settings) -> None:
    """Raise Unusable unless data folder, key folder and database are absent or empty: a restore replaces nothing."""
    for folder in (settings.data, settings.key_folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Unusable(f"{folder} is not empty. Restore into an empty place; nothing is ever overwritten.")
    file = _database_file(settings)
    if file is not None:
        if any(Path(f"{file}{end}").exists() for end in BESIDE):
            raise Unusable(f"There is a database in {file} already. Restore into an empty place.")
        return
    engine = create_engine(settings.sqlalchemy_url, poolclass=NullPool, hide_parameters=True)
    if inspect(engine).get_table_names():
        raise Unusable("The database holds tables already. Make a new, empty database and set DATABASE_URL to it.")


def program(settings: Settings) -> Flask:
    """A program without pages and keys, bound to the database of the place."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = Flask("casework", static_folder=None, template_folder=None)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url, SQLALCHEMY_ENGINE_OPTIONS=settings.engine_options
    )
    db.init_app(app)
    migrate.init_app(app, db, directory=str(settings.root / "migrations"))
    with app.app_context():
        configure_engine(db.engine)
    files.install(settings.data / "files")
    return app


def wipe(settings: Settings, app: Flask) -> None:
    """Empty the place again. Only for a place that `check_empty` found empty: all that is in it came with us."""
    file = _database_file(settings)
    with app.app_context():
        db.session.remove()
        if file is None:
            found = MetaData()
            found.reflect(db.engine)
            found.drop_all(db.engine)
        db.engine.dispose()
    for end in BESIDE if file is not None else ():
        Path(f"{file}{end}").unlink(missing_ok=True)
    for folder in (settings.data, settings.key_folder):
        for inside in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(inside) if inside.is_dir() else inside.unlink()
