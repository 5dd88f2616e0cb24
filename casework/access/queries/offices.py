"""Organisations and their members, as pages, commands and other packages list them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from casework.access.models import (
    Deputy,
    Membership,
    MembershipRole,
    Organisation,
    OrganisationProvince,
    OrganisationService,
    Role,
    Session,
    Team,
    User,
)
from casework.access.permissions import Permission
from casework.access.queries.actors import current_membership
from casework.access.queries.policies import policies
from casework.db import db, today, utcnow
from casework.errors import NotVisible


@dataclass(frozen=True, slots=True)
class Member:
    """A user in an organisation: what a list shows; no secrets."""

    user_id: UUID
    membership_id: UUID
    username: str
    display_name: str
    team_id: UUID | None
    team_name: str | None
    roles: tuple[str, ...]
    active: bool
    organisation_id: UUID
    organisation_code: str
    organisation_name: str
    factor: bool
    last_seen_at: datetime | None


def organisation(organisation_id: UUID) -> Organisation:
    """One organisation. Raises NotVisible if there is none."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise NotVisible
    return found


def organisation_by_code(code: str) -> Organisation:
    """One organisation by its code. Raises NotVisible if there is none."""
    found = db.session.execute(select(Organisation).where(Organisation.code == code)).scalar_one_or_none()
    if found is None:
        raise NotVisible
    return found


def organisations(*, active: bool | None = True, with_users: bool | None = None) -> Sequence[Organisation]:
    """Organisations by name; `None` means both kinds. Names of offices are known to every user."""
    query = select(Organisation).order_by(Organisation.name, Organisation.code)
    if active is not None:
        query = query.where(Organisation.active == active)
    if with_users is not None:
        query = query.where(Organisation.has_users == with_users)
    return db.session.scalars(query).all()


def provinces_of(organisation_id: UUID) -> list[str]:
    """Codes of the provinces it serves."""
    query = select(OrganisationProvince.province).where(OrganisationProvince.organisation_id == organisation_id)
    return sorted(db.session.scalars(query))


def services_of(organisation_id: UUID) -> dict[str, int | None]:
    """Services it offers, with capacity (None: not said)."""
    rows = db.session.execute(
        select(OrganisationService.service_type, OrganisationService.capacity)
        .where(OrganisationService.organisation_id == organisation_id)
        .order_by(OrganisationService.service_type)
    )
    return {row.service_type: row.capacity for row in rows}


def teams(organisation_id: UUID) -> Sequence[Team]:
    """Active teams of an organisation, by name."""
    query = select(Team).where(Team.organisation_id == organisation_id, Team.active).order_by(Team.name)
    return db.session.scalars(query).all()


def members(
    organisation_id: UUID | None = None, *, user_id: UUID | None = None, only_current: bool = True
) -> list[Member]:
    """Users of an organisation (None: of all) with their roles, by name; current memberships unless told otherwise."""
    roles = (
        select(func.aggregate_strings(Role.code, ","))
        .join(MembershipRole, MembershipRole.role_id == Role.id)
        .where(MembershipRole.membership_id == Membership.id)
        .scalar_subquery()
    )
    seen = select(func.max(Session.last_seen_at)).where(Session.membership_id == Membership.id).scalar_subquery()
    query = (
        select(
            User.id.label("user_id"),
            Membership.id.label("membership_id"),
            User.username,
            User.display_name,
            Membership.team_id,
            Team.name.label("team_name"),
            roles.label("roles"),
            (User.active & Membership.active).label("active"),
            Organisation.id.label("organisation_id"),
            Organisation.code.label("organisation_code"),
            Organisation.name.label("organisation_name"),
            User.factor_since_at.is_not(None).label("factor"),
            seen.label("last_seen_at"),
        )
        .join(Membership, Membership.user_id == User.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Team, Team.id == Membership.team_id)
        .order_by(User.display_name, Membership.id)
    )
    if organisation_id is not None:
        query = query.where(Organisation.id == organisation_id)
    if user_id is not None:
        query = query.where(User.id == user_id)
    if only_current:
        query = query.where(current_membership(today()))
    rows = db.session.execute(query).mappings()
    return [Member(**{**row, "roles": tuple(sorted(filter(None, (row["roles"] or "").split(","))))}) for row in rows]


def holders(organisation_id: UUID, permission: Permission) -> list[Member]:
    """Current members of an office whose roles hold a permission: to whom a task or an approval can go."""
    able = {code for code, policy in policies().items() if permission in policy.permissions}
    return [member for member in members(organisation_id) if able.intersection(member.roles)]


def everybody(organisation_id: UUID) -> dict[UUID, str]:
    """User id -> display name of all who work or ever worked at an office."""
    query = select(User.id, User.display_name).join(Membership, Membership.user_id == User.id)
    return {
        row.id: row.display_name
        for row in db.session.execute(query.where(Membership.organisation_id == organisation_id))
    }


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Display names of users, in one statement."""
    wanted = list(set(user_ids))
    if not wanted:
        return {}
    query = select(User.id, User.display_name).where(User.id.in_(wanted))
    return {row.id: row.display_name for row in db.session.execute(query)}


def organisation_names(organisation_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of organisations, in one statement."""
    wanted = list(set(organisation_ids))
    if not wanted:
        return {}
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted))
    return {row.id: row.name for row in db.session.execute(query)}


def memberships_of(user_id: UUID) -> list[Member]:
    """Current memberships of a user: what the page 'act for another office' offers."""
    return members(user_id=user_id)


def deputies_of(membership_ids: Iterable[UUID]) -> Sequence[Deputy]:
    """Delegations given by these memberships that are not over, by first day."""
    query = (
        select(Deputy)
        .where(Deputy.membership_id.in_(list(membership_ids)), Deputy.ended_at.is_(None), Deputy.ends_on >= today())
        .order_by(Deputy.starts_on)
    )
    return db.session.scalars(query).all()


def live_sessions(user_id: UUID) -> Sequence[Session]:
    """Sessions of a user that have not ended, newest first."""
    query = (
        select(Session)
        .where(Session.user_id == user_id, Session.ended_at.is_(None), Session.expires_at > utcnow())
        .order_by(Session.last_seen_at.desc())
    )
    return db.session.scalars(query).all()
