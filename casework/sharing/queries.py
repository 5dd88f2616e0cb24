"""What an office was asked to stop using and to erase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.access.permissions import Actor, Permission, can
from casework.cases.models import Case, Notice
from casework.cases.queries import visible_notices
from casework.consent.models import ConsentEntry
from casework.db import db


@dataclass(frozen=True, slots=True)
class Stop:
    """One request to stop and erase: the code of the case is all that is said."""

    notice_id: UUID
    case_id: UUID
    code: str
    purpose: str
    asked_at: datetime
    due_at: datetime | None


def stop_notices(by: Actor, limit: int = 100) -> list[Stop]:
    """Requests that wait for this office's confirmation, the nearest deadline first; the case itself is closed."""
    if not can(by, Permission.REFERRAL_ANSWER):
        return []
    rows = db.session.execute(
        visible_notices(by)
        .add_columns(Case.id, Case.code, ConsentEntry.purpose)
        .join(ConsentEntry, ConsentEntry.id == Notice.record_id)
        .where(Notice.kind == "consent_withdrawn", Notice.due_at.is_not(None), Notice.acknowledged_at.is_(None))
        .order_by(Notice.due_at, Notice.id)
        .limit(limit)
    )
    return [
        Stop(notice.id, case_id, code, purpose, notice.created_at, notice.due_at)
        for notice, case_id, code, purpose in rows
    ]
