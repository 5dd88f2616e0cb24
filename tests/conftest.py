"""Fixtures: every test that touches the database runs on SQLite and on PostgreSQL, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import scoped_session

from casework.db import db
from casework.vault import keys
from tests.client import Client
from tests.engines import ENGINES, Databases, rolled_back


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--engine sqlite` while working; both engines is what counts."""
    parser.addoption("--engine", choices=("sqlite", "postgres", "both"), default="both", help="database of the tests")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that needs a database once per engine; one marked `one_engine` on the first of them."""
    if "engine_name" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--engine")
        names = ENGINES if wanted == "both" else (wanted,)
        if metafunc.definition.get_closest_marker("one_engine"):
            names = names[:1]
        metafunc.parametrize("engine_name", names, scope="session")


LONGEST = ("oracle/", "meta/test_routes", "meta/test_migrations", "leaks/", "demo/", "torture/", "imports/test_sample")
"""Where tests take long."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests with real commits and the browser journeys; the longest first, or one process waits at the end."""
    items.sort(key=lambda item: not any(f"/tests/{part}" in item.path.as_posix() for part in LONGEST))
    for item in items:
        if "live_app" in getattr(item, "fixturenames", ()):
            item.add_marker("commits")
        if "/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key ring made for this run."""
    folder = tmp_path_factory.mktemp("keys")
    keys.create(folder, demo=False)
    return folder


@pytest.fixture
def ring(key_folder: Path) -> keys.Ring:
    """The test keys, installed; enough for tests of sealing without a database."""
    made = keys.load(key_folder)
    keys.install(made)
    return made


@pytest.fixture(scope="session")
def databases(key_folder: Path) -> Iterator[Databases]:
    """All databases of this process; started on first use, so that unit tests don't pay for them."""
    made = Databases(key_folder)
    yield made
    made.close()


@pytest.fixture
def app(request: pytest.FixtureRequest, engine_name: str, databases: Databases, ring: keys.Ring) -> Iterator[Flask]:
    """The program inside a transaction that is rolled back after the test; its commits are savepoints.

    A test marked `apart` writes ten thousand rows: it has a database of its own. PostgreSQL would keep them for all
    others to read past, and plan for empty tables what then goes through full ones.
    """
    if not request.node.get_closest_marker("apart"):
        with rolled_back(databases.app(engine_name)) as program:
            yield program
        return
    url = databases.copy(engine_name)
    own = databases.program(url)
    with rolled_back(own):
        yield own
    databases.discard(own, url)


@pytest.fixture
def session(app: Flask) -> scoped_session[Any]:
    """`db.session` on the test's transaction."""
    return db.session


@pytest.fixture
def client(app: Flask) -> Callable[[], Client]:
    """Make browsers: `client()` is a new one without cookies; `signed_in(client(), "name")` enters."""
    return lambda: Client(app)


@pytest.fixture
def live_app(engine_name: str, databases: Databases, ring: keys.Ring) -> Iterator[Flask]:
    """A program with a database of its own where commits are real. No context is pushed: use `app.app_context()`."""
    url = databases.copy(engine_name)
    program = databases.program(url)
    yield program
    databases.discard(program, url)


@pytest.fixture
def live_client(live_app: Flask) -> Callable[[], Client]:
    """As `client`, with real commits."""
    return lambda: Client(live_app)
