"""Until create_app and the key ring are there: the least program that has the database. Goes when they come."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import Flask

from casework.db import configure_engine, db
from casework.extensions import migrate
from config import Config

try:
    from casework import create_app as create_app
except ImportError:

    def create_app(config: Config) -> Flask:
        """A program with a database and nothing else."""
        app = Flask("casework")
        app.config.update(SQLALCHEMY_DATABASE_URI=config.sqlalchemy_url, SECRET_KEY="test", TESTING=True)
        db.init_app(app)
        migrate.init_app(app, db)
        with app.app_context():
            configure_engine(db.engine)
        return app


try:
    from casework.vault import keys as keys

    keys.create  # noqa: B018
except (ImportError, AttributeError):

    def _nothing(*args: Any, **options: Any) -> Any:
        return None

    keys: Any = SimpleNamespace(create=_nothing, load=_nothing, install=_nothing, Ring=object)  # type: ignore[no-redef]
