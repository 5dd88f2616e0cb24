"""What the sign-in page lists in demo mode only: invented accounts, their password, the code that works now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from casework.access.models import Membership, Organisation, User
from casework.access.queries import members, policies
from casework.access.service import factors
from casework.db import db

PASSWORD = "open-the-river-gate"  # noqa: S105 - of invented accounts; production refuses to start beside them
"""Password of every demo account."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One line of the list; `roles` are English message ids."""

    username: str
    display_name: str
    roles: tuple[str, ...]
    office: str
    password: str
    code: str


def accounts() -> list[DemoAccount]:
    """The demo accounts by office and name. The caller makes sure that this is demo mode."""
    users = {user.id: user for user in db.session.scalars(select(User).where(User.is_demo, User.active))}
    offices = db.session.scalars(
        select(Membership.organisation_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.user_id.in_(list(users)))
        .order_by(Organisation.name)
    )
    labels = {code: policy.label for code, policy in policies().items()}
    return [
        DemoAccount(
            username=member.username,
            display_name=member.display_name,
            roles=tuple(labels.get(role, role) for role in member.roles),
            office=member.organisation_name,
            password=PASSWORD,
            code=factors.fresh_code(users[member.user_id]),
        )
        for office in dict.fromkeys(offices)
        for member in members(office)
        if member.user_id in users
    ]


def code_for(username: str) -> str:
    """The code of one demo account that works now; empty for any other account."""
    user = db.session.execute(select(User).where(User.username == username, User.is_demo)).scalar_one_or_none()
    return factors.fresh_code(user) if user else ""
