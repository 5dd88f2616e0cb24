"""Tables of the audit: the chained events, the head of each chain, and which event concerned which case.

They outlive what they tell about, so no foreign key leads out of here.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text, UniqueConstraint, Uuid, event
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, one_of

STREAM_KINDS = ("case", "user", "system")


class AuditEvent(Identified, Model):
    """One act or one page view; each carries a keyed hash over itself and the event before it in its stream."""

    __tablename__ = "audit_event"
    __table_args__ = (
        UniqueConstraint("stream_id", "seq"),
        one_of("stream_kind", STREAM_KINDS),
        CheckConstraint("seq >= 1", name="seq_from_one"),
        CheckConstraint("(subject_kind IS NULL) = (subject_id IS NULL)", name="subject_whole"),
        Index("ix_audit_event_user_id", "user_id", "at"),
        Index("ix_audit_event_action", "action", "at"),
        Index("ix_audit_event_subject_id", "subject_id"),
    )

    stream_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    """The case of an act on one case, else the user; all zeros for the system."""
    stream_kind: Mapped[str] = mapped_column(String(8))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Utc)
    user_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    session_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    action: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    case_ids: Mapped[bytes] = mapped_column(LargeBinary)
    """The cases concerned or shown, 16 bytes each, in ascending order."""
    body: Mapped[str] = mapped_column(Text)
    """JSON of ids, codes and names of fields; the hash covers these very bytes."""
    mac: Mapped[bytes] = mapped_column(LargeBinary)


class AuditHead(Model):
    """Where each chain ends: number and hash of its newest event, sealed with a keyed hash of its own."""

    __tablename__ = "audit_head"
    __table_args__ = (one_of("stream_kind", STREAM_KINDS),)

    stream_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    stream_kind: Mapped[str] = mapped_column(String(8))
    seq: Mapped[int]
    mac: Mapped[bytes] = mapped_column(LargeBinary)
    proof: Mapped[bytes] = mapped_column(LargeBinary)


class AuditSubject(Model):
    """Derived: which events concerned or showed a case, newest first, so that 'who has seen this' needs no scan."""

    __tablename__ = "audit_subject"
    __table_args__ = ({"sqlite_with_rowid": False},)

    case_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    at: Mapped[datetime] = mapped_column(Utc, primary_key=True)
    event_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)


@event.listens_for(AuditEvent, "before_update")
@event.listens_for(AuditEvent, "before_delete")
def _insert_only(mapper: Any, connection: Any, row: AuditEvent) -> None:
    """The program never changes or removes what was recorded."""
    raise RuntimeError("audit events are never changed")
