"""What a list needs of a case: a dozen columns, where the whole row would be loaded and kept for fifty of them."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from casework.cases.models import Case


class Line(NamedTuple):
    """The columns of a case under their own names, so that names and signs are asked for as of the case itself."""

    id: UUID
    code: str
    person_id: UUID
    owner_org_id: UUID
    status: str
    stage: str
    historical: bool
    identified_as: str
    identified_org_id: UUID | None
    risk_level: str | None
    risk_org_id: UUID | None


LINE = tuple(getattr(Case, name) for name in Line._fields)
