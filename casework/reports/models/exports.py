"""Files asked for: which report, with which filters, for whom and why. What left stands in the audit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, one_of, utcnow
from casework.vault.fields import Sealed, SealedRow

REPORTS = ("referrals",)
FORMATS = ("csv", "xlsx", "json")


class ExportRecord(Identified, Model):
    """A file that somebody asked for. Append-only; each time it is fetched the audit gets its count and hash."""

    __tablename__ = "export_record"
    __table_args__ = (
        one_of("report", REPORTS),
        one_of("file_format", FORMATS),
        CheckConstraint("expires_at > asked_at", name="expires_later"),
        Index("ix_export_record_author_org_id_asked_at", "author_org_id", "asked_at"),
    )

    author_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    author_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    report: Mapped[str]
    file_format: Mapped[str]
    filters: Mapped[str] = mapped_column(Text)
    """JSON of codes and days, as workflow.ReferralFilter writes it; checked again whenever the file is made."""
    asked_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(Utc)
    """Until when the file may be fetched."""


class ExportRecordSealed(SealedRow, Model):
    """Who gets the file and why, in the words of who asked for it."""

    __tablename__ = "export_record_sealed"
    __sealed__ = {"recipient": Sealed(step=64, limit=200), "reason": Sealed(step=256, limit=1_000)}

    id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("export_record.id", ondelete="CASCADE"), primary_key=True)
    recipient: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)
