"""Feedback to the country that sent a person home: a letter of the office in charge, kept as it was sent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, one_of
from casework.repatriation.kinds import FEEDBACK_OCCASIONS, FEEDBACK_STATES
from casework.vault.fields import Sealed, SealedRow


class ReturnFeedback(CaseRecord, Model):
    """One feedback, or the person's no to it, which counts as done. It opens nothing of the case to anybody."""

    __tablename__ = "return_feedback"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", [*FEEDBACK_STATES]),
        one_of("occasion", [*FEEDBACK_OCCASIONS]),
        CheckConstraint("(state = 'sent') = (entry_id IS NOT NULL)", name="sent_by_agreement"),
        Index("ix_return_feedback_path_id", "path_id"),
        Index("ix_return_feedback_entry_id", "entry_id"),
    )

    path_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("return_path.id", ondelete="CASCADE"))
    entry_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("consent_entry.id", ondelete="RESTRICT"))
    """The agreement that says to whom, and what may be told."""
    state: Mapped[str]
    occasion: Mapped[str]
    given_on: Mapped[date]


class ReturnFeedbackSealed(SealedRow, Model):
    """The letter as it was sent: to whom, and what it told in general terms."""

    __tablename__ = "return_feedback_sealed"
    __sealed__ = {"to_name": Sealed(step=64, limit=500), "told": Sealed(step=256, kind="json", limit=2_000)}
