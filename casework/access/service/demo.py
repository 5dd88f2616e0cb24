"""What the sign-in page lists in demo mode only: invented accounts, their password, the code that works now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.models import User
from casework.access.queries import Member, members, policies
from casework.access.service import factors
from casework.db import db

PASSWORD = "open-the-river-gate"  # noqa: S105 - of invented accounts; production refuses to start beside them
"""Password of every demo account."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One line of the list: a person, and each office they work for with their roles there (English message ids)."""

    username: str
    display_name: str
    works: tuple[tuple[str, tuple[str, ...]], ...]
    """Name of the office -> roles in it; the first one is where a new account begins."""
    password: str
    code: str


def accounts() -> list[DemoAccount]:
    """The demo accounts, each once, by first office and name. The caller makes sure that this is demo mode."""
    users = {user.id: user for user in db.session.scalars(select(User).where(User.is_demo, User.active))}
    labels = {code: policy.label for code, policy in policies().items()}
    works: dict[UUID, list[Member]] = {}
    for member in members():
        if member.user_id in users:
            works.setdefault(member.user_id, []).append(member)
    return [
        DemoAccount(
            username=mine[0].username,
            display_name=mine[0].display_name,
            works=tuple(
                (member.organisation_name, tuple(labels.get(role, role) for role in member.roles)) for member in mine
            ),
            password=PASSWORD,
            code=factors.fresh_code(users[user_id]),
        )
        for user_id, mine in sorted(works.items(), key=lambda one: one[1][0].organisation_name)
    ]


def code_for(username: str) -> str:
    """The code of one demo account that works now; empty for any other account."""
    user = db.session.execute(select(User).where(User.username == username, User.is_demo)).scalar_one_or_none()
    return factors.fresh_code(user) if user else ""
