"""Proceedings before courts and authorities: how far each is, its stages as history, its dates."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.claims.kinds import AGAINST_THE_PERSON, HEARING_KINDS, HEARING_STATES, PROCEEDING_KINDS, ROLES
from casework.db import Model, Utc, Versioned, one_of
from casework.vault.fields import Sealed, SealedRow


class Proceeding(CaseRecord, Versioned, Model):
    """One proceeding of one person in one country. Help never depends on it (docs/domain.md 2)."""

    __tablename__ = "proceeding"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("kind", PROCEEDING_KINDS),
        one_of("role", ROLES),
        CheckConstraint(f"(kind = '{AGAINST_THE_PERSON}') = (role = 'accused')", name="accused_is_defended"),
        CheckConstraint("claimed >= 0 AND awarded >= 0 AND paid >= 0", name="amounts_not_negative"),
        CheckConstraint(
            "currency IS NOT NULL OR (claimed IS NULL AND awarded IS NULL AND paid IS NULL)",
            name="amounts_have_currency",
        ),
        CheckConstraint("currency IS NULL OR length(currency) = 3", name="currency_iso"),
        Index("ix_proceeding_case_id_ended_on", "case_id", "ended_on"),
    )

    kind: Mapped[str]
    role: Mapped[str]
    country: Mapped[str]
    stage: Mapped[str]
    """Code of legal_stage: that of the newest step."""
    claimed: Mapped[int | None] = mapped_column(BigInteger)
    awarded: Mapped[int | None] = mapped_column(BigInteger)
    paid: Mapped[int | None] = mapped_column(BigInteger)
    """What the person really received, not what was promised."""
    currency: Mapped[str | None]
    ended_on: Mapped[date | None]


class ProceedingSealed(SealedRow, Model):
    """Lawyer, office, file number, what it is about."""

    __tablename__ = "proceeding_sealed"
    __sealed__ = {
        "lawyer": Sealed(step=64, limit=300),
        "office": Sealed(step=64, limit=300),
        "file_number": Sealed(step=32),
        "about": Sealed(step=1024, limit=10_000),
    }


class ProceedingStep(CaseRecord, Model):
    """A stage a proceeding came to. Append-only: the figures of last year stay explicable."""

    __tablename__ = "proceeding_step"
    __table_args__ = (
        one_of("source", SOURCES),
        Index("ix_proceeding_step_proceeding_id_recorded_at", "proceeding_id", "recorded_at"),
    )

    proceeding_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("proceeding.id", ondelete="CASCADE"))
    stage: Mapped[str]


class ProceedingStepSealed(SealedRow, Model):
    """What was said or decided."""

    __tablename__ = "proceeding_step_sealed"
    __sealed__ = {"note": Sealed(step=256, limit=4_000)}


class Hearing(CaseRecord, Versioned, Model):
    """A date of a proceeding: hearing, statement, deadline. Its task stands on the office's list."""

    __tablename__ = "hearing"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("kind", HEARING_KINDS),
        one_of("state", HEARING_STATES),
        Index("ix_hearing_proceeding_id", "proceeding_id"),
    )

    proceeding_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("proceeding.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(default="hearing")
    due_at: Mapped[datetime] = mapped_column(Utc)
    state: Mapped[str] = mapped_column(default="planned")


class HearingSealed(SealedRow, Model):
    """Where it is, who goes with the person and how the person is kept safe there, what came of it."""

    __tablename__ = "hearing_sealed"
    __sealed__ = {
        "place": Sealed(step=64, limit=300),
        "support": Sealed(step=256, limit=2_000),
        "outcome": Sealed(step=256, limit=4_000),
    }
