"""Asking routes in bulk: who is signed in, what is asked, what came back; nothing that was asked for stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import func, select, update
from werkzeug.routing import Rule

from casework.access.models import Organisation, Session
from casework.access.permissions import Actor
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cases.service import take_on
from casework.db import db, utcnow
from tests.client import Client, _outside
from tests.meta.things import House, Things, furnish
from tests.signin import enter

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SIGN_IN = "/sign-in"
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
NONCE = re.compile(r"nonce-[\w-]+")


@dataclass(frozen=True)
class Came:
    """What came back."""

    status: int
    location: str
    body: bytes
    headers: frozenset[tuple[str, str]]
    """Without what differs by nature: cookies and the nonce of the page."""

    def same_as(self, nothing: Came, things: Things, missing: Things) -> bool:
        """True when this is what comes for an id that nobody has: the very bytes, or for the step to a form the same
        step with that id in it."""
        if self.status == 303 == nothing.status:
            return _without(self.location, things) == _without(nothing.location, missing)
        return self.status == 404 and (self.body, self.headers) == (nothing.body, nothing.headers)

    @property
    def to_the_door(self) -> bool:
        """True for the way to the sign-in page."""
        return self.status in (302, 303) and self.location.startswith(SIGN_IN)


def _without(path: str, things: Things) -> str:
    for value in things.values():
        path = path.replace(str(value), "*") if isinstance(value, UUID) else path
    return UUIDS.sub("*", path)


class Asker:
    """A browser of one user (or of nobody) that asks without reading pages, and takes back what it did."""

    def __init__(self, app: Flask, by: Actor | None) -> None:
        db.session.commit()
        self.app, self.by, self.client = app, by, Client(app)
        username = by.username if by else ""
        if username:
            enter(self.client, username)
            db.session.execute(update(Session).values(step_up_at=utcnow()))
        self.token = ""
        page = self.ask("GET", "/account" if username else SIGN_IN)
        found = TOKEN.search(page.body.decode())
        assert found, f"no token for {username}: {page.status}"
        self.token = found.group(1)

    def ask(self, method: str, path: str, data: Mapping[str, Any] | None = None) -> Came:
        """Send one request; whatever a POST changes is rolled back, a GET leaves but the record of its view."""
        form = {"csrf_token": self.token, **(data or {})} if method == "POST" else None
        jar = dict(self.client.raw._cookies)
        with _Savepoint() if method == "POST" else nullcontext():
            response = _outside(
                lambda: self.client.raw.open(path, method=method, data=form, base_url="https://localhost")
            )
        if self.token:
            self.client.raw._cookies = jar  # a sign-out among the routes is taken back too
        headers = {(name, NONCE.sub("", value)) for name, value in response.headers if name != "Set-Cookie"}
        location = response.headers.get("Location", "")
        return Came(response.status_code, location, response.get_data(), frozenset(headers))


def views() -> int:
    """How many views were written down so far."""
    return db.session.scalar(select(func.count()).where(AuditEvent.action.startswith("view."))) or 0


class _Savepoint:
    def __enter__(self) -> None:
        db.session.commit()
        self.point = db.engine.begin_nested()  # type: ignore[attr-defined]

    def __exit__(self, *error: object) -> None:
        db.session.rollback()
        self.point.rollback()
        db.session.expire_all()


@dataclass
class Street:
    """Three offices: the owner of a case, a guest with live access to it, and a stranger with a case of its own."""

    owner: House
    guest: House
    stranger: House

    def read_again(self) -> None:
        """Read the rows anew that the houses hold, after their session or transaction ended."""
        for house in (self.owner, self.guest, self.stranger):
            house.office = db.session.get_one(Organisation, house.boss.organisation_id)
            house.case = db.session.get_one(Case, house.things["case_id"])


def street() -> Street:
    """All three, furnished."""
    owner, guest, stranger = House("Velmoor"), House("Tirbrand"), House("Oxlund")
    furnish(owner, guest.office, guest.boss)
    furnish(stranger, guest.office, guest.boss)
    db.session.commit()
    return Street(owner, guest, stranger)


def address(app: Flask, rule: Rule, things: Things, **other: Any) -> str:
    """The path of a route, its arguments taken from the things by name."""
    known = {**things, **other}
    values = {name: known[name] for name in rule.arguments}
    with app.test_request_context(base_url="https://localhost"):
        built: str = app.url_map.bind("localhost").build(rule.endpoint, values)
    return built


def absent(things: Things) -> Things:
    """The same names with ids that nobody has."""
    return {name: uuid4() if isinstance(value, UUID) else value for name, value in things.items()}


def carry(case: Case, by: Actor) -> None:
    """The user carries the case for the own office, so that every reach sees it."""
    take_on(case, user_id=by.user_id, by=by)
    db.session.commit()
