"""Documents a person holds or lost, nationality claims, and facts that stop every contact."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.codes.dates import Precision
from casework.db import Model, Versioned, one_of
from casework.people.kinds import DOCUMENT_STATES, FACT_KINDS, NATIONALITY_STATES, SOURCES
from casework.people.models.record import PersonRecord
from casework.vault.fields import Sealed, SealedRow


class HeldDocument(PersonRecord, Versioned, Model):
    """A paper of the person: with them, taken by somebody, or lost."""

    __tablename__ = "held_document"
    __table_args__ = (one_of("source", [*SOURCES]), one_of("state", [*DOCUMENT_STATES]))

    kind: Mapped[str]
    """Code of id_document."""
    issued_country: Mapped[str | None]
    expires_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="held")


class HeldDocumentSealed(SealedRow, Model):
    """The number of a document; the root is the person."""

    __tablename__ = "held_document_sealed"
    __sealed__: ClassVar = {"number": Sealed(step=32)}


class NationalityClaim(PersonRecord, Model):
    """What is said or decided about one nationality. Append-only; the newest row of a country stands."""

    __tablename__ = "nationality_claim"
    __table_args__ = (
        one_of("source", [*SOURCES]),
        one_of("state", [*NATIONALITY_STATES]),
        CheckConstraint("state <> 'confirmed_by_no_country' OR country = 'XXX'", name="no_country"),
    )

    country: Mapped[str]
    """Alpha-3; XXX = confirmed by no country, stateless or unknown."""
    state: Mapped[str]
    authority: Mapped[str | None]
    """Code of identification_authority."""
    decided_on: Mapped[date | None]
    document_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("held_document.id", ondelete="RESTRICT"))


class PersonFact(PersonRecord, Model):
    """Died, missing, did not arrive, found: a dated fact, no way of closing a case. Append-only; the newest stands."""

    __tablename__ = "person_fact"
    __table_args__ = (
        one_of("source", [*SOURCES]),
        one_of("kind", [*FACT_KINDS]),
        one_of("occurred_precision", [*Precision]),
        CheckConstraint("(occurred_from IS NULL) = (occurred_to IS NULL)", name="occurred_both"),
        CheckConstraint("occurred_from <= occurred_to", name="occurred_in_order"),
    )

    kind: Mapped[str]
    occurred_from: Mapped[date | None]
    occurred_to: Mapped[date | None]
    occurred_precision: Mapped[str] = mapped_column(default="unknown")
