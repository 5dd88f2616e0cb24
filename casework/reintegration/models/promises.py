"""What was promised to the person, and whether it was kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, Versioned, one_of
from casework.vault.fields import Sealed, SealedRow

PROMISE_STATES = ("open", "kept", "not_kept")


class Promise(CaseRecord, Versioned, Model):
    """A promise to the person: what, by whom, by when; then kept, or not kept with the reason."""

    __tablename__ = "promise"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", PROMISE_STATES),
        CheckConstraint("(state = 'open') = (settled_on IS NULL)", name="settled_has_date"),
        CheckConstraint("(state = 'not_kept') = (why IS NOT NULL)", name="broken_has_reason"),
        Index("ix_promise_case_id_state", "case_id", "state"),
    )

    promised_on: Mapped[date]
    due_on: Mapped[date | None]
    owner_user_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    """Nobody of the office: the party named in the words."""
    state: Mapped[str] = mapped_column(default="open")
    settled_on: Mapped[date | None]
    why: Mapped[str | None]
    """Key of workflow.BROKEN_REASONS."""


class PromiseSealed(SealedRow, Model):
    """What was promised and by whom, and what was said when it could not be kept."""

    __tablename__ = "promise_sealed"
    __sealed__ = {
        "what": Sealed(step=256, limit=2_000),
        "by_whom": Sealed(step=64, limit=200),
        "told": Sealed(step=256, limit=2_000),
    }
