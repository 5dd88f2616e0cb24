"""What a return rests on beside checks: papers for the way, the search for the family, the best interest of a child."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, Utc, Versioned, one_of
from casework.repatriation.kinds import PAPER_HOLDERS, PAPER_STATES, PARTIES, TRACING_STATES, TRACING_STOPS
from casework.vault.fields import Sealed, SealedRow


class TravelPaper(CaseRecord, Versioned, Model):
    """A passport, a one-way paper, an exit permit, a fine waiver: asked for, issued, refused or lost."""

    __tablename__ = "travel_paper"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", [*PAPER_STATES]),
        one_of("holder", [*PAPER_HOLDERS], optional=True),
        CheckConstraint("state <> 'asked' OR asked_on IS NOT NULL", name="asked_has_day"),
        CheckConstraint(
            "valid_until IS NULL OR issued_on IS NULL OR valid_until >= issued_on", name="valid_after_issue"
        ),
        Index("ix_travel_paper_path_id", "path_id"),
    )

    path_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("return_path.id", ondelete="CASCADE"))
    kind: Mapped[str]
    """Code of travel_document."""
    state: Mapped[str]
    asked_on: Mapped[date | None]
    issued_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    holder: Mapped[str | None]
    document_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("document.id", ondelete="RESTRICT"))


class TravelPaperSealed(SealedRow, Model):
    """Number, issuer and note of a paper."""

    __tablename__ = "travel_paper_sealed"
    __sealed__ = {
        "number": Sealed(step=32, limit=200),
        "issued_by": Sealed(step=64, limit=200),
        "note": Sealed(step=256, limit=2_000),
    }


class FamilyTracing(CaseRecord, Versioned, Model):
    """One request to find the family and to look at the home, and what came of it. Only by the person's agreement."""

    __tablename__ = "family_tracing"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", [*TRACING_STATES]),
        one_of("asked_party", [*PARTIES], optional=True),
        one_of("stop_reason", [*TRACING_STOPS], optional=True),
        CheckConstraint("asked_org_id IS NOT NULL OR asked_party IS NOT NULL", name="somebody_asked"),
        CheckConstraint("(state = 'answered') = (safe IS NOT NULL)", name="answer_says_safe"),
        CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name="answer_has_moment"),
        CheckConstraint("(state = 'asked') = (ended_on IS NULL)", name="ended_has_day"),
        CheckConstraint("(state = 'stopped') = (stop_reason IS NOT NULL)", name="stop_has_reason"),
        Index("ix_family_tracing_path_id", "path_id"),
        Index("ix_family_tracing_entry_id", "entry_id"),
    )

    path_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("return_path.id", ondelete="CASCADE"))
    entry_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("consent_entry.id", ondelete="RESTRICT"))
    """The agreement it rests on."""
    state: Mapped[str] = mapped_column(default="asked")
    action: Mapped[str]
    """Code of tracing_status, group action; `outcome` of group outcome, `safe` of group safe to return."""
    asked_org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    asked_party: Mapped[str | None]
    asked_on: Mapped[date]
    due_on: Mapped[date]
    outcome: Mapped[str | None]
    safe: Mapped[str | None]
    ended_on: Mapped[date | None]
    answered_at: Mapped[datetime | None] = mapped_column(Utc)
    stop_reason: Mapped[str | None]


class FamilyTracingSealed(SealedRow, Model):
    """The words of a tracing: what the request tells, the agreed cover, who is kept out, and what was found."""

    __tablename__ = "family_tracing_sealed"
    __sealed__ = {
        "told": Sealed(step=256, limit=5_000),
        "cover": Sealed(step=256, limit=2_000),
        "withheld": Sealed(step=256, limit=2_000),
        "found": Sealed(step=1024, kind="json", limit=20_000),
    }


class BestInterest(CaseRecord, Model):
    """A best-interest decision for a child. Never edited; it counts when a second person has confirmed it."""

    __tablename__ = "best_interest"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("result", ["yes", "with_conditions", "no"]),
        Index("ix_best_interest_path_id", "path_id"),
    )

    path_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("return_path.id", ondelete="CASCADE"))
    result: Mapped[str]
    decided_on: Mapped[date]


class BestInterestSealed(SealedRow, Model):
    """Who sat together, what the child says, which other ways were looked at, and why."""

    __tablename__ = "best_interest_sealed"
    __sealed__ = {
        "sat": Sealed(step=256, limit=2_000),
        "views": Sealed(step=256, limit=5_000),
        "choices_looked_at": Sealed(step=256, limit=5_000),
        "reasons": Sealed(step=256, limit=5_000),
    }
