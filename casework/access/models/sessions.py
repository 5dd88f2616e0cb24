"""Server-side sessions, tries to sign in, known devices, recovery codes and resets of the second factor."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, one_of, utcnow

FACTORS = ("password", "code", "recovery")
END_REASONS = (
    "signed_out",
    "renewed",
    "ended_by_owner",
    "ended_by_administrator",
    "password_changed",
    "factor_changed",
    "roles_changed",
    "deactivated",
)
ATTEMPT_KINDS = ("password", "code", "recovery")
ATTEMPT_OUTCOMES = ("reserved", "failed", "refused", "succeeded")


class Session(Identified, Model):
    """One signed-in browser. Only the SHA-256 of its token is kept; a session that ended never comes back."""

    __tablename__ = "session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    user_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    membership_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("membership.id", ondelete="RESTRICT"))
    """The one membership it acts for."""
    factor: Mapped[str] = mapped_column()
    """How far the sign-in went: password alone, one-time code, or a recovery code."""
    office_device: Mapped[bool] = mapped_column(default=False)
    """A known device may stay idle for 60 minutes, any other for 15."""
    device_label: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    last_seen_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(Utc)
    step_up_at: Mapped[datetime | None] = mapped_column(Utc)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)
    end_reason: Mapped[str | None] = mapped_column()

    __table_args__ = (
        UniqueConstraint("token_hash"),
        one_of("factor", FACTORS),
        one_of("end_reason", END_REASONS, optional=True),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="end_has_reason"),
        Index(None, "user_id", "ended_at"),
        Index(None, "membership_id"),
    )


class LoginAttempt(Identified, Model):
    """A try to sign in, reserved by a committed row before anything is hashed. Names and addresses are masked."""

    __tablename__ = "login_attempt"

    kind: Mapped[str] = mapped_column()
    account_mask: Mapped[bytes] = mapped_column(LargeBinary(32))
    """HMAC of the name as typed, case-folded; the same whether such an account exists or not."""
    address_mask: Mapped[bytes] = mapped_column(LargeBinary(32))
    """HMAC of the address block (/24 or /64)."""
    device_known: Mapped[bool] = mapped_column()
    outcome: Mapped[str] = mapped_column(default="reserved")
    at: Mapped[datetime] = mapped_column(Utc, default=utcnow)

    __table_args__ = (
        one_of("kind", ATTEMPT_KINDS),
        one_of("outcome", ATTEMPT_OUTCOMES),
        Index(None, "account_mask", "kind", "at"),
        Index(None, "address_mask", "at"),
        Index(None, "at"),
    )


class KnownDevice(Identified, Model):
    """A browser on which this user signed in fully and said that it is an office computer."""

    __tablename__ = "known_device"

    user_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="CASCADE"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    label: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    last_used_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)

    __table_args__ = (UniqueConstraint("user_id", "token_hash"),)


class RecoveryCode(Identified, Model):
    """One of ten codes for a lost phone; only its HMAC is kept, and it works once."""

    __tablename__ = "recovery_code"

    user_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="CASCADE"))
    code_mask: Mapped[bytes] = mapped_column(LargeBinary(32))
    created_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    used_at: Mapped[datetime | None] = mapped_column(Utc)

    __table_args__ = (UniqueConstraint("user_id", "code_mask"),)


class FactorReset(Identified, Model):
    """A lost second factor: one administrator asks, another approves, 24 hours pass, the user sees it meanwhile."""

    __tablename__ = "factor_reset"

    user_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="CASCADE"))
    asked_by_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    asked_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    due_at: Mapped[datetime | None] = mapped_column(Utc)
    """From when it works: 24 hours after the approval."""
    done_at: Mapped[datetime | None] = mapped_column(Utc)
    cancelled_at: Mapped[datetime | None] = mapped_column(Utc)

    __table_args__ = (
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("user_id <> asked_by_id", name="not_for_oneself"),
        CheckConstraint("(approved_by_id IS NULL) = (due_at IS NULL)", name="due_when_approved"),
        Index(None, "user_id", "done_at"),
    )
