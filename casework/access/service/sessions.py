"""Sessions: opened at sign-in, renewed under a new token, ended for good; nothing but SHA-256 of a token is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from casework.access.models import KnownDevice, Membership, Organisation, Session, User
from casework.access.permissions import Actor
from casework.access.queries.actors import SignedIn, current_membership, digest
from casework.audit import recorder
from casework.audit.recorder import Doer
from casework.db import db, today, utcnow
from casework.errors import NotVisible

ABSOLUTE = timedelta(hours=12)
STEP_UP = timedelta(minutes=5)
DEVICE_KEPT = timedelta(days=90)
TOUCH_EVERY = timedelta(minutes=1)
"""How long `last_seen_at` may lag: a write per minute and session, not one per page."""


@dataclass(frozen=True, slots=True)
class SystemDoer:
    """Who acts when no session does: a user known by id (signing in, commands), in one of their offices."""

    user_id: UUID
    organisation_id: UUID
    session_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """What is known of the browser: a coarse label and the token of an office device, if it showed one."""

    label: str = ""
    token: str | None = None


def new_token() -> str:
    """256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def is_known(username: str, device_token: str | None) -> bool:
    """True if this user signed in fully on this device before and called it an office computer."""
    found = db.session.execute(
        select(KnownDevice.id)
        .join(User, User.id == KnownDevice.user_id)
        .where(User.username == username.casefold(), KnownDevice.token_hash == digest(device_token or ""))
        .where(KnownDevice.last_used_at > utcnow() - DEVICE_KEPT)
    ).first()
    return found is not None


def remember_device(user_id: UUID, device: Device) -> str:
    """Note that this browser is an office computer of this user; returns its token, the one it showed or a new one."""
    token = device.token or new_token()
    row = db.session.execute(
        select(KnownDevice).where(KnownDevice.user_id == user_id, KnownDevice.token_hash == digest(token))
    ).scalar_one_or_none()
    if row is None:
        row = KnownDevice(user_id=user_id, token_hash=digest(token), label=device.label)
        db.session.add(row)
    row.last_used_at = utcnow()
    db.session.flush()
    return token


def first_membership(user_id: UUID) -> Membership:
    """The membership a new session acts for: the one used last, else the oldest. NotVisible if none stands today."""
    used = (
        select(Session.membership_id)
        .where(Session.user_id == user_id)
        .order_by(Session.created_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(Membership)
        .join(User, User.id == Membership.user_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.user_id == user_id, current_membership(today()))
        .order_by((Membership.id == used).desc().nulls_last(), Membership.starts_on, Membership.id)
        .limit(1)
    ).scalar_one_or_none()
    if found is None:
        raise NotVisible
    return found


def open_session(user: User, *, factor: str, office_device: bool, device: Device) -> tuple[Session, str]:
    """A new session for a user who proved the password; returns it with its token, which is not kept."""
    membership = first_membership(user.id)
    token, now = new_token(), utcnow()
    row = Session(
        token_hash=digest(token),
        user_id=user.id,
        membership_id=membership.id,
        factor=factor,
        office_device=office_device,
        device_label=device.label,
        created_at=now,
        last_seen_at=now,
        expires_at=now + ABSOLUTE,
    )
    db.session.add(row)
    db.session.flush()
    doer = SystemDoer(user.id, membership.organisation_id, row.id)
    recorder.record(doer, "session.opened", subject=("session", row.id), body={"factor": factor})
    return row, token


def renew(
    signed: SignedIn, *, factor: str | None = None, step_up: bool = False, membership_id: UUID | None = None
) -> str:
    """A new token, for log-in steps, step-up and a change of membership; the old one ends. Returns the token.

    NotVisible if the session ended meanwhile or the membership is not the user's own.
    """
    old = db.session.get(Session, signed.session_id)
    if old is None or not _end_one(old.id, "renewed"):
        raise NotVisible
    if membership_id is not None:
        _own_membership(membership_id, signed.actor.user_id)
    token, now = new_token(), utcnow()
    row = Session(
        token_hash=digest(token),
        user_id=old.user_id,
        membership_id=membership_id or old.membership_id,
        factor=factor or old.factor,
        office_device=old.office_device,
        device_label=old.device_label,
        created_at=now,
        last_seen_at=now,
        expires_at=old.expires_at,
        step_up_at=now if step_up else old.step_up_at,
    )
    db.session.add(row)
    db.session.flush()
    body: dict[str, str] = {"factor": row.factor, "membership": str(row.membership_id), "after": str(old.id)}
    recorder.record(signed.actor, "session.renewed", subject=("session", row.id), body=body)
    return token


def end(session_id: UUID, *, reason: str, by: Doer) -> bool:
    """End one session; True if it was still open."""
    ended = _end_one(session_id, reason)
    if ended:
        recorder.record(by, "session.ended", subject=("session", session_id), body={"reason": reason})
    return ended


def end_own(session_id: UUID, *, by: Actor) -> None:
    """A user ends one of the own sessions. Another user's session is answered as if absent."""
    owner = db.session.execute(select(Session.user_id).where(Session.id == session_id)).scalar_one_or_none()
    if owner != by.user_id:
        raise NotVisible
    end(session_id, reason="ended_by_owner", by=by)


def end_of_user(session_id: UUID, *, user_id: UUID, by: Actor) -> None:
    """An administrator ends one session of a user they manage. A session of another user is answered as if absent."""
    row = db.session.get(Session, session_id)
    if row is None or row.user_id != user_id or row.ended_at is not None:
        raise NotVisible
    end(session_id, reason="ended_by_administrator", by=by)


def end_all(user_id: UUID, *, reason: str, by: Doer, keep: UUID | None = None) -> int:
    """End all open sessions of a user but `keep`; returns how many."""
    query = update(Session).where(Session.user_id == user_id, Session.ended_at.is_(None))
    if keep is not None:
        query = query.where(Session.id != keep)
    done = db.session.execute(query.values(ended_at=utcnow(), end_reason=reason))
    count: int = done.rowcount  # type: ignore[attr-defined]
    if count:
        recorder.record(by, "session.all_ended", subject=("user", user_id), body={"reason": reason, "count": count})
    return count


def end_of_roles(role_user_ids: list[UUID], *, by: Doer) -> None:
    """End the sessions of everybody whose role changed, but the one that changes it."""
    for user_id in role_user_ids:
        end_all(user_id, reason="roles_changed", by=by, keep=by.session_id)


def needs_touch(signed: SignedIn) -> bool:
    """True if `last_seen_at` is older than a minute."""
    return utcnow() - signed.last_seen_at >= TOUCH_EVERY


def touch(session_id: UUID) -> None:
    """Note that the session was used, only if it is still there: one that ended does not come back."""
    db.session.execute(
        update(Session).where(Session.id == session_id, Session.ended_at.is_(None)).values(last_seen_at=utcnow())
    )


def stepped_up(signed: SignedIn, now: datetime | None = None) -> bool:
    """True if the user proved who they are within the last five minutes."""
    return signed.step_up_at is not None and (now or utcnow()) - signed.step_up_at < STEP_UP


def _end_one(session_id: UUID, reason: str) -> bool:
    done = db.session.execute(
        update(Session)
        .where(Session.id == session_id, Session.ended_at.is_(None))
        .values(ended_at=utcnow(), end_reason=reason)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _own_membership(membership_id: UUID, user_id: UUID) -> None:
    found = db.session.execute(
        select(Membership.id)
        .join(User, User.id == Membership.user_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.id == membership_id, Membership.user_id == user_id, current_membership(today()))
    ).first()
    if found is None:
        raise NotVisible
