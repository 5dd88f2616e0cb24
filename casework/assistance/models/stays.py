"""Stays at a shelter, transit centre or guesthouse; where it is stands sealed and never on a list."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, Versioned, one_of
from casework.vault.fields import Sealed, SealedRow

EXIT_REASONS = ("went_home", "own_place", "other_shelter", "other_province", "own_wish", "unsafe", "asked_to_leave")
LYING = "left_on IS NULL AND bed_number IS NOT NULL"
"""Stays that keep a bed: one for each bed, says the database too."""
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
        CheckConstraint("bed_number IS NULL OR (room_id IS NOT NULL AND bed_number > 0)", name="bed_in_room"),
        Index(
            "uq_stay_bed",
            "room_id",
            "bed_number",
            unique=True,
            sqlite_where=text(LYING),
            postgresql_where=text(LYING),
        ),
        Index("ix_stay_case_id_arrived_on", "case_id", "arrived_on"),
    )

    arrived_on: Mapped[date]
    left_on: Mapped[date | None]
    admission: Mapped[str]
    exit_reason: Mapped[str | None]
    room_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("room.id", ondelete="RESTRICT"), index=True)
    """A room of the office; none for a place elsewhere, whose name stands sealed."""
    bed_number: Mapped[int | None]
    """None in a room: shares a bed, as a baby with its mother."""
    left_recorded_by: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))


class StaySealed(SealedRow, Model):
    """Which place and bed, and what was agreed about going out and visitors."""

    __tablename__ = "stay_sealed"
    __sealed__ = {
        "place": Sealed(step=64, limit=200),
        "bed": Sealed(step=32, limit=60),
        "movement": Sealed(step=256, limit=1_000),
        "visitors": Sealed(step=256, limit=1_000),
        "note": Sealed(step=256, limit=2_000),
    }
