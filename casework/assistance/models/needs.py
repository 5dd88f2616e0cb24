"""Needs of the first hour: recorded at once, whatever the status, without any consent."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, one_of

NEED_STATES = ("wanted", "given", "declined")


class EmergencyNeed(CaseRecord, Model):
    """One answer about one need. Append-only: the newest row of a case and need is what stands."""

    __tablename__ = "emergency_need"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", NEED_STATES),
        CheckConstraint("line_id IS NULL OR state = 'given'", name="line_only_when_given"),
        Index("ix_emergency_need_case_id_need", "case_id", "need", "recorded_at"),
        Index("ix_emergency_need_line_id", "line_id"),
    )

    need: Mapped[str]
    """A code of data/first_hour.toml."""
    state: Mapped[str]
    line_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("service_line.id", ondelete="RESTRICT"))
