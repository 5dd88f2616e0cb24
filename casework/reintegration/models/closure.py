"""Closing a case: asked by one, approved by another; a second one decides when the person disagrees."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, Versioned, one_of
from casework.vault.fields import Sealed, SealedRow

CLOSURE_STATES = ("waiting", "second", "approved", "returned")
"""'second': the person disagrees, one supervisor approved, another has to (docs/domain.md 7, default)."""
PERSON_VIEWS = ("agrees", "disagrees", "could_not_be_asked")


class Closure(CaseRecord, Versioned, Model):
    """A request to close. A case has one open request at most; the approved ones are the history."""

    __tablename__ = "closure"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", CLOSURE_STATES),
        one_of("person_view", PERSON_VIEWS),
        Index("ix_closure_case_id_state", "case_id", "state"),
    )

    state: Mapped[str] = mapped_column(default="waiting")
    reason: Mapped[str]
    """Code of closure_reason."""
    person_view: Mapped[str]
    told_on: Mapped[date | None]
    """When the person was told that the case will be closed."""
    recontact: Mapped[bool]
    """Whether the person may be contacted again."""


class ClosureOutcome(Model):
    """One outcome at closure: goals, living situation, safety."""

    __tablename__ = "closure_outcome"

    closure_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("closure.id", ondelete="CASCADE"), primary_key=True)
    outcome: Mapped[str] = mapped_column(primary_key=True)
    """Code of closure_outcome."""


class ClosureSealed(SealedRow, Model):
    """Living situation, reason in words, and how contact may be made again."""

    __tablename__ = "closure_sealed"
    __sealed__ = {
        "situation": Sealed(step=256, limit=5_000),
        "explanation": Sealed(step=256, limit=5_000),
        "recontact_rule": Sealed(step=64, limit=500),
    }
