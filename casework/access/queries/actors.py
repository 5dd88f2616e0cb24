"""Who acts: one statement gives the membership with its office, roles and policy stamp; sessions build on it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, LargeBinary, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from casework.access.models import Deputy, Membership, MembershipRole, Organisation, Role, Session, Team, User
from casework.access.permissions import APPROVALS, Actor, Permission, effective_scope, merge, pick
from casework.access.queries.policies import policies, stamp_query
from casework.db import db, today, utcnow
from casework.errors import NotVisible

IDLE_OFFICE = timedelta(minutes=60)
IDLE_UNKNOWN = timedelta(minutes=15)
"""How long a session may rest (docs/decisions/0008): on an office computer, on any other."""


class SessionState(StrEnum):
    """How a session stands that did not end. An expired one may still keep its own user's draft, and nothing else."""

    LIVE = "live"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session with its actor and what stands between the user and the work."""

    session_id: UUID
    state: SessionState
    actor: Actor
    factor: str
    factor_enrolled: bool
    must_change_password: bool
    last_seen_at: datetime
    step_up_at: datetime | None
    office_device: bool
    is_demo: bool


def current_membership(day: date) -> ColumnElement[bool]:
    """The membership, its user and its organisation all stand today."""
    return and_(
        Membership.active,
        Membership.starts_on <= day,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= day),
        User.active,
        Organisation.active,
        Organisation.has_users,
    )


def _actor_columns(day: date) -> list[Any]:
    roles = (
        select(func.aggregate_strings(Role.code, ","))
        .join(MembershipRole, MembershipRole.role_id == Role.id)
        .where(MembershipRole.membership_id == Membership.id)
        .scalar_subquery()
    )
    deputy = exists().where(
        Deputy.deputy_membership_id == Membership.id,
        Deputy.starts_on <= day,
        Deputy.ends_on >= day,
        Deputy.ended_at.is_(None),
    )
    return [
        User.id.label("user_id"),
        User.username,
        User.display_name,
        User.language,
        User.is_demo,
        User.must_change_password,
        User.factor_since_at,
        Membership.id.label("membership_id"),
        Membership.team_id,
        Organisation.id.label("organisation_id"),
        Organisation.code.label("organisation_code"),
        Organisation.name.label("organisation_name"),
        Organisation.name_km.label("organisation_name_km"),
        roles.label("role_codes"),
        exists().where(Team.organisation_id == Organisation.id, Team.active).label("has_teams"),
        deputy.label("deputises"),
        stamp_query().label("stamp"),
    ]


def _actors(day: date, *more: Any) -> Select[Any]:
    return (
        select(*_actor_columns(day), *more)
        .select_from(Membership)
        .join(User, User.id == Membership.user_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
    )


def _build(row: Any, session_id: UUID | None, day: date, names_hidden: bool = False) -> Actor:
    codes = (row.role_codes or "").split(",")
    own = pick(policies(row.stamp), codes)
    merged = merge(own)
    deputy_for, lent = _deputised(row.membership_id, row.stamp, day) if row.deputises else (frozenset(), frozenset())
    name = row.organisation_name_km if row.language == "km" and row.organisation_name_km else row.organisation_name
    return Actor(
        user_id=row.user_id,
        membership_id=row.membership_id,
        organisation_id=row.organisation_id,
        organisation_code=row.organisation_code,
        team_id=row.team_id,
        roles=frozenset(role.code for role in own),
        permissions=merged.permissions | lent,
        scope=effective_scope(merged.scope, row.team_id, row.has_teams),
        classes=merged.classes,
        session_id=session_id,
        display_name=row.display_name,
        deputy_for=deputy_for,
        organisation_name=name,
        language=row.language,
        username=row.username,
        names_hidden=names_hidden,
    )


def _deputised(membership_id: UUID, stamp: int, day: date) -> tuple[frozenset[UUID], frozenset[Permission]]:
    """For whom this membership approves today, and which approvals that lends (only within the same office)."""
    other, own = aliased(Membership), aliased(Membership)
    rows = db.session.execute(
        select(other.user_id, Role.code)
        .select_from(Deputy)
        .join(other, other.id == Deputy.membership_id)
        .join(own, own.id == Deputy.deputy_membership_id)
        .join(MembershipRole, MembershipRole.membership_id == other.id)
        .join(Role, Role.id == MembershipRole.role_id)
        .where(Deputy.deputy_membership_id == membership_id, other.organisation_id == own.organisation_id)
        .where(Deputy.starts_on <= day, Deputy.ends_on >= day, Deputy.ended_at.is_(None), other.active)
    ).all()
    lent = merge(pick(policies(stamp), [row.code for row in rows])).permissions & APPROVALS
    return frozenset(row.user_id for row in rows), lent


def actor_for(username: str, organisation_code: str | None = None) -> Actor:
    """The actor of a user, for commands, jobs, demo and tests; without a code, of the oldest current membership.

    Raises NotVisible if there is no such user or no such current membership.
    """
    day = today()
    query = _actors(day).where(User.username == username.casefold(), current_membership(day))
    if organisation_code is not None:
        query = query.where(Organisation.code == organisation_code)
    row = db.session.execute(query.order_by(Membership.starts_on, Membership.id).limit(1)).first()
    if row is None:
        raise NotVisible
    return _build(row, None, day)


def digest(token: str) -> bytes:
    """What the database keeps of a random token."""
    return hashlib.sha256(token.encode()).digest()


@cache
def _signed_in_query() -> Select[Any]:
    """Every request asks this, so the statement is put together once."""
    day: Any = bindparam("day", type_=Date)
    return (
        _actors(
            day,
            Session.id.label("session_id"),
            Session.factor,
            Session.last_seen_at,
            Session.expires_at,
            Session.step_up_at,
            Session.office_device,
        )
        .join(Session, Session.membership_id == Membership.id)
        .where(Session.token_hash == bindparam("token_hash", type_=LargeBinary))
        .where(Session.ended_at.is_(None), Session.user_id == User.id)
        .where(current_membership(day))
    )


def signed_in(token: str, *, names_hidden: bool = False) -> SignedIn | None:
    """The session of this token with its actor, live or expired; None if unknown, ended or its membership is over."""
    day, now = today(), utcnow()
    row = db.session.execute(_signed_in_query(), {"day": day, "token_hash": digest(token)}).first()
    if row is None:
        return None
    idle = IDLE_OFFICE if row.office_device else IDLE_UNKNOWN
    over = now >= row.expires_at or now - row.last_seen_at >= idle
    return SignedIn(
        session_id=row.session_id,
        state=SessionState.EXPIRED if over else SessionState.LIVE,
        actor=_build(row, row.session_id, day, names_hidden),
        factor=row.factor,
        factor_enrolled=row.factor_since_at is not None,
        must_change_password=row.must_change_password,
        last_seen_at=row.last_seen_at,
        step_up_at=row.step_up_at,
        office_device=row.office_device,
        is_demo=row.is_demo,
    )
