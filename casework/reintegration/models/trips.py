"""Where somebody lives, trips of two workers to several visits, who is inside right now, threats to staff."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.vault.fields import Sealed, SealedRow

THREAT_KINDS = ("words", "followed", "phone", "weapon", "blow", "other")


class HomePlace(CaseRecord, Model):
    """The district in which the person is visited: class location_current. Append-only: the newest holds."""

    __tablename__ = "home_place"
    __table_args__ = (
        one_of("source", SOURCES),
        Index("ix_home_place_case_id_recorded_at", "case_id", "recorded_at"),
    )

    province: Mapped[str] = mapped_column(ForeignKey("province.code", ondelete="RESTRICT"))
    district: Mapped[str | None] = mapped_column(ForeignKey("district.code", ondelete="RESTRICT"))


class HomePlaceSealed(SealedRow, Model):
    """How to get there without asking in the village."""

    __tablename__ = "home_place_sealed"
    __sealed__ = {"directions": Sealed(step=256, limit=2_000)}


class Trip(Identified, Versioned, Model):
    """One day on the road for several visits, by two. Seen only through a visit that the reader may see."""

    __tablename__ = "trip"
    __table_args__ = (
        CheckConstraint("first_user_id <> second_user_id", name="two_people"),
        Index("ix_trip_org_id_day", "org_id", "day"),
    )

    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    day: Mapped[date]
    first_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    second_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    created_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    created_by: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))


class TripVisit(Model):
    """A visit that belongs to a trip; a visit belongs to one at most."""

    __tablename__ = "trip_visit"
    __table_args__ = (Index("ix_trip_visit_trip_id", "trip_id"),)

    follow_up_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("follow_up.id", ondelete="CASCADE"), primary_key=True)
    trip_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("trip.id", ondelete="CASCADE"))


class VisitWatch(CaseRecord, Versioned, Model):
    """A worker went in, and has to come out: who, when, back by when. An alarm is told once, 60 minutes after."""

    __tablename__ = "visit_watch"
    __table_args__ = (
        one_of("source", SOURCES),
        CheckConstraint("back_by > in_at", name="back_after_in"),
        CheckConstraint("out_at >= in_at", name="out_after_in"),
        Index("ix_visit_watch_follow_up_id", "follow_up_id"),
        Index("ix_visit_watch_out_at_back_by", "out_at", "back_by"),
    )

    follow_up_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("follow_up.id", ondelete="CASCADE"))
    in_at: Mapped[datetime] = mapped_column(Utc)
    back_by: Mapped[datetime] = mapped_column(Utc)
    out_at: Mapped[datetime | None] = mapped_column(Utc)
    alarm_at: Mapped[datetime | None] = mapped_column(Utc)
    """When the supervisors were told that the worker did not come out."""


class StaffThreat(CaseRecord, Model):
    """A threat to somebody of the office on the way or at a visit. Append-only; the supervisors are told at once."""

    __tablename__ = "staff_threat"
    __table_args__ = (one_of("source", SOURCES), one_of("kind", THREAT_KINDS))

    kind: Mapped[str]
    visits_stop: Mapped[bool]
    """True: no home visit until a supervisor decided."""


class StaffThreatSealed(SealedRow, Model):
    """What happened, in words."""

    __tablename__ = "staff_threat_sealed"
    __sealed__ = {"what": Sealed(step=256, limit=5_000)}
