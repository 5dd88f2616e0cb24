"""Decisions by people, one row per authority and country, and assessments of risk. Both are append-only."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, one_of
from casework.identification.kinds import FORMAL_OUTCOMES, TRACKS
from casework.vault.fields import Sealed, SealedRow

_OUTCOMES = ", ".join(f"'{status}'" for status in FORMAL_OUTCOMES)


class Decision(CaseRecord, Model):
    """What an authority of a country decided about one person. Never edited: the newest row of an authority stands.

    'Presumed' and 'formal' are two tracks that are never merged (OSCE/ODIHR referral handbook 2022); the state of a
    case is read from these rows (queries.identified_as) and written nowhere else.
    """

    __tablename__ = "identification_decision"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("track", TRACKS),
        CheckConstraint(
            f"status NOT IN ({_OUTCOMES}) OR (track = 'formal' AND occurred_from IS NOT NULL)", name="outcome_dated"
        ),
        Index("ix_identification_decision_case_id_recorded_at", "case_id", "recorded_at"),
        Index("ix_identification_decision_status", "status"),
    )

    status: Mapped[str]
    """Code of trafficking_status."""
    track: Mapped[str]
    """presumed or formal: the group of the status on the day."""
    authority: Mapped[str]
    """Code of identification_authority."""
    country: Mapped[str]
    form: Mapped[str | None]
    """Code of identification_form, if one of the official forms was used."""
    form_tag: Mapped[str | None]
    """Code of trafficking_form: labour, sexual, other."""
    suggested: Mapped[str | None]
    """What the system suggested at that moment; a person decided, with or against it."""
    screening_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("screening.id", ondelete="RESTRICT"), index=True)
    document_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("document.id", ondelete="RESTRICT"), index=True)
    """The decision on paper."""


class DecisionSealed(SealedRow, Model):
    """Office, number of the document and reason of a decision."""

    __tablename__ = "identification_decision_sealed"
    __sealed__ = {
        "office": Sealed(step=64, limit=200),
        "document_number": Sealed(step=32),
        "reason": Sealed(step=1024, limit=10_000),
    }


class RiskAssessment(CaseRecord, Model):
    """How safe the person is now, and when to look again. Append-only: the newest holds (case.risk_level)."""

    __tablename__ = "risk_assessment"
    __table_args__ = (
        one_of("source", SOURCES),
        Index("ix_risk_assessment_case_id_recorded_at", "case_id", "recorded_at"),
    )

    level: Mapped[str]
    """Code of risk_level."""
    review_on: Mapped[date]


class RiskAssessmentSealed(SealedRow, Model):
    """What makes it unsafe, and what was agreed to stay safe."""

    __tablename__ = "risk_assessment_sealed"
    __sealed__ = {"safety_note": Sealed(step=1024, limit=10_000)}
