"""Operations (idempotency keys with their stored answer) and server-side drafts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, utcnow
from casework.vault.fields import Sealed, SealedRow


class Operation(Model):
    """One accepted write. The key is the draft's id in a form's address, or names a one-tap state change."""

    __tablename__ = "operation"
    __table_args__ = (CheckConstraint("seen >= 1", name="seen_positive"),)

    key: Mapped[str] = mapped_column(String, primary_key=True)
    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    route: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    """HMAC of what was sent: tells a repeated submit from another one under the same key, and keeps no value."""
    location: Mapped[str]
    """Where the answer stands: a path with ids only; opening it asks for the rights again."""
    note: Mapped[str] = mapped_column(default="")
    seen: Mapped[int] = mapped_column(default=1)
    """Counted up by every retry: a retry must write, so that its commit is as durable as the first one."""
    created_at: Mapped[datetime] = mapped_column(Utc, default=utcnow, index=True)


class Draft(Identified, Model):
    """What a user typed and has not sent yet. Its id is the id in the form's address."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_user_id_updated_at", "user_id", "updated_at"),)

    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="CASCADE"))
    endpoint: Mapped[str]
    location: Mapped[str]
    """The form's own address; ids only."""
    case_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    updated_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(Utc, index=True)


class DraftSealed(SealedRow, Model):
    """The typed values, under the draft's own data key: erasure of a person reaches them too."""

    __tablename__ = "draft_sealed"
    __sealed__ = {"body": Sealed(step=1024, kind="json", limit=400_000)}

    id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
