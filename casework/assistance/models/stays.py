"""Stays at a shelter, transit centre or guesthouse; where it is stands sealed and never on a list."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, Versioned, one_of
from casework.vault.fields import Sealed, SealedRow

EXIT_REASONS = ("went_home", "own_place", "other_shelter", "other_province", "own_wish", "unsafe", "asked_to_leave")
ADMISSIONS = ("agreed", "guardian_agreed", "emergency")
"""Whether the person, or a guardian, agreed to stay, or it was an emergency and will be asked."""


class Stay(CaseRecord, Versioned, Model):
    """From arrival to departure at one place. Its class is the place where the person lives now (docs/domain.md 5)."""

    __tablename__ = "stay"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("admission", ADMISSIONS),
        one_of("exit_reason", EXIT_REASONS, optional=True),
        CheckConstraint("left_on IS NULL OR left_on >= arrived_on", name="interval_positive"),
        CheckConstraint("(left_on IS NULL) = (exit_reason IS NULL)", name="exit_has_reason"),
        Index("ix_stay_case_id_arrived_on", "case_id", "arrived_on"),
    )

    arrived_on: Mapped[date]
    left_on: Mapped[date | None]
    admission: Mapped[str]
    exit_reason: Mapped[str | None]
    left_recorded_by: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))


class StaySealed(SealedRow, Model):
    """Which place and bed, and what was agreed about going out and visitors."""

    __tablename__ = "stay_sealed"
    __sealed__ = {
        "place": Sealed(step=64, limit=200),
        "bed": Sealed(step=32, limit=60),
        "note": Sealed(step=256, limit=2_000),
    }
