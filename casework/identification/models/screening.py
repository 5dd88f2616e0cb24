"""Screenings: talks that can be paused, what was found in them, what the person told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, Utc, Versioned, one_of, utcnow
from casework.identification.kinds import (
    PREFERENCES,
    PRESENT,
    PROVENANCES,
    SCREENING_LISTS,
    SCREENING_STATES,
    SEXES_OF_TALK,
    STRENGTHS,
)
from casework.vault.fields import Sealed, SealedRow


class Screening(CaseRecord, Versioned, Model):
    """One screening of one case. Several per case, by several offices; it may be paused and taken up again."""

    __tablename__ = "screening"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", SCREENING_STATES),
        one_of("present", PRESENT),
        one_of("preferred_sex", PREFERENCES, optional=True),
        one_of("interviewer_sex", SEXES_OF_TALK, optional=True),
        one_of("interpreter_sex", SEXES_OF_TALK, optional=True),
        CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name="finished_has_time"),
        Index("ix_screening_case_id_started_at", "case_id", "started_at"),
    )

    state: Mapped[str] = mapped_column(default="open")
    country: Mapped[str]
    province: Mapped[str | None]
    language: Mapped[str]
    interpreter: Mapped[bool] = mapped_column(default=False)
    present: Mapped[str]
    """Who else was in the room; a companion never interprets (docs/domain.md 2, Conduct)."""
    preferred_sex: Mapped[str | None]
    """Whom the person would rather talk to; empty in records from before it was asked."""
    interviewer_sex: Mapped[str | None]
    interpreter_sex: Mapped[str | None]
    started_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    """Moves with every save of answers, so that the version moves too."""
    paused_at: Mapped[datetime | None] = mapped_column(Utc)
    finished_at: Mapped[datetime | None] = mapped_column(Utc)


class ScreeningIndicator(Model):
    """One thing noted in a screening: an indicator with its strength, or an act, means or purpose."""

    __tablename__ = "screening_indicator"
    __table_args__ = (
        one_of("list", SCREENING_LISTS),
        one_of("strength", STRENGTHS, optional=True),
        one_of("provenance", PROVENANCES),
        CheckConstraint("(provenance = 'earlier') = (earlier_id IS NOT NULL)", name="earlier_named"),
        Index("ix_screening_indicator_earlier_id", "earlier_id"),
    )

    screening_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("screening.id", ondelete="CASCADE"), primary_key=True)
    list: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    strength: Mapped[str | None]
    """S, M or W as the list said on the day; a later edit of the list does not change what was found."""
    provenance: Mapped[str] = mapped_column(default="here")
    earlier_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("screening.id", ondelete="RESTRICT"))
    """The earlier screening this answer was taken from, so that it was not asked again."""
    noted_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)


class ScreeningSealed(SealedRow, Model):
    """What this person told, under the person's own key; where the talk took place; the interpreter's name."""

    __tablename__ = "screening_sealed"
    __sealed__ = {
        "testimony": Sealed(step=1024, limit=20_000),
        "setting": Sealed(step=64, kind="json", limit=1_000),
        "answers": Sealed(step=256, kind="json", limit=20_000),
    }
