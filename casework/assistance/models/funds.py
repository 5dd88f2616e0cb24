"""Where the money comes from: funds, the shares of a line's cost, and caps per service."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Versioned


class Fund(Identified, Versioned, Model):
    """Money of a donor for a project of an organisation, in one currency, from a day to a day."""

    __tablename__ = "fund"
    __table_args__ = (
        CheckConstraint("length(currency) = 3", name="currency_iso"),
        CheckConstraint("budget IS NULL OR budget > 0", name="budget_positive"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="interval_positive"),
        Index("uq_fund_org_id_donor_project", "org_id", "donor", "project", unique=True),
    )

    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    donor: Mapped[str]
    """Code of the list donor."""
    project: Mapped[str]
    """The office's own short name of the grant; no person's name."""
    currency: Mapped[str]
    budget: Mapped[int | None] = mapped_column(BigInteger)
    """Smallest unit of the currency; None while nobody said."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    active: Mapped[bool] = mapped_column(default=True)


class LineAllocation(Model):
    """A fund's share of a line. The shares of a line make 10,000 basis points, the amounts exactly its cost."""

    __tablename__ = "line_allocation"
    __table_args__ = (
        CheckConstraint("share > 0 AND share <= 10000", name="share_in_range"),
        Index("ix_line_allocation_fund_id", "fund_id"),
    )

    line_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("service_line.id", ondelete="CASCADE"), primary_key=True)
    fund_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("fund.id", ondelete="RESTRICT"), primary_key=True)
    share: Mapped[int]
    """Basis points."""
    amount: Mapped[int]
    """Smallest unit of the line's currency; negative on a reversal."""


class ServiceCap(Identified, Versioned, Model):
    """How often and how much of a service one person gets; over it the form warns, or refuses where `blocks` is set."""

    __tablename__ = "service_cap"
    __table_args__ = (
        CheckConstraint("min_interval_hours IS NULL OR min_interval_hours > 0", name="interval_positive"),
        CheckConstraint("max_per_day IS NULL OR max_per_day > 0", name="day_positive"),
        CheckConstraint("min_interval_hours IS NOT NULL OR max_per_day IS NOT NULL", name="says_something"),
    )

    service_type: Mapped[str] = mapped_column(unique=True)
    min_interval_hours: Mapped[int | None]
    max_per_day: Mapped[int | None]
    """Times a day, whatever the quantity."""
    blocks: Mapped[bool] = mapped_column(default=False)
    """Only for cash (docs/domain.md 5, default)."""
    active: Mapped[bool] = mapped_column(default=True)
