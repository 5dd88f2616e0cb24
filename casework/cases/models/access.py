"""Derived access: which organisation sees which case, which classes of it, and which users never do."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, one_of, utcnow

SHOWN = ("stage", "next_due_at", "starts_at", "expires_at", "owner")
"""What lists and the board ask of each row besides: read in the index itself, not a second time in the table. The index
is written with every activity anyway."""


class CaseAccess(Model):
    """Drives lists and counts: one row per organisation that sees the case, rewritten whenever a cause changes."""

    __tablename__ = "case_access"
    __table_args__ = (
        CheckConstraint("expires_at > starts_at", name="interval_positive"),
        Index("ix_case_access_list", "org_id", "status", "last_visible_activity", "case_id", *SHOWN),
        Index("ix_case_access_due", "org_id", "status", "next_due_at"),
        Index("ix_case_access_case_id", "case_id"),
        Index("ix_case_access_expires_at", "expires_at"),
        {"sqlite_with_rowid": False},
    )

    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    owner: Mapped[bool]
    status: Mapped[str]
    stage: Mapped[str]
    station_mask: Mapped[int]
    """One bit per open station, in the order of STATIONS."""
    starts_at: Mapped[datetime] = mapped_column(Utc)
    expires_at: Mapped[datetime] = mapped_column(Utc)
    last_visible_activity: Mapped[datetime] = mapped_column(Utc)
    """Moves only by records of access class 'case' that this organisation may see."""
    next_due_at: Mapped[datetime | None] = mapped_column(Utc)
    """The earliest deadline among this organisation's own open tasks."""


class CaseAccessClass(Model):
    """Decides what of a case is seen: one row per cause and class, with its own time."""

    __tablename__ = "case_access_class"
    __table_args__ = (
        one_of("reach", ("all", "own")),
        CheckConstraint("expires_at > starts_at", name="interval_positive"),
        Index("ix_case_access_class_case_id", "case_id"),
        Index("ix_case_access_class_expires_at", "expires_at"),
        {"sqlite_with_rowid": False},
    )

    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    data_class: Mapped[str] = mapped_column(primary_key=True)
    via_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    """The grant behind it, or the case itself for its owner."""
    via: Mapped[str]
    reach: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(Utc)
    expires_at: Mapped[datetime] = mapped_column(Utc)


class Exclusion(Identified, Model):
    """A user who may not see a case, whatever the role says (related to somebody in it, conflict of interest)."""

    __tablename__ = "case_exclusion"
    __table_args__ = (Index("ix_case_exclusion_user_id_case_id", "user_id", "case_id"),)

    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    reason: Mapped[str]
    """A code: conflict_of_interest, related_to_person, related_to_alleged_offender, complaint."""
    starts_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)
    by_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
