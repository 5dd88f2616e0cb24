"""Reads of the audit: who has seen or touched a case, and what a user did."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_

from casework.audit.models import AuditEvent, AuditSubject
from casework.db import db

Key = tuple[datetime, uuid.UUID]
"""Where a page ends: time and id of its last entry."""


@dataclass(frozen=True)
class Entry:
    """One act or view as the page shows it."""

    id: uuid.UUID
    at: datetime
    user_id: uuid.UUID | None
    organisation_id: uuid.UUID | None
    action: str
    subject_kind: str | None
    subject_id: uuid.UUID | None
    body: str

    @property
    def key(self) -> Key:
        """Hand it in as `after` for the next page."""
        return (self.at, self.id)


COLUMNS = (
    AuditEvent.id, AuditEvent.at, AuditEvent.user_id, AuditEvent.organisation_id, AuditEvent.action,
    AuditEvent.subject_kind, AuditEvent.subject_id, AuditEvent.body,
)  # fmt: skip


def who_has_seen(case_id: uuid.UUID, *, after: Key | None = None, limit: int = 50) -> list[Entry]:
    """What concerned or showed this case, newest first, `limit` entries after the key `after`.

    Does not ask who wants to know: the caller has found the case through the authoritative predicate.
    """
    newest = (AuditSubject.at.desc(), AuditSubject.event_id.desc())
    page = select(AuditSubject.event_id).where(AuditSubject.case_id == case_id).order_by(*newest).limit(limit)
    if after is not None:
        page = page.where(tuple_(AuditSubject.at, AuditSubject.event_id) < after)
    return _entries(list(db.session.scalars(page)))


def _entries(ids: Sequence[uuid.UUID]) -> list[Entry]:
    rows = {row.id: Entry(*row) for row in db.session.execute(select(*COLUMNS).where(AuditEvent.id.in_(ids)))}
    return [rows[one] for one in ids if one in rows]
