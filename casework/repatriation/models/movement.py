"""A journey of many cases: legs, escorts, seats. It knows who sits where, and nothing of why anybody travels."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.repatriation.kinds import ESCORT_SEXES, JOURNEY_STATES, LEG_MODES, SEAT_NEEDS, SEAT_STATES
from casework.vault.fields import Sealed, SealedRow


class Movement(Identified, Versioned, Model):
    """One journey. Seen through a visible return that has a seat on it; only visible seats are shown and counted."""

    __tablename__ = "movement"
    __table_args__ = (
        one_of("state", [*JOURNEY_STATES]),
        CheckConstraint("(state IN ('left', 'arrived')) = (left_at IS NOT NULL)", name="left_has_moment"),
        CheckConstraint("(state = 'arrived') = (arrived_at IS NOT NULL)", name="arrived_has_moment"),
        Index("ix_movement_travel_on_id", "travel_on", "id"),
    )

    travel_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="planned")
    left_at: Mapped[datetime | None] = mapped_column(Utc)
    arrived_at: Mapped[datetime | None] = mapped_column(Utc)
    author_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    author_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)


class MovementSealed(SealedRow, Model):
    """Vehicle, meeting place and note, under the journey's own key; no personal facts of anybody who travels."""

    __tablename__ = "movement_sealed"
    __sealed__ = {
        "vehicle": Sealed(step=64, limit=200),
        "meeting": Sealed(step=64, limit=500),
        "note": Sealed(step=256, limit=2_000),
    }


class MovementLeg(Identified, Model):
    """One part of the way: from where to where, how, when."""

    __tablename__ = "movement_leg"
    __table_args__ = (
        one_of("mode", [*LEG_MODES]),
        CheckConstraint("arrives_at IS NULL OR departs_at IS NULL OR arrives_at >= departs_at", name="arrives_after"),
        Index("ix_movement_leg_movement_id", "movement_id"),
    )

    movement_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("movement.id", ondelete="CASCADE"))
    mode: Mapped[str]
    border_point: Mapped[str | None]
    """Code of border_point where this leg crosses one."""
    departs_at: Mapped[datetime | None] = mapped_column(Utc)
    arrives_at: Mapped[datetime | None] = mapped_column(Utc)
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)


class MovementLegSealed(SealedRow, Model):
    """Places of a leg, and the number of a flight or bus."""

    __tablename__ = "movement_leg_sealed"
    __sealed__ = {
        "from_place": Sealed(step=64, limit=200),
        "to_place": Sealed(step=64, limit=200),
        "number": Sealed(step=32, limit=100),
    }


class MovementEscort(Identified, Model):
    """Somebody who goes along: of which office, of which sex, so that nobody travels at night with strangers only."""

    __tablename__ = "movement_escort"
    __table_args__ = (one_of("sex", [*ESCORT_SEXES]), Index("ix_movement_escort_movement_id", "movement_id"))

    movement_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("movement.id", ondelete="CASCADE"))
    org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    sex: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)


class MovementEscortSealed(SealedRow, Model):
    """Name and phone of an escort."""

    __tablename__ = "movement_escort_sealed"
    __sealed__ = {"name": Sealed(step=64, limit=200), "phone": Sealed(step=32, limit=100)}


class MovementSeat(Versioned, Model):
    """One return on a journey. A case has one seat on a journey."""

    __tablename__ = "movement_seat"
    __table_args__ = (
        one_of("state", [*SEAT_STATES]),
        Index("ix_movement_seat_case_id", "case_id"),
        Index("ix_movement_seat_path_id", "path_id"),
    )

    movement_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("movement.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    path_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("return_path.id", ondelete="CASCADE"))
    seat: Mapped[int | None]
    to_province: Mapped[str | None]
    """Where the person gets off: code of a province of Cambodia; none outside it or where it is not said."""
    state: Mapped[str] = mapped_column(default="coming")
    joined_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)


class MovementSeatNeed(Model):
    """What a seat must have: never an illness, never a reason."""

    __tablename__ = "movement_seat_need"
    __table_args__ = (one_of("need", [*SEAT_NEEDS]),)

    movement_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("movement.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"), primary_key=True, index=True)
    need: Mapped[str] = mapped_column(primary_key=True)
