"""One line of the ledger: a service given to one person at one moment. Never edited; a reversal corrects it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, Utc, one_of
from casework.vault.fields import Sealed, SealedRow

RECEIPTS = ("none", "signature", "thumbprint", "witness")
REVERSAL_REASONS = ("twice", "wrong_person", "wrong_service", "wrong_amount", "not_given")


class ServiceLine(CaseRecord, Model):
    """Help given. `data_class` follows the service: what a clinic did is not on everybody's ledger (docs/domain.md 5).

    `quantity` counts the smallest part of the unit (its `decimals`): 1.50 kg is 150. Money is in the smallest unit of
    its currency. A reversal carries the same values with the sign turned, so that plain sums are right.
    """

    __tablename__ = "service_line"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("receipt", RECEIPTS),
        one_of("reversal_reason", REVERSAL_REASONS, optional=True),
        CheckConstraint("(reverses_id IS NULL) = (quantity > 0) AND quantity <> 0", name="reversal_turns_sign"),
        CheckConstraint("(reverses_id IS NULL) = (reversal_reason IS NULL)", name="reversal_has_reason"),
        CheckConstraint("reverses_id IS NULL OR reverses_id <> id", name="reverses_another"),
        CheckConstraint("(cost IS NULL) = (currency IS NULL)", name="cost_has_currency"),
        CheckConstraint("(unit_cost IS NULL) = (cost IS NULL)", name="cost_has_unit_cost"),
        CheckConstraint("currency IS NULL OR length(currency) = 3", name="currency_iso"),
        CheckConstraint("unit_cost IS NULL OR unit_cost >= 0", name="unit_cost_not_negative"),
        CheckConstraint("persons > 0", name="persons_positive"),
        Index("ix_service_line_case_id_occurred_at", "case_id", "occurred_at"),
        Index("ix_service_line_occurred_at", "occurred_at"),
        Index("ix_service_line_author_user_id_occurred_at", "author_user_id", "occurred_at"),
        Index("ix_service_line_provider_org_id", "provider_org_id"),
    )

    occurred_at: Mapped[datetime] = mapped_column(Utc)
    service_type: Mapped[str]
    quantity: Mapped[int]
    unit: Mapped[str]
    """Code of assistance_unit."""
    unit_cost: Mapped[int | None]
    """Cost of one whole unit."""
    cost: Mapped[int | None]
    """Cost of the line: quantity times unit cost, rounded half up once and kept, so that every report agrees."""
    currency: Mapped[str | None]
    provider_org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    province: Mapped[str | None]
    given_by: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    persons: Mapped[int] = mapped_column(default=1)
    """For how many: more than one on the one line of a household. Unique persons are counted by person all the same."""
    handout_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("handout.id", ondelete="RESTRICT"), index=True)
    receipt: Mapped[str] = mapped_column(default="none")
    over_cap: Mapped[bool] = mapped_column(default=False)
    """Recorded although a cap warned."""
    reverses_id: Mapped[UUID | None] = mapped_column(
        Uuid, ForeignKey("service_line.id", ondelete="RESTRICT"), unique=True
    )
    reversal_reason: Mapped[str | None]


class ServiceLineSealed(SealedRow, Model):
    """Words about a line or a reversal, where the signed paper lies, why cash went over its limit."""

    __tablename__ = "service_line_sealed"
    __sealed__ = {
        "note": Sealed(step=64, limit=1_000),
        "paper": Sealed(step=64, limit=200),
        "cap_reason": Sealed(step=64, limit=500),
    }
