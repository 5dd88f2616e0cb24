"""What follows from visits and closing: how things stand, how lasting it is, how long data are kept, what befell."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, Utc, one_of
from casework.vault.fields import Sealed, SealedRow

STANDINGS = ("well", "worries", "danger")
KIN_ANSWERS = ("told", "not_yet", "not_safe", "nobody")


class VisitStanding(Model):
    """How things stood at a visit or call, in one tap."""

    __tablename__ = "visit_standing"
    __table_args__ = (one_of("standing", STANDINGS),)

    follow_up_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("follow_up.id", ondelete="CASCADE"), primary_key=True)
    standing: Mapped[str]


class SustainabilityScore(Model):
    """One dimension of lasting reintegration at a visit, in hundredths: 0 to 1 (docs/domain.md 7)."""

    __tablename__ = "sustainability_score"
    __table_args__ = (CheckConstraint("hundredths >= 0 AND hundredths <= 100", name="hundredths_in_range"),)

    follow_up_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("follow_up.id", ondelete="CASCADE"), primary_key=True)
    domain: Mapped[str] = mapped_column(primary_key=True)
    """Code of outcome_domain, group reintegration sustainability."""
    hundredths: Mapped[int]


class Retention(Model):
    """Until when the data of a closed case are kept (docs/domain.md 10). Gone while the case is open again."""

    __tablename__ = "retention"
    __table_args__ = (Index("ix_retention_keep_until", "keep_until"),)

    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    retention_class: Mapped[str]
    """Code of retention_class."""
    keep_until: Mapped[date]
    told_at: Mapped[datetime | None] = mapped_column(Utc)
    """When the supervisors were told that the time is over."""


class FactReport(CaseRecord, Model):
    """What is known about a death, a disappearance, a missed arrival or a return. Append-only, beside the fact."""

    __tablename__ = "fact_report"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("kin", KIN_ANSWERS, optional=True),
        Index("ix_fact_report_fact_id", "fact_id"),
    )

    fact_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("person_fact.id", ondelete="RESTRICT"))
    kin: Mapped[str | None]
    """Whether the next of kin know."""
    authority_told: Mapped[bool]
    """Whether the police or the authority was told."""
    reason: Mapped[str | None]
    """Of 'found': key of kinds.FOUND_REASONS."""


class FactReportSealed(SealedRow, Model):
    """What is known and from whom; who of the family was told, by whom."""

    __tablename__ = "fact_report_sealed"
    __sealed__ = {"known": Sealed(step=1024, limit=10_000), "next_of_kin": Sealed(step=256, limit=2_000)}
