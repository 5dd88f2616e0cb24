"""The least that a test needs to begin: an office, a user in it, the actor who calls a service. All names invented."""

from __future__ import annotations

from functools import cache
from uuid import uuid4

import pyotp

from casework.access.models import Organisation, Team, User
from casework.access.permissions import Actor
from casework.access.queries import actor_for
from casework.access.service import accounts, factors, passwords, sessions
from casework.codes.queries import choices
from casework.db import at, db, utcnow

PASSWORD = "pepper vines after rain"
"""The password of every user of the tests."""


@cache
def password_hash() -> str:
    """The hash of PASSWORD, made once: argon2 is slow on purpose."""
    passwords.use_light_hashes()
    return passwords.make(PASSWORD)


def office(code: str = "", *, type: str = "", country: str = "KHM", has_users: bool = True) -> Organisation:
    """An organisation; `code` and `type` are chosen when not given."""
    code = code or f"OFFICE-{uuid4().hex[:6].upper()}"
    kind = type or choices("organisation_type")[0].code
    row = Organisation(
        code=code, name=f"Office {code}", type=kind, country=country, has_users=has_users, created_at=utcnow()
    )
    db.session.add(row)
    db.session.flush()
    return row


def user(
    *roles: str, at_office: Organisation | None = None, team: Team | None = None, name: str = "", factor: bool = False
) -> User:
    """A user with these roles in an office (case_worker and a new office when not given), password PASSWORD."""
    name = name or f"user.{uuid4().hex[:8]}"
    new = accounts.NewUser(
        username=name,
        display_name=name.replace(".", " ").title(),
        roles=roles or ("case_worker",),
        team_id=team.id if team else None,
    )
    made = accounts.create(
        at_office or office(), new, by=None, password_hash=password_hash(), must_change_password=False
    )
    if factor:
        add_factor(made)
    return made


def add_factor(row: User) -> None:
    """Give a user one-time codes, confirmed a minute ago so that the code of now is still unused."""
    secret = factors.begin(row)
    doer = sessions.SystemDoer(row.id, sessions.first_membership(row.id).organisation_id)
    before = utcnow().timestamp() - 60
    with at(utcnow().fromtimestamp(before, tz=utcnow().tzinfo)):
        factors.confirm(row, code=pyotp.TOTP(secret).at(int(before)), by=doer)


def actor(
    *roles: str, at_office: Organisation | None = None, team: Team | None = None, name: str = "", factor: bool = False
) -> Actor:
    """A new user as the services want to be told who acts."""
    return actor_for(user(*roles, at_office=at_office, team=team, name=name, factor=factor).username)
