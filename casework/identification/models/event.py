"""What happened: an event shared by the people it happened to, its codes and places, the alleged offenders."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.identification.kinds import EVENT_LISTS, EVENT_ROLES, OFFENDER_KINDS, STAGES
from casework.vault.fields import Sealed, SealedRow


class TraffickingEvent(Identified, Versioned, Model):
    """One course of events, many-to-many with cases. It has no visibility of its own: it is seen through a member.

    Holds no personal facts of a single person; what one person told stands in that person's screening.
    """

    __tablename__ = "trafficking_event"
    __table_args__ = (
        one_of("source", SOURCES),
        CheckConstraint("occurred_to >= occurred_from", name="interval_positive"),
        CheckConstraint("(occurred_from IS NULL) = (occurred_to IS NULL)", name="interval_whole"),
    )

    author_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    author_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    occurred_from: Mapped[date | None]
    occurred_to: Mapped[date | None]
    occurred_precision: Mapped[str | None]
    """Code of date_precision; '2014-2018' is an interval of precision year."""
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    """Moves with every change of codes, places or words, so that the version moves too."""
    source: Mapped[str] = mapped_column(default="said")


class EventSealed(SealedRow, Model):
    """Words about an event, under the event's own key: account, names of vessel, compound, employer, places."""

    __tablename__ = "trafficking_event_sealed"
    __sealed__ = {
        "account": Sealed(step=1024, limit=20_000),
        "names": Sealed(step=64, kind="json", limit=2_000),
        "places": Sealed(step=64, kind="json", limit=4_000),
    }


class EventCase(CaseRecord, Model):
    """A case in an event. Whoever sees this row sees the event through it (class trafficking_history)."""

    __tablename__ = "trafficking_event_case"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("role", EVENT_ROLES),
        UniqueConstraint("event_id", "case_id"),
    )

    event_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("trafficking_event.id", ondelete="CASCADE"))
    role: Mapped[str]


class EventCode(Model):
    """One code of an event: an act, a means, a purpose, a sector ... kept apart, never inferred from each other."""

    __tablename__ = "trafficking_event_code"
    __table_args__ = (one_of("list", EVENT_LISTS), Index("ix_trafficking_event_code_list_code", "list", "code"))

    event_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("trafficking_event.id", ondelete="CASCADE"), primary_key=True
    )
    list: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)


class EventPlace(Identified, Model):
    """Where a stage of the event was: a country, a province of Cambodia. Names of places are sealed with the event."""

    __tablename__ = "trafficking_event_place"
    __table_args__ = (one_of("stage", STAGES), UniqueConstraint("event_id", "stage", "position"))

    event_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("trafficking_event.id", ondelete="CASCADE"))
    stage: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    country: Mapped[str]
    province: Mapped[str | None]


class AllegedOffender(Identified, Versioned, Model):
    """A person or legal entity said to have taken part. A data subject too: own key, seen with class perpetrator."""

    __tablename__ = "alleged_offender"
    __table_args__ = (
        one_of("kind", OFFENDER_KINDS),
        one_of("source", SOURCES),
        Index("ix_alleged_offender_event_id", "event_id"),
    )

    event_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("trafficking_event.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(default="person")
    sex: Mapped[str | None]
    citizenship: Mapped[str | None]
    relation: Mapped[str | None]
    """Code of recruiter_relation."""
    author_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    author_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    data_class: Mapped[str] = mapped_column(default="perpetrator")
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    source: Mapped[str] = mapped_column(default="said")


class OffenderRole(Model):
    """What the alleged offender is said to have done: a code of perpetrator_role."""

    __tablename__ = "alleged_offender_role"

    offender_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("alleged_offender.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(primary_key=True)


class AllegedOffenderSealed(SealedRow, Model):
    """Name and description of an alleged offender, under its own key."""

    __tablename__ = "alleged_offender_sealed"
    __sealed__ = {"name": Sealed(step=64), "description": Sealed(step=256, limit=4_000)}
