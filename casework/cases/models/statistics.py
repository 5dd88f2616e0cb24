"""What statistics count of a case: plain codes only, one row a case, kept in step by services."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Model, one_of

DISABILITY = ("yes", "no", "unknown")
AGE_GROUPS = ("adult", "child", "unknown")
FORMS = ("labour", "sexual", "other")


class CaseStatistic(Model):
    """One case as tables count it (class 'statistics'): when it was opened, sex, adult or child, regions.

    An unknown value is its own code, never left out and never counted as adult.
    """

    __tablename__ = "case_statistic"
    __table_args__ = (
        one_of("age_group", AGE_GROUPS),
        one_of("disability", DISABILITY),
        CheckConstraint("opened_to >= opened_from", name="interval_ordered"),
        Index("ix_case_statistic_opened_from", "opened_from"),
    )

    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    opened_from: Mapped[date | None]
    opened_to: Mapped[date | None]
    """First and last day the case may have been opened: a period such as 2014-2018 is a valid time. Both empty: the
    year is not known."""
    sex: Mapped[str]
    age_group: Mapped[str]
    """At opening. A birth that is not known is 'unknown' in tables, though a child in every safeguard."""
    origin_country: Mapped[str | None]
    origin_region: Mapped[str]
    """Region as the source counts it ('Asia'); 'unknown' when nobody said."""
    exploitation_region: Mapped[str]
    disability: Mapped[str] = mapped_column(default="unknown")
    """By the Washington Group short set, from a health check; 'unknown' where nobody asked."""


class CaseStatisticForm(Model):
    """A form of exploitation of a case as reports count it (report_form of exploitation_type)."""

    __tablename__ = "case_statistic_form"
    __table_args__ = (one_of("form", FORMS),)

    case_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("case_statistic.case_id", ondelete="CASCADE"), primary_key=True
    )
    form: Mapped[str] = mapped_column(primary_key=True)
