"""The ground a campaign stands on: a database of its own, offices, users with open sessions, cases. All invented."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool

from bench.browser import Browser
from bench.server import Server
from casework.access.guards import session_cookie
from casework.access.models import Membership, Team, User
from casework.access.permissions import Actor
from casework.access.queries import actor_for
from casework.access.service import sessions
from casework.cases.models import Case
from casework.cases.service import open_case
from casework.codes.dates import PartialDate, Precision
from casework.db import db, uuid7
from casework.people.names import Names
from casework.people.service import PersonData, register
from casework.vault import keys
from casework.writes.orchestrator import transaction
from tests import factories
from tests.engines import Databases

GROWN = PartialDate(date(1990, 5, 4), date(1990, 5, 4), Precision.DAY)
POOL = 24
"""Cases that take further lines in turn."""
ROLES = ("case_worker", "supervisor")


class Ground:
    """One database on one engine, with two users of one office, two of another, and a server to send to."""

    def __init__(self, engine: str, databases: Databases, *, app: str = "bench.serve:app", **more: str) -> None:
        self.engine = engine
        self._databases = databases
        self.keys = databases.keys
        self.url = databases.copy(engine)
        self.program: Flask = databases.program(self.url)
        self.data = Path(tempfile.mkdtemp(prefix="torture-", dir=databases.folder))
        self._counter = create_engine(self.program.config["SQLALCHEMY_DATABASE_URI"], poolclass=NullPool)
        self._numbers = count(1)
        self.users: dict[str, str] = {}
        self.actors: dict[str, Actor] = {}
        self._make_people()
        self.pool: list[UUID] = self.make(lambda: [self.fresh_case().id for _ in range(POOL)])
        self.server = Server(self.program.config["SQLALCHEMY_DATABASE_URI"], databases.keys, self.data, app=app, **more)

    def _make_people(self) -> None:
        with self.program.app_context(), transaction():
            for side in ("here", "there"):
                office = factories.office(type="NGO")
                team = Team(id=uuid7(), organisation_id=office.id, name="Team")
                db.session.add(team)
                db.session.flush()
                for letter in "abc":
                    made = factories.user(*ROLES, at_office=office, team=team, factor=True)
                    self.users[f"{side}_{letter}"] = made.username
                made = factories.user("org_admin", at_office=office, factor=True)
                self.users[f"{side}_admin"] = made.username
        with self.program.app_context():
            self.actors = {name: actor_for(username) for name, username in self.users.items()}

    def make(self, act: Callable[[], Any]) -> Any:
        """Run `act` through the services in one committed transaction."""
        with self.program.app_context(), transaction():
            return act()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Look through the program's own queries."""
        with self.program.app_context():
            yield

    def fresh_case(self) -> Case:
        """A new open case of a new person, inside `make`."""
        by = self.actors["here_a"]
        names = Names(latin_family="Sampleson", latin_given=f"Torture{next(self._numbers)}")
        person = register(PersonData(names=names, sex="female", birth=GROWN), by=by)
        return open_case(by=by, person_id=person.id, stations={"identification": "open", "arrival": "open"})

    def any_case(self) -> UUID:
        """The next case of the pool."""
        return self.pool[next(self._numbers) % len(self.pool)]

    def membership_of(self, name: str) -> UUID:
        """The membership of one of our users."""
        return db.session.scalars(
            select(Membership.id).join(User, User.id == Membership.user_id).where(User.username == self.users[name])
        ).one()

    def browser(self, name: str) -> Browser:
        """A browser of one of our users, signed in fully and proved just now."""

        def enter() -> tuple[str, str]:
            row = db.session.scalars(select(User).where(User.username == self.users[name])).one()
            made, token = sessions.open_session(row, factor="code", office_device=True, device=sessions.Device("t"))
            made.step_up_at = made.created_at
            return session_cookie(), token

        cookie, token = self.make(enter)
        return Browser(self.server.port, {cookie: token})

    def count(self, statement: str) -> int:
        """One number, read on a connection of its own: what is committed."""
        with self._counter.connect() as connection:
            return int(connection.execute(text(statement)).scalar() or 0)

    def rows(self, statement: str) -> list[Any]:
        """Rows, read on a connection of their own."""
        with self._counter.connect() as connection:
            return list(connection.execute(text(statement)))

    def close(self) -> None:
        """Stop the server and remove the database."""
        self.server.stop()
        self._counter.dispose()
        self._databases.discard(self.program, self.url)


@contextmanager
def grounds() -> Iterator[Databases]:
    """Databases with a key ring of their own; everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="torture-keys-") as folder:
        ring = Path(folder) / "keys"
        ring.mkdir(mode=0o700)
        keys.create(ring, demo=True)
        made = Databases(ring)
        keys.install(keys.load(ring))
        try:
            yield made
        finally:
            made.close()


def draft() -> str:
    """A key of a form that nobody used."""
    return str(uuid4())
