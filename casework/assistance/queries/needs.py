"""What stands about the needs of the first hour."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from casework.access.permissions import Actor
from casework.assistance.models import EmergencyNeed
from casework.cases.models import Case
from casework.cases.queries import visible_records
from casework.db import db


def needs_now(by: Actor, case: Case) -> dict[str, EmergencyNeed]:
    """The newest answer to each need of a case, as far as the actor may see."""
    return needs_of(by, [case.id]).get(case.id, {})


def needs_of(by: Actor, case_ids: Sequence[UUID]) -> dict[UUID, dict[str, EmergencyNeed]]:
    """Case id -> need -> the newest answer, for a page of cases in one statement."""
    if not case_ids:
        return {}
    rows = visible_records(by, EmergencyNeed).where(EmergencyNeed.case_id.in_(list(case_ids)))
    newest: dict[UUID, dict[str, EmergencyNeed]] = {}
    for row in db.session.scalars(rows.order_by(EmergencyNeed.recorded_at, EmergencyNeed.id)):
        newest.setdefault(row.case_id, {})[row.need] = row
    return newest
