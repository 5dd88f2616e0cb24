"""The case, its five stations, and the history of what changed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow

STATIONS = ("identification", "return", "arrival", "reintegration", "closure")
STATION_STATES = ("not_needed", "open", "done")
STATUSES = ("open", "closed")
IDENTIFIED_AS = ("unknown", "presumed", "formal", "no_indication")


class Case(Identified, Versioned, Model):
    """One path of one person through help (an episode). Trafficked again is a new case, linked to the earlier one."""

    __tablename__ = "case"
    __table_args__ = (
        one_of("status", STATUSES),
        one_of("stage", STATIONS),
        one_of("identified_as", IDENTIFIED_AS),
        CheckConstraint("(closed_on IS NULL) = (status = 'open')", name="closed_has_date"),
        Index("ix_case_owner_org_id_status", "owner_org_id", "status", "opened_on"),
        Index("uq_case_import_key", "import_org_id", "import_key", unique=True),
    )

    code: Mapped[str] = mapped_column(unique=True)
    """What people see and say: random, with a check character; no initials, date, province or sequence."""
    person_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    earlier_case_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("case.id", ondelete="SET NULL"))
    owner_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    opened_by_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    opened_by_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    opened_on: Mapped[date]
    opened_precision: Mapped[str] = mapped_column(default="day")
    closed_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(default="open")
    stage: Mapped[str] = mapped_column(default="identification")
    """The earliest open station, for boards; the stations themselves stand in case_station."""
    manner_of_return: Mapped[str | None]
    entry_point: Mapped[str | None]
    identified_as: Mapped[str] = mapped_column(default="unknown")
    """Kept by identification from its decisions, for lists; shown only with the class 'identification'."""
    identified_org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    """The office whose decisions these are, when they are one office's: it sees its own without a grant."""
    risk_level: Mapped[str | None]
    """Kept by identification; shown only with the class 'needs_risk'."""
    risk_org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    historical: Mapped[bool] = mapped_column(default=False)
    """Imported for statistics: counted, no tasks, no clocks."""
    published: Mapped[bool] = mapped_column(default=True)
    """False while an import is staged; one flip makes the whole import visible."""
    import_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    import_org_id: Mapped[UUID | None] = mapped_column(Uuid)
    import_key: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)


class CaseStation(Versioned, Model):
    """One station of a case: not needed, open or done. Changed by services only."""

    __tablename__ = "case_station"
    __table_args__ = (one_of("station", STATIONS), one_of("state", STATION_STATES))

    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    station: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    opened_on: Mapped[date | None]
    done_on: Mapped[date | None]


class CaseChange(Identified, Model):
    """A status that changed: what, from, to, when, by whom. A published figure must be explicable later."""

    __tablename__ = "case_change"
    __table_args__ = (Index("ix_case_change_case_id_at", "case_id", "at"),)

    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"))
    what: Mapped[str]
    """status, station:<name>, owner, stage, risk_level ..."""
    before: Mapped[str | None]
    after: Mapped[str | None]
    reason: Mapped[str | None]
    """A code, never free text."""
    at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    by_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    by_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
