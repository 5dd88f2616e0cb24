"""What is kept of reports: filters under a name, and reports as they were handed in, never changed afterwards."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, Uuid, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from casework.db import Identified, Model, Utc, one_of, utcnow
from casework.vault.fields import Sealed, SealedRow

FREEZABLE = ("referrals", "indicators", "persons")
SPANS = ("fixed", "this_month", "last_month", "this_quarter", "last_quarter", "this_year", "last_year")


class SavedFilter(Identified, Model):
    """A filter of the referral report that a user comes back to. Nobody else sees it."""

    __tablename__ = "saved_filter"
    __table_args__ = (one_of("span", SPANS), Index("ix_saved_filter_user_id_org_id", "user_id", "org_id"))

    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    filters: Mapped[str] = mapped_column(Text)
    """JSON of codes and days, as workflow.ReferralFilter writes it; checked again whenever it is opened."""
    span: Mapped[str]
    """'fixed': the days as they stand in the filter; else days counted from the day it is opened."""
    created_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)


class SavedFilterSealed(SealedRow, Model):
    """What its user calls it."""

    __tablename__ = "saved_filter_sealed"
    __sealed__ = {"name": Sealed(step=32, limit=80)}

    id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("saved_filter.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[bytes | None] = mapped_column(LargeBinary)


class FrozenReport(Identified, Model):
    """A report as it was handed in: its figures with their definitions, its filters, who and when. Never changed.

    It holds sums only, no row of a person. What was corrected later is shown beside it, not in it.
    """

    __tablename__ = "frozen_report"
    __table_args__ = (
        one_of("report", FREEZABLE),
        CheckConstraint("first <= last", name="days_in_order"),
        CheckConstraint("length(digest) = 64", name="digest_whole"),
        Index("ix_frozen_report_author_org_id_frozen_at", "author_org_id", "frozen_at"),
    )

    author_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    author_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    report: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    filters: Mapped[str] = mapped_column(Text)
    """JSON of codes and days."""
    figures: Mapped[str] = mapped_column(Text)
    """JSON: each figure with its words, its definition, value, count and n, as workflow.Measure writes it."""
    reach: Mapped[str]
    """How far the role of who froze it reached: the name of a scope."""
    classes: Mapped[str] = mapped_column(Text)
    """Data classes that role held, joined by commas: who holds less is not entitled to these exact numbers."""
    digest: Mapped[str]
    """SHA-256 over everything above; it also stands in the audit, so that a change would show."""
    frozen_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)


class FrozenReportSealed(SealedRow, Model):
    """What it is called, to whom it was handed in, and a remark."""

    __tablename__ = "frozen_report_sealed"
    __sealed__ = {
        "title": Sealed(step=64, limit=200),
        "receiver": Sealed(step=64, limit=200),
        "remark": Sealed(step=256, limit=1_000),
    }

    id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("frozen_report.id", ondelete="CASCADE"), primary_key=True)
    title: Mapped[bytes | None] = mapped_column(LargeBinary)
    receiver: Mapped[bytes | None] = mapped_column(LargeBinary)
    remark: Mapped[bytes | None] = mapped_column(LargeBinary)


@event.listens_for(FrozenReport, "before_update")
@event.listens_for(FrozenReport, "before_delete")
def _never(mapper: Mapper[Any], connection: Any, target: FrozenReport) -> None:
    raise RuntimeError("a frozen report is never changed")
