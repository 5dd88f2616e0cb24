"""What every record of a case carries besides what all records do: whose it is and when it happened."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Uuid
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from casework.people.kinds import SOURCES as SOURCE_WORDS
from casework.people.models import Recorded

SOURCES = tuple(SOURCE_WORDS)
"""How the office knows."""


class CaseRecord(Recorded):
    """Mixin of case records. Tables add `one_of("source", SOURCES)` and, if editable, `Versioned`.

    Visibility: an actor sees the record when the case is visible and its `data_class` is open to the organisation
    (or the organisation wrote it and may keep its own), and to the role (cases.queries.visible_records).
    """

    __tablename__: str

    @declared_attr
    @classmethod
    def case_id(cls) -> Mapped[UUID]:
        return mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"), nullable=False, index=True)

    occurred_from: Mapped[date | None]
    occurred_to: Mapped[date | None]
    occurred_precision: Mapped[str | None]
