"""The hand-over: place, time, officers of both sides, what went with the person; signed by each side for itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.repatriation.kinds import HANDOVER_STATES, SIDES
from casework.vault.fields import Sealed, SealedRow


class Handover(CaseRecord, Versioned, Model):
    """One hand-over. Written once; nothing but the state moves, and nothing at all after both signatures."""

    __tablename__ = "handover"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", [*HANDOVER_STATES]),
        CheckConstraint("giver_org_id <> receiver_org_id", name="two_sides"),
        Index("ix_handover_step_id", "step_id"),
    )

    path_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("return_path.id", ondelete="CASCADE"), index=True)
    step_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("return_step.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Utc)
    border_point: Mapped[str | None]
    """Code of border_point; any other place stands sealed."""
    giver_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    receiver_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    state: Mapped[str] = mapped_column(default="open")


class HandoverSealed(SealedRow, Model):
    """The words of a hand-over. `not_disclosed` is for the office that wrote it alone, and never on the paper."""

    __tablename__ = "handover_sealed"
    __sealed__ = {
        "place": Sealed(step=64, limit=500),
        "officers": Sealed(step=64, kind="json", limit=1_000),
        "belongings": Sealed(step=256, limit=5_000),
        "medicine": Sealed(step=256, limit=2_000),
        "condition": Sealed(step=256, limit=5_000),
        "not_disclosed": Sealed(step=256, limit=5_000),
    }


class HandoverPaper(Model):
    """A document given along: code of id_document or travel_document."""

    __tablename__ = "handover_paper"

    handover_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("handover.id", ondelete="CASCADE"), primary_key=True)
    list: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)


class HandoverSignature(Identified, Model):
    """The signature of one side: its own user, or, for a side without accounts, the paper and where it lies."""

    __tablename__ = "handover_signature"
    __table_args__ = (
        one_of("side", [*SIDES]),
        Index("uq_handover_signature_handover_id_side", "handover_id", "side", unique=True),
    )

    handover_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("handover.id", ondelete="CASCADE"))
    side: Mapped[str]
    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    """The side that signed."""
    by_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    by_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    """Whose user pressed the button; another than `org_id` only on behalf of a side without accounts."""
    signed_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)


class HandoverSignatureSealed(SealedRow, Model):
    """Who signed on paper, and where the paper lies."""

    __tablename__ = "handover_signature_sealed"
    __sealed__ = {"paper": Sealed(step=64, limit=500)}
