"""What has to be true before the program serves: revision and seeds of the database, nothing production refuses."""

from __future__ import annotations

import re
from pathlib import Path
from traceback import walk_tb
from typing import Protocol

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import DBAPIError

from casework.access.models import User
from casework.access.service import roles
from casework.codes.service import seeds
from casework.db import db
from casework.vault import upkeep
from casework.vault.errors import KeyFileError
from casework.vault.keys import Ring
from casework.writes.orchestrator import transaction

SEEDS = (seeds.seed, roles.seed)
"""What fills tables from the project's data files. Each adds what is missing and leaves what an office changed."""

_TABLE = re.compile(r'\b(?:TABLE|INTO|UPDATE|FROM|ON)\s+"?(?:_alembic_tmp_)?(\w+)')
"""The table that a statement works on; batch mode works on a copy of it."""

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


def refused_step(error: DBAPIError) -> str:
    """' at revision 0031, table service_line' of an error inside a migration, '' of any other: names and no values."""
    steps = [frame.f_globals for frame, _ in walk_tb(error.__traceback__) if "down_revision" in frame.f_globals]
    if not steps:
        return ""
    table = _TABLE.search(error.statement or "")
    return f" at revision {steps[-1]['revision']}" + (f", table {table[1]}" if table else "")


def fill(app: Flask) -> None:
    """Bring code lists and default roles into a database of this version, in one transaction."""
    with app.app_context(), transaction():
        for seed in SEEDS:
            seed()


class Settings(Protocol):
    """The settings that decide whether production may start."""

    @property
    def mode(self) -> str: ...

    @property
    def debug(self) -> bool: ...

    @property
    def proxy(self) -> int: ...


class Refused(RuntimeError):
    """The program does not start; each line of the message is one reason with its way out."""


def refused_settings(settings: Settings, ring: Ring | None) -> list[str]:
    """What production mode refuses in the settings and keys, a sentence each."""
    if settings.mode != "production":
        return []
    reasons = []
    if ring is None:
        reasons.append("The keys are missing: put them back from their backup, or make them with 'casework prepare'.")
    elif ring.demo:
        reasons.append("The keys were made for the demo: start with an empty key folder and a database of its own.")
    if settings.debug:
        reasons.append("Debug is on: unset CASEWORK_DEBUG.")
    if settings.proxy < 1:
        reasons.append("Plain HTTP is refused: put a proxy with TLS in front and set CASEWORK_PROXY to their number.")
    return reasons


def refused_revision(engine: Engine) -> list[str]:
    """A database that is not of this version, in any mode."""
    stands, wanted = revision(engine), head()
    if stands == wanted:
        return []
    if not known(stands):
        return [f"The database stands at revision {stands}, which this version does not know: use a newer version."]
    return [f"The database stands at revision {stands or 'none'}, this version needs {wanted}: run 'casework prepare'."]


def refused_accounts(settings: Settings, engine: Engine) -> list[str]:
    """Demo accounts in production: everybody can read their passwords."""
    if settings.mode != "production" or not inspect(engine).has_table(User.__tablename__):
        return []
    with engine.connect() as connection:
        found = connection.execute(select(User.id).where(User.is_demo).limit(1)).first()
    return ["Demo accounts are present: use a database that never held demo data."] if found else []


def refused_keys(ring: Ring | None) -> list[str]:
    """A ring that is not the one of this database, in any mode: else each page would fail that opens a sealed value."""
    if ring is None:
        return []
    try:
        upkeep.check()
    except KeyFileError as wrong:
        return [wrong.sentence]
    finally:
        db.session.remove()
    return []


def refusals(settings: Settings, ring: Ring | None, engine: Engine) -> list[str]:
    """Every reason not to serve, a sentence each; empty when the program may start."""
    revisions = refused_revision(engine)
    # Accounts and keys can only be asked for in tables of this version.
    held = [] if revisions else refused_accounts(settings, engine) + refused_keys(ring)
    return refused_settings(settings, ring) + revisions + held


def refuse(settings: Settings, ring: Ring | None, engine: Engine) -> None:
    """Raise Refused when there is any reason not to serve."""
    reasons = refusals(settings, ring, engine)
    if reasons:
        raise Refused("\n".join(reasons))
