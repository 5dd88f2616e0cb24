"""Health checks, and sessions of the health, psychosocial and legal workers: each in its own class, words sealed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.assistance.health import CONSENTS, FIELDS
from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, one_of
from casework.vault.fields import Sealed, SealedRow


class HealthCheck(CaseRecord, Model):
    """One health check. Append-only; without the person's consent it holds nothing but that they said no."""

    __tablename__ = "health_check"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("consent", [*CONSENTS]),
        CheckConstraint("data_class = 'health'", name="class_health"),
        Index("ix_health_check_case_id_checked_on", "case_id", "checked_on"),
    )

    checked_on: Mapped[date]
    consent: Mapped[str]


class HealthCheckSealed(SealedRow, Model):
    """The answers by code of health_screening, and words. What follows from them is worked out when it is read."""

    __tablename__ = "health_check_sealed"
    __sealed__ = {
        "answers": Sealed(step=1024, kind="json", limit=4_000),
        "facility": Sealed(step=64, limit=200),
        "note": Sealed(step=256, limit=5_000),
    }


class Consultation(CaseRecord, Model):
    """A visit, talk or advice of one class. Never edited: a correction is a new row that stands for the earlier one."""

    __tablename__ = "consultation"
    __table_args__ = (
        one_of("source", SOURCES),
        CheckConstraint("data_class IN (" + ", ".join(f"'{name}'" for name in FIELDS) + ")", name="class_of_its_own"),
        CheckConstraint("corrects_id IS NULL OR corrects_id <> id", name="corrects_another"),
        CheckConstraint("next_on IS NULL OR next_on >= held_on", name="next_follows"),
        Index("ix_consultation_case_id_held_on", "case_id", "held_on"),
        Index("ix_consultation_line_id", "line_id"),
    )

    held_on: Mapped[date]
    service_type: Mapped[str]
    """What kind: a service of the same class."""
    next_on: Mapped[date | None]
    line_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("service_line.id", ondelete="RESTRICT"))
    """The line of the ledger that counts it."""
    corrects_id: Mapped[UUID | None] = mapped_column(
        Uuid, ForeignKey("consultation.id", ondelete="RESTRICT"), unique=True
    )


class ConsultationSealed(SealedRow, Model):
    """Who was there and where, what was found or said, what was given or decided."""

    __tablename__ = "consultation_sealed"
    __sealed__ = {
        "who": Sealed(step=64, limit=300),
        "note": Sealed(step=1024, limit=20_000),
        "given": Sealed(step=256, limit=2_000),
    }
