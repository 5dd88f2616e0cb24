"""Until when a person's request about the own data is answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.codes.queries import find
from casework.db import PHNOM_PENH, end_of_day
from casework.vault.models import ErasureRequest


def answer_by(request: ErasureRequest) -> datetime | None:
    """The end of the last day in time, by the days of its kind (list rights_request_type); None once it is decided."""
    kind = find("rights_request_type", request.reason)
    days = kind.extra.get("due_days", "") if kind else ""
    if not days.isdecimal() or request.second_by or request.refused_at:
        return None
    return end_of_day(request.requested_at.astimezone(PHNOM_PENH).date() + timedelta(days=int(days)))
