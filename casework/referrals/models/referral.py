"""Referrals and transfers: one service for one person, from office to office, with the packet as it was sent."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.referrals.kinds import CHANNELS, KINDS, OUTCOMES, STATUSES, TALKS
from casework.vault.fields import Sealed, SealedRow


class Referral(Identified, Versioned, Model):
    """A need handed to another office. The author's office is the sender; a transfer asks it to own the case.

    Not a CaseRecord: its visibility has a rule of its own (referrals.queries.visible_referrals), since the receiver
    sees it before the case, and third offices don't see it at all.
    """

    __tablename__ = "referral"
    __table_args__ = (
        one_of("kind", [*KINDS]),
        one_of("status", [*STATUSES]),
        one_of("outcome", [*OUTCOMES], optional=True),
        one_of("answer_channel", [*CHANNELS], optional=True),
        CheckConstraint("to_org_id IS NOT NULL OR to_kind IS NOT NULL", name="receiver_named"),
        CheckConstraint("to_org_id IS NULL OR to_org_id <> author_org_id", name="to_another"),
        CheckConstraint("due_at > sent_at", name="due_after_sent"),
        CheckConstraint("(answered_at IS NULL) = (answered_by_user_id IS NULL)", name="answer_has_person"),
        CheckConstraint("(status = 'rejected') = (rejection_reason IS NOT NULL)", name="rejection_has_reason"),
        CheckConstraint("status <> 'done' OR outcome IS NOT NULL", name="done_has_outcome"),
        CheckConstraint("escalated BETWEEN 0 AND 3", name="escalated_known"),
        CheckConstraint("back_reason IS NULL OR status = 'done'", name="back_is_done"),
        Index("ix_referral_letter_id", "letter_id"),
        Index("ix_referral_out", "author_org_id", "status", "sent_at", "id"),
        Index("ix_referral_in", "to_org_id", "status", "sent_at", "id"),
        Index("ix_referral_case_id_status", "case_id", "status"),
        Index("ix_referral_status_due_at", "status", "due_at"),
        Index("ix_referral_replaces_id", "replaces_id"),
    )

    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"))
    author_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    """The sender."""
    author_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(default="referral")
    to_org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    to_kind: Mapped[str | None]
    """Code of consent_recipient for a party without a row of its own; its name stands sealed in the packet."""
    service_type: Mapped[str]
    data_class: Mapped[str]
    """Class of the service: what a third office of the same case needs to see the row (the owner of the case)."""
    reason: Mapped[str | None]
    """Code of referral_reason."""
    purpose: Mapped[str]
    """Code of consent_purpose: the entries behind the packet are of this purpose."""
    priority: Mapped[str]
    status: Mapped[str] = mapped_column(default="sent")
    sent_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    due_at: Mapped[datetime] = mapped_column(Utc)
    answered_at: Mapped[datetime | None] = mapped_column(Utc)
    answered_by_user_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    answered_by_org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    """The receiver, or the office that recorded the answer on its behalf."""
    answer_channel: Mapped[str | None]
    answer_given_at: Mapped[datetime | None] = mapped_column(Utc)
    """On behalf of an office without accounts: when it answered."""
    rejection_reason: Mapped[str | None]
    service_started_at: Mapped[datetime | None] = mapped_column(Utc)
    done_at: Mapped[datetime | None] = mapped_column(Utc)
    outcome: Mapped[str | None]
    next_contact_on: Mapped[date | None]
    back_reason: Mapped[str | None]
    """Code of referral_reason: why the receiver sent the person back."""
    replaces_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("referral.id", ondelete="SET NULL"))
    """The referral that another office did not take on, in whose place this one was sent."""
    letter_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("letter.id", ondelete="SET NULL"))
    """The letter that carries it, with others perhaps; every referral that is sent has one."""
    letter_number: Mapped[str]
    """The number of the letter, for lists."""
    packet_digest: Mapped[str]
    """What the sender was shown before sending; the packet below is exactly that."""
    escalated: Mapped[int] = mapped_column(default=0)
    """0 not, 1 reminded, 2 limit told, 3 both supervisors told."""


class ReferralClass(Model):
    """A data class in the packet, with the consent entry it rests on and until when."""

    __tablename__ = "referral_class"
    __table_args__ = (Index("ix_referral_class_entry_id", "entry_id"),)

    referral_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("referral.id", ondelete="CASCADE"), primary_key=True)
    data_class: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("consent_entry.id", ondelete="RESTRICT"))
    ends_at: Mapped[datetime] = mapped_column(Utc)


class ReferralSealed(SealedRow, Model):
    """The packet exactly as it was previewed, and the words around it, under the key of the person."""

    __tablename__ = "referral_sealed"
    __sealed__ = {
        "packet": Sealed(step=1024, kind="json", limit=60_000),
        "rejection_note": Sealed(step=256, limit=5_000),
        "answered_by_name": Sealed(step=64, limit=200),
        "feedback": Sealed(step=1024, limit=20_000),
    }

    id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("referral.id", ondelete="CASCADE"), primary_key=True)
    packet: Mapped[bytes | None] = mapped_column(LargeBinary)
    rejection_note: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_by_name: Mapped[bytes | None] = mapped_column(LargeBinary)
    feedback: Mapped[bytes | None] = mapped_column(LargeBinary)


class ReferralChange(Identified, Model):
    """History of a referral's states. Append-only."""

    __tablename__ = "referral_change"
    __table_args__ = (Index("ix_referral_change_referral_id_at", "referral_id", "at"),)

    referral_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("referral.id", ondelete="CASCADE"))
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    by_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    by_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))


class ReferralTalk(Identified, Model):
    """What an office said outside the program, or that it was called: how, when, by whom written down. Append-only."""

    __tablename__ = "referral_talk"
    __table_args__ = (
        one_of("about", [*TALKS]),
        one_of("channel", [*CHANNELS]),
        CheckConstraint("about = 'call' OR reached", name="only_a_call_may_fail"),
        Index("ix_referral_talk_referral_id_at", "referral_id", "at"),
    )

    referral_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("referral.id", ondelete="CASCADE"))
    about: Mapped[str]
    channel: Mapped[str]
    reached: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime] = mapped_column(Utc)
    """When it was said, as far as the writer knows."""
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    by_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    by_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))


class ReferralTalkSealed(SealedRow, Model):
    """Who spoke, what was said, where the paper lies; under the key of the person."""

    __tablename__ = "referral_talk_sealed"
    __sealed__ = {
        "who": Sealed(step=64, limit=200),
        "said": Sealed(step=256, limit=2_000),
        "paper": Sealed(step=64, limit=200),
    }
