"""Users, their memberships in organisations with roles, and who approves in whose place."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.vault.fields import Sealed, SealedRow

LANGUAGES = ("en", "km", "th", "vi")


class User(Identified, Versioned, Model):
    """A person with an account. What the account may do hangs on its memberships, never on the account."""

    __tablename__ = "user"

    username: Mapped[str] = mapped_column()
    """Case-folded, so that two spellings never become two accounts."""
    display_name: Mapped[str] = mapped_column()
    password_hash: Mapped[str] = mapped_column()
    must_change_password: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(default="en")
    active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    factor_since_at: Mapped[datetime | None] = mapped_column(Utc)
    """When the one-time codes were confirmed; NULL: no second factor."""
    factor_last_step: Mapped[int | None] = mapped_column()
    """The last 30-second step whose code was used: each code works once (ASVS V6.5.1)."""
    created_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)

    __table_args__ = (
        UniqueConstraint("username"),
        one_of("language", LANGUAGES),
        CheckConstraint("username = lower(username)", name="username_folded"),
    )


class UserSealed(SealedRow, Model):
    """The secret of the one-time codes, sealed under the user's own key."""

    __tablename__ = "user_sealed"
    __sealed__ = {"factor_secret": Sealed(64)}

    factor_secret: Mapped[bytes | None] = mapped_column(LargeBinary)


class Membership(Identified, Versioned, Model):
    """A user in an organisation, with a team and roles, from day to day. A session acts for one membership."""

    __tablename__ = "membership"

    user_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    team_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("team.id", ondelete="RESTRICT"))
    active: Mapped[bool] = mapped_column(default=True)
    starts_on: Mapped[date] = mapped_column()
    ends_on: Mapped[date | None] = mapped_column()

    __table_args__ = (
        Index(None, "user_id"),
        Index(None, "organisation_id"),
        Index(None, "team_id"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days_in_order"),
    )


class MembershipRole(Identified, Model):
    """One role of a membership."""

    __tablename__ = "membership_role"

    membership_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("membership.id", ondelete="CASCADE"))
    role_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("role.id", ondelete="RESTRICT"))

    __table_args__ = (UniqueConstraint("membership_id", "role_id"), Index(None, "role_id"))


class Deputy(Identified, Versioned, Model):
    """A dated delegation: the deputy approves in the place of the other, nothing else, and never the own work."""

    __tablename__ = "deputy"

    membership_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("membership.id", ondelete="CASCADE"))
    deputy_membership_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("membership.id", ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(default="approvals")
    starts_on: Mapped[date] = mapped_column()
    ends_on: Mapped[date] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column(Utc)
    """Taken back before its last day."""
    created_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)

    __table_args__ = (
        one_of("what", ("approvals",)),
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
        CheckConstraint("membership_id <> deputy_membership_id", name="somebody_else"),
        Index(None, "membership_id"),
        Index(None, "deputy_membership_id", "ends_on"),
    )
