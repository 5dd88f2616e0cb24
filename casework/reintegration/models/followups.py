"""Follow-up visits and calls, their history, outcome scores, attempts to reach the person."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.vault.fields import Sealed, SealedRow

FOLLOW_UP_STATES = ("planned", "done", "missed", "cancelled")


class FollowUp(CaseRecord, Versioned, Model):
    """One visit or call: planned from a template or by hand, then done, missed with a note, or cancelled."""

    __tablename__ = "follow_up"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", FOLLOW_UP_STATES),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_has_date"),
        CheckConstraint("(state = 'missed') = (missed_reason IS NOT NULL)", name="missed_has_reason"),
        CheckConstraint("(state = 'cancelled') = (cancelled_reason IS NOT NULL)", name="cancelled_has_reason"),
        Index("ix_follow_up_case_id_due_on", "case_id", "due_on"),
        Index("ix_follow_up_state_due_on", "state", "due_on"),
    )

    template: Mapped[str | None]
    """Code of follow_up_schedule; nothing for a visit planned by hand."""
    due_on: Mapped[date]
    mode: Mapped[str]
    """Code of followup_type, group mode."""
    state: Mapped[str] = mapped_column(default="planned")
    done_on: Mapped[date | None]
    missed_reason: Mapped[str | None]
    """Code of followup_type, group result."""
    cancelled_reason: Mapped[str | None]
    """rhythm_changed, closed, or the fact that stopped the visits (died, missing ...)."""
    assignee_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))


class FollowUpSealed(SealedRow, Model):
    """What a visit brought, in words: how things are, what was promised and kept, what next; or why it was missed."""

    __tablename__ = "follow_up_sealed"
    __sealed__ = {
        "situation": Sealed(step=1024, limit=10_000),
        "promises": Sealed(step=256, limit=5_000),
        "next_steps": Sealed(step=256, limit=5_000),
        "missed_note": Sealed(step=256, limit=2_000),
    }


class FollowUpChange(Identified, Model):
    """What changed on a follow-up: its state or its day, when, by whom. Append-only."""

    __tablename__ = "follow_up_change"
    __table_args__ = (
        one_of("what", ("state", "due_on")),
        Index("ix_follow_up_change_follow_up_id_at", "follow_up_id", "at"),
    )

    follow_up_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("follow_up.id", ondelete="CASCADE"))
    what: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    by_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))


class OutcomeScore(Model):
    """One area of life at a visit at 0, 6, 12 or 24 months: 1 most vulnerable, 4 least (docs/domain.md 7)."""

    __tablename__ = "outcome_score"
    __table_args__ = (CheckConstraint("score >= 1 AND score <= 4", name="score_in_range"),)

    follow_up_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("follow_up.id", ondelete="CASCADE"), primary_key=True)
    domain: Mapped[str] = mapped_column(primary_key=True)
    """Code of outcome_domain, group survivor outcome."""
    score: Mapped[int]


class ContactAttempt(CaseRecord, Model):
    """A try to reach the person that failed. Append-only; three over 60 days are what 'contact lost' needs."""

    __tablename__ = "contact_attempt"
    __table_args__ = (
        one_of("source", SOURCES),
        Index("ix_contact_attempt_case_id_tried_on", "case_id", "tried_on"),
        Index("ix_contact_attempt_follow_up_id", "follow_up_id"),
    )

    tried_on: Mapped[date]
    mode: Mapped[str]
    """Code of followup_type, group mode."""
    follow_up_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("follow_up.id", ondelete="RESTRICT"))
