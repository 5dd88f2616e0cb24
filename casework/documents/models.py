"""A document of a case; its name and title are sealed, its contents lie in the sealed file store."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Identified, Model, Utc, one_of, utcnow
from casework.vault.fields import Sealed, SealedRow


class Document(CaseRecord, Model):
    """One file. Append-only: a better scan is another document."""

    __tablename__ = "document"
    __table_args__ = (
        one_of("source", SOURCES),
        CheckConstraint("size > 0", name="size_positive"),
        CheckConstraint("length(sha256) = 64", name="sha256_whole"),
    )

    file_id: Mapped[UUID] = mapped_column(Uuid, unique=True)
    root_id: Mapped[UUID] = mapped_column(Uuid)
    """Whose data key seals the contents."""
    kind: Mapped[str]
    """Code of id_document, travel_document or identification_form, or 'other'."""
    media_type: Mapped[str]
    image: Mapped[bool]
    """Made anew by us, so it may be shown in the page; everything else is for download only."""
    size: Mapped[int]
    sha256: Mapped[str]
    """Of the sealed file: finds a changed or missing one without a key."""


class DocumentSealed(SealedRow, Model):
    """What the worker called it."""

    __tablename__ = "document_sealed"
    __sealed__ = {"title": Sealed(step=64, limit=200)}


class Scan(Identified, Model):
    """A signed paper that belongs to no single case, such as a letter of the register. Append-only; whoever points to
    it decides who may open it."""

    __tablename__ = "scan"
    __table_args__ = (
        CheckConstraint("size > 0", name="size_positive"),
        CheckConstraint("length(sha256) = 64", name="sha256_whole"),
    )

    file_id: Mapped[UUID] = mapped_column(Uuid, unique=True)
    root_id: Mapped[UUID] = mapped_column(Uuid)
    """Whose data key seals the contents."""
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    by_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    by_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
