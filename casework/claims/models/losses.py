"""What was lost or is owed, what became of the claim, and who the other side is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.claims.kinds import LOSS_STATES
from casework.db import Model, Versioned, one_of
from casework.vault.fields import Sealed, SealedRow


class Loss(CaseRecord, Versioned, Model):
    """A debt, unpaid wages, a paper or thing kept back, money paid. `occurred` says since when.

    Amounts are integers of the smallest unit of one currency; nothing is converted.
    """

    __tablename__ = "loss"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", LOSS_STATES),
        CheckConstraint("amount >= 0 AND claimed >= 0 AND recovered >= 0", name="amounts_not_negative"),
        CheckConstraint(
            "currency IS NOT NULL OR (amount IS NULL AND claimed IS NULL AND recovered IS NULL)",
            name="amounts_have_currency",
        ),
        CheckConstraint("currency IS NULL OR length(currency) = 3", name="currency_iso"),
        Index("ix_loss_case_id_state", "case_id", "state"),
        Index("ix_loss_proceeding_id", "proceeding_id"),
    )

    kind: Mapped[str]
    """Code of loss_kind."""
    holder: Mapped[str | None]
    """Code of loss_holder: what the one who owes, holds or lent is. The name stands apart (ClaimParty)."""
    amount: Mapped[int | None] = mapped_column(BigInteger)
    claimed: Mapped[int | None] = mapped_column(BigInteger)
    recovered: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="open")
    claimed_on: Mapped[date | None]
    proceeding_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("proceeding.id", ondelete="RESTRICT"))
    """The proceeding in which it is claimed."""


class LossSealed(SealedRow, Model):
    """What exactly it is, and what proves it."""

    __tablename__ = "loss_sealed"
    __sealed__ = {"description": Sealed(step=256, limit=4_000), "evidence": Sealed(step=256, limit=4_000)}


class ClaimParty(CaseRecord, Model):
    """The other side of one loss or one proceeding: seen with class perpetrator, whoever sees the loss itself."""

    __tablename__ = "claim_party"
    __table_args__ = (
        one_of("source", SOURCES),
        CheckConstraint("(loss_id IS NULL) <> (proceeding_id IS NULL)", name="one_subject"),
        Index("uq_claim_party_loss_id", "loss_id", unique=True),
        Index("uq_claim_party_proceeding_id", "proceeding_id", unique=True),
    )

    loss_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("loss.id", ondelete="CASCADE"))
    proceeding_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("proceeding.id", ondelete="CASCADE"))


class ClaimPartySealed(SealedRow, Model):
    """The name, under the person's own key: it goes with the person's data."""

    __tablename__ = "claim_party_sealed"
    __sealed__ = {"name": Sealed(step=64, limit=300)}
