"""What every record carries: who wrote it and for whom, which data class, from where; of a person: whose it is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Uuid
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from casework.db import Identified, Utc, utcnow


class Recorded(Identified):
    """Mixin of every record, of a person or of a case: tables add `one_of("source", SOURCES)`."""

    @declared_attr
    @classmethod
    def author_org_id(cls) -> Mapped[UUID]:
        return mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"), nullable=False)

    @declared_attr
    @classmethod
    def author_user_id(cls) -> Mapped[UUID]:
        return mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"), nullable=False)

    @declared_attr
    @classmethod
    def on_behalf_org_id(cls) -> Mapped[UUID | None]:
        """The party without accounts for whom it was recorded (a commune chief, a foreign authority)."""
        return mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))

    data_class: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    source: Mapped[str] = mapped_column(default="said")


class PersonRecord(Recorded):
    """Mixin of records that belong to a person; tables add `Versioned` if they are editable.

    Custody follows the case: who sees such a record is decided with the person's cases and `data_class`, above here.
    """

    @declared_attr
    @classmethod
    def person_id(cls) -> Mapped[UUID]:
        return mapped_column(Uuid, ForeignKey("person.id", ondelete="RESTRICT"), nullable=False, index=True)
