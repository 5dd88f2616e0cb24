"""Consent entries (append-only), grants of access derived from them, and openings for vital interest."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.vault.fields import Sealed, SealedRow

ANSWERS = ("given", "refused", "withdrawn")
"""'Never asked' is the absence of an entry; it is not an answer."""
GIVERS = ("self", "guardian", "best_interest")
GROUNDS = ("consent", "vital_interest")
VIA = ("referral", "transfer", "vital", "asked", "wrote", "kept")
REACH = ("all", "own")


class ConsentEntry(Identified, Model):
    """One answer of a person: purpose x recipient x data classes x from-to. Never edited; a withdrawal is a new row.

    Form, giver and ground are three separate facts (docs/domain.md 8). No row means no.
    """

    __tablename__ = "consent_entry"
    __table_args__ = (
        one_of("answer", ANSWERS),
        one_of("giver", GIVERS),
        one_of("ground", GROUNDS),
        CheckConstraint("recipient_org_id IS NOT NULL OR recipient_kind IS NOT NULL", name="recipient_named"),
        CheckConstraint("ends_at > starts_at", name="interval_positive"),
        CheckConstraint("answer <> 'withdrawn' OR withdraws_id IS NOT NULL", name="withdrawal_names_entry"),
        Index("ix_consent_entry_case_id_purpose", "case_id", "purpose"),
    )

    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    """Code of consent_purpose."""
    answer: Mapped[str]
    recipient_org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    recipient_kind: Mapped[str | None]
    """Code of consent_recipient, for parties without a row of their own; their name is sealed."""
    starts_at: Mapped[datetime] = mapped_column(Utc)
    ends_at: Mapped[datetime] = mapped_column(Utc)
    form: Mapped[str]
    """Code of consent_method: written, thumbprint, spoken and witnessed ..."""
    giver: Mapped[str]
    ground: Mapped[str]
    language: Mapped[str | None]
    interpreter: Mapped[bool] = mapped_column(default=False)
    assented: Mapped[bool | None]
    """For a child: whether the child agreed too. None for an adult."""
    text_version: Mapped[str | None]
    withdraws_id: Mapped[UUID | None] = mapped_column(
        Uuid, ForeignKey("consent_entry.id", ondelete="RESTRICT"), unique=True
    )
    author_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    author_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    source: Mapped[str] = mapped_column(default="said")


class ConsentEntryClass(Model):
    """A data class that an entry covers."""

    __tablename__ = "consent_entry_class"

    entry_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("consent_entry.id", ondelete="CASCADE"), primary_key=True)
    data_class: Mapped[str] = mapped_column(primary_key=True)


class ConsentEntrySealed(SealedRow, Model):
    """Names in a consent entry: the recipient without a row, guardian, interpreter; where the paper lies."""

    __tablename__ = "consent_entry_sealed"
    __sealed__ = {
        "recipient_name": Sealed(step=64),
        "people": Sealed(step=64, kind="json"),
        "note": Sealed(step=256),
    }

    id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("consent_entry.id", ondelete="CASCADE"), primary_key=True)
    recipient_name: Mapped[bytes | None] = mapped_column(LargeBinary)
    people: Mapped[bytes | None] = mapped_column(LargeBinary)
    note: Mapped[bytes | None] = mapped_column(LargeBinary)


class Grant(Identified, Model):
    """Access of one organisation to one case, with its reason and its time. Ended, never deleted.

    `reach` 'all': records of any office in the granted classes; 'own': only what the organisation wrote itself
    (the sender after a transfer, a provider after a withdrawal).
    """

    __tablename__ = "access_grant"
    __table_args__ = (
        one_of("via", VIA),
        one_of("reach", REACH),
        CheckConstraint("ends_at > starts_at", name="interval_positive"),
        CheckConstraint("(ended_at IS NULL) = (ended_reason IS NULL)", name="end_has_reason"),
        Index("ix_access_grant_case_id_org_id", "case_id", "org_id"),
        Index("ix_access_grant_org_id_ends_at", "org_id", "ends_at"),
    )

    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"))
    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    via: Mapped[str]
    reach: Mapped[str] = mapped_column(default="all")
    entry_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("consent_entry.id", ondelete="RESTRICT"), index=True)
    source_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    """The referral or the vital-interest opening behind it."""
    starts_at: Mapped[datetime] = mapped_column(Utc)
    ends_at: Mapped[datetime] = mapped_column(Utc)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)
    ended_reason: Mapped[str | None]


class GrantClass(Model):
    """A data class that a grant opens."""

    __tablename__ = "access_grant_class"

    grant_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("access_grant.id", ondelete="CASCADE"), primary_key=True)
    data_class: Mapped[str] = mapped_column(primary_key=True)


class VitalOpening(Identified, Versioned, Model):
    """An opening without consent because life or limb is at stake: 72 hours, a reason, a supervisor's decision."""

    __tablename__ = "vital_opening"
    __table_args__ = (
        one_of("decision", ("confirmed", "refused"), optional=True),
        CheckConstraint("decided_by IS NULL OR decided_by <> opened_by", name="not_own_work"),
        CheckConstraint("(decided_by IS NULL) = (decision IS NULL)", name="decision_has_person"),
        Index("ix_vital_opening_case_id", "case_id"),
    )

    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"))
    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    """Who is let in."""
    entry_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("consent_entry.id", ondelete="RESTRICT"), index=True)
    """The entry of ground 'vital interest' that lasts as long as the opening."""
    author_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    opened_by: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    opened_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    ends_at: Mapped[datetime] = mapped_column(Utc)
    decided_by: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    decided_at: Mapped[datetime | None] = mapped_column(Utc)
    decision: Mapped[str | None]


class VitalOpeningSealed(SealedRow, Model):
    """Why the opening was needed, in the worker's words."""

    __tablename__ = "vital_opening_sealed"
    __sealed__ = {"reason": Sealed(step=256)}

    id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("vital_opening.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)
