"""What has to be true before the program serves: the revision of the database, and the refusals of production mode."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def scripts() -> AlembicConfig:
    """The migrations of this version, as Alembic wants to be told."""
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return settings


def head() -> str | None:
    """The newest revision this version knows."""
    return ScriptDirectory.from_config(scripts()).get_current_head()


def known(revision: str | None) -> bool:
    """Whether this version knows the revision; an empty database (None) is known too."""
    if revision is None:
        return True
    return any(script.revision == revision for script in ScriptDirectory.from_config(scripts()).walk_revisions())


def revision(engine: Engine) -> str | None:
    """The revision the database stands at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(app: Flask, to: str = "head") -> None:
    """Bring the database of `app` to revision `to`; two starts at once wait for each other."""
    with app.app_context():
        command.upgrade(scripts(), to)


def downgrade(app: Flask, to: str) -> None:
    """Take the database of `app` back to revision `to`. Data of later revisions are lost."""
    with app.app_context():
        command.downgrade(scripts(), to)
