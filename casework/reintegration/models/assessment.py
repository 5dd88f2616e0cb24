"""What was found out with the person: needs, risks and what protects on four levels; and the plan to stay safe."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, one_of
from casework.vault.fields import Sealed, SealedRow

NEED_LEVELS = ("some", "urgent")
SIDES = ("risk", "protective")


class Assessment(CaseRecord, Model):
    """One look at the whole situation with the person. Append-only: the newest holds."""

    __tablename__ = "assessment"
    __table_args__ = (
        one_of("source", SOURCES),
        Index("ix_assessment_case_id_assessed_on", "case_id", "assessed_on"),
    )

    assessed_on: Mapped[date]


class AssessmentSealed(SealedRow, Model):
    """What the person wants, what helps, what worries, in words."""

    __tablename__ = "assessment_sealed"
    __sealed__ = {
        "wishes": Sealed(step=256, limit=5_000),
        "strengths": Sealed(step=256, limit=5_000),
        "worries": Sealed(step=256, limit=5_000),
    }


class AssessmentNeed(Model):
    """A need in one area of life; an area that is not here was looked at and needs nothing."""

    __tablename__ = "assessment_need"
    __table_args__ = (one_of("level", NEED_LEVELS),)

    assessment_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    need: Mapped[str] = mapped_column(primary_key=True)
    """Key of workflow.NEED_WORDS."""
    level: Mapped[str]


class AssessmentFactor(Model):
    """Something around the person that endangers or protects."""

    __tablename__ = "assessment_factor"
    __table_args__ = (one_of("side", SIDES),)

    assessment_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)
    factor: Mapped[str] = mapped_column(primary_key=True)
    """A risk: code of vulnerability; a protection: key of workflow.PROTECTION."""


class SafetyPlan(CaseRecord, Model):
    """What the person and we agreed for danger. Append-only: the newest holds."""

    __tablename__ = "safety_plan"
    __table_args__ = (one_of("source", SOURCES), Index("ix_safety_plan_case_id_agreed_on", "case_id", "agreed_on"))

    agreed_on: Mapped[date]
    review_on: Mapped[date | None]


class SafetyPlanSealed(SealedRow, Model):
    """Signs of danger, where to go, whom to call, what is done at once."""

    __tablename__ = "safety_plan_sealed"
    __sealed__ = {
        "signs": Sealed(step=256, limit=2_000),
        "steps": Sealed(step=256, limit=2_000),
        "places": Sealed(step=256, limit=2_000),
        "people": Sealed(step=256, limit=2_000),
    }
