"""What stands about the needs of the first hour."""

from __future__ import annotations

from casework.access.permissions import Actor
from casework.assistance.models import EmergencyNeed
from casework.cases.models import Case
from casework.cases.queries import visible_records
from casework.db import db


def needs_now(by: Actor, case: Case) -> dict[str, EmergencyNeed]:
    """The newest answer to each need of a case, as far as the actor may see."""
    rows = visible_records(by, EmergencyNeed).where(EmergencyNeed.case_id == case.id)
    newest: dict[str, EmergencyNeed] = {}
    for row in db.session.scalars(rows.order_by(EmergencyNeed.recorded_at, EmergencyNeed.id)):
        newest[row.need] = row
    return newest
