"""What every record of a case carries: whose it is, who wrote it, for whom, which data class, when, from where."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Uuid
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from casework.db import Identified, Utc, utcnow

SOURCES = ("said", "seen", "paper", "phone", "import")
"""How the office knows: the person said it, the worker saw it, a paper, a phone call, an imported file."""


class CaseRecord(Identified):
    """Mixin of case records. Tables add `one_of("source", SOURCES)` and, if editable, `Versioned`.

    Visibility: an actor sees the record when the case is visible and its `data_class` is open to the organisation
    (or the organisation wrote it and may keep its own), and to the role (cases.queries.visible_records).
    """

    __tablename__: str

    @declared_attr
    @classmethod
    def case_id(cls) -> Mapped[UUID]:
        return mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"), nullable=False, index=True)

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
    occurred_from: Mapped[date | None]
    occurred_to: Mapped[date | None]
    occurred_precision: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    source: Mapped[str] = mapped_column(default="said")
