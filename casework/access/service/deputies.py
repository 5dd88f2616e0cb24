"""Deputies: for some days a colleague of the same office approves in one's place; never the own work."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from casework.access.models import Deputy, Membership, MembershipRole, Role
from casework.access.permissions import APPROVALS, Actor, Permission, merge, pick, require
from casework.access.queries.policies import policies
from casework.audit import recorder
from casework.db import db, today, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, n_

LONGEST = timedelta(days=92)
"""A delegation ends by itself; a longer absence needs another role, which an administrator gives."""


def name_deputy(*, deputy_membership_id: UUID, starts_on: date, ends_on: date, by: Actor) -> Deputy:
    """Let a colleague approve in the actor's place from day to day, both included."""
    if not by.permissions & APPROVALS:
        raise NotAllowed(n_("Only who approves can name a deputy."))
    own = db.session.get_one(Membership, by.membership_id)
    return _name(own, deputy_membership_id, starts_on=starts_on, ends_on=ends_on, by=by)


def name_for(membership_id: UUID, *, deputy_membership_id: UUID, starts_on: date, ends_on: date, by: Actor) -> Deputy:
    """An administrator names a deputy for somebody of the own office who is away; never the administrator."""
    require(by, Permission.ORGANISATION_MANAGE)
    absent = _of_office(membership_id, by)
    if not merge(pick(policies(), _roles(absent.id))).permissions & APPROVALS:
        raise InvalidInput(n_("This colleague approves nothing, so there is nothing to hand over."), field="membership")
    return _name(absent, deputy_membership_id, starts_on=starts_on, ends_on=ends_on, by=by)


def take_back(deputy_id: UUID, *, by: Actor) -> None:
    """End a delegation before its last day. Somebody else's is answered as if absent."""
    row = db.session.get(Deputy, deputy_id)
    if row is None or row.membership_id != by.membership_id:
        raise NotVisible
    _end(row, by)


def take_back_for(deputy_id: UUID, *, by: Actor) -> None:
    """An administrator ends a delegation of the own office; one of another office is answered as if absent."""
    require(by, Permission.ORGANISATION_MANAGE)
    row = db.session.get(Deputy, deputy_id)
    if row is None:
        raise NotVisible
    _of_office(row.membership_id, by)
    _end(row, by)


def _end(row: Deputy, by: Actor) -> None:
    if row.ended_at is not None:
        raise InvalidTransition(n_("This was taken back already."))
    row.ended_at = utcnow()
    recorder.record(by, "deputy.taken_back", subject=("deputy", row.id))
    db.session.flush()


def _name(absent: Membership, deputy_membership_id: UUID, *, starts_on: date, ends_on: date, by: Actor) -> Deputy:
    other = db.session.get(Membership, deputy_membership_id)
    if other is None or not other.active or other.organisation_id != absent.organisation_id:
        raise InvalidInput(n_("Choose a colleague of your office."), field="deputy_membership_id")
    if other.user_id in (absent.user_id, by.user_id):
        message = n_("Choose somebody else than yourself.") if other.user_id == by.user_id else n_("Choose two people.")
        raise InvalidInput(message, field="deputy_membership_id")
    if starts_on < today():
        raise InvalidInput(n_("Choose today or a later day."), field="starts_on")
    if ends_on < starts_on:
        raise InvalidInput(n_("The last day can't come before the first day."), field="ends_on")
    if ends_on - starts_on > LONGEST:
        raise InvalidInput(n_("Choose a last day within three months."), field="ends_on")
    row = Deputy(
        membership_id=absent.id,
        deputy_membership_id=other.id,
        starts_on=starts_on,
        ends_on=ends_on,
        created_at=utcnow(),
    )
    db.session.add(row)
    db.session.flush()
    body = {"deputy": other.user_id, "from": starts_on, "to": ends_on, "for": absent.user_id}
    recorder.record(by, "deputy.named", subject=("deputy", row.id), body=body)
    db.session.flush()
    return row


def _of_office(membership_id: UUID, by: Actor) -> Membership:
    row = db.session.get(Membership, membership_id)
    if row is None or row.organisation_id != by.organisation_id:
        raise NotVisible
    return row


def _roles(membership_id: UUID) -> list[str]:
    query = select(Role.code).join(MembershipRole, MembershipRole.role_id == Role.id)
    return list(db.session.scalars(query.where(MembershipRole.membership_id == membership_id)))
