"""Lists by keyset: where the next page begins, and the condition that leads there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_

from casework.db import utcnow


@dataclass(frozen=True, slots=True)
class Cursor:
    """The moment and the id of the last row shown."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.at.timestamp():.6f}_{self.id.hex}"

    @classmethod
    def read(cls, text: str | None) -> Cursor | None:
        """The cursor out of an address; None for nothing or nonsense (then the first page is shown)."""
        try:
            stamp, _, row_id = (text or "").partition("_")
            return cls(datetime.fromtimestamp(float(stamp), tz=utcnow().tzinfo), UUID(row_id))
        except (ValueError, OverflowError, OSError):
            return None

    def older(self, at: Any, row_id: Any) -> ColumnElement[bool]:
        """Rows that follow in a list with the newest first, by its columns of moment and id. The moment stands alone
        too: an engine begins there in the index and doesn't walk over the pages before."""
        return and_(at <= self.at, or_(at < self.at, row_id < self.id))
