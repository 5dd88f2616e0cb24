"""One run of an import: which file, for whom, how far it came."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, one_of, utcnow

STATES = ("staging", "published", "stopped")


class ImportRun(Identified, Model):
    """An import that was begun. Its cases carry its id and are out of sight until it is published."""

    __tablename__ = "import_run"
    __table_args__ = (
        one_of("state", STATES),
        CheckConstraint("length(file_digest) = 64", name="digest_whole"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_has_time"),
        Index("ix_import_run_org_id_started_at", "org_id", "started_at"),
    )

    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    file_digest: Mapped[str]
    mapping: Mapped[str]
    """Name of the mapping, as it says itself."""
    state: Mapped[str] = mapped_column(default="staging")
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_made: Mapped[int] = mapped_column(default=0)
    rows_known: Mapped[int] = mapped_column(default=0)
    rows_faulty: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    published_at: Mapped[datetime | None] = mapped_column(Utc)
