"""The least that a test needs to begin: an office, a user in it, the actor who calls a service. All names invented."""

from __future__ import annotations

from functools import cache
from uuid import uuid4

from sqlalchemy import select

from casework.access.models import Membership, MembershipRole, Organisation, Role, Team, User
from casework.access.permissions import Actor
from casework.access.queries import actor_for
from casework.access.service import factors, passwords
from casework.codes.queries import choices
from casework.db import db, today, utcnow, uuid7

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
    """A user with these roles in an office (case_worker and a new office when not given), password PASSWORD.

    The rows are written as they end up, without the service and its log: half of all tests begin here, and the
    services that make users have tests of their own.
    """
    name = name or f"user.{uuid4().hex[:8]}"
    home = at_office or office()
    made = User(
        id=uuid7(), username=name, display_name=name.replace(".", " ").title(), password_hash=password_hash(),
        must_change_password=False, created_at=utcnow(),
    )  # fmt: skip
    held = Membership(
        id=uuid7(), user_id=made.id, organisation_id=home.id, team_id=team.id if team else None, starts_on=today()
    )
    db.session.add(made)
    db.session.flush()
    db.session.add(held)
    db.session.flush()
    known = select(Role.id).where(Role.code.in_(roles or ("case_worker",)))
    ids = db.session.scalars(known).all()
    assert len(ids) == len(set(roles or ("case_worker",))), f"unknown role in {roles}"
    db.session.add_all([MembershipRole(membership_id=held.id, role_id=one) for one in ids])
    db.session.flush()
    if factor:
        add_factor(made)
    return made


def add_factor(row: User) -> None:
    """Give a user one-time codes; the code of now is still unused."""
    factors.set_up_at_once(row)


def actor(
    *roles: str, at_office: Organisation | None = None, team: Team | None = None, name: str = "", factor: bool = False
) -> Actor:
    """A new user as the services want to be told who acts."""
    return actor_for(user(*roles, at_office=at_office, team=team, name=name, factor=factor).username)
