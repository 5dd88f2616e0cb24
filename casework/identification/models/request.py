"""The person's own request for a formal decision: time to think, asked, answered, taken back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, Versioned, one_of
from casework.identification.kinds import REQUEST_STATES
from casework.vault.fields import Sealed, SealedRow


class FormalRequest(CaseRecord, Versioned, Model):
    """One request to one authority of one country. It is the person's: an office may go along, never in their place
    (US TIP reports 2018-2021)."""

    __tablename__ = "formal_request"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", REQUEST_STATES),
        CheckConstraint("state NOT IN ('asked', 'answered') OR asked_on IS NOT NULL", name="asked_dated"),
        CheckConstraint("state <> 'reflecting' OR reflection_until IS NOT NULL", name="reflection_ends"),
        Index("ix_formal_request_case_id_state", "case_id", "state"),
    )

    authority: Mapped[str]
    """Code of identification_authority, one that may decide formally."""
    country: Mapped[str]
    state: Mapped[str]
    asked_on: Mapped[date | None]
    reflection_until: Mapped[date | None]
    accompanied: Mapped[bool] = mapped_column(default=False)
    """Somebody of an office goes along, if the person wishes."""


class FormalRequestSealed(SealedRow, Model):
    """Where it was handed in, and what the person says about it."""

    __tablename__ = "formal_request_sealed"
    __sealed__ = {"office": Sealed(step=64, limit=200), "words": Sealed(step=256, limit=4_000)}
