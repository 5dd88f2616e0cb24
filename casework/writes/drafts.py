"""Server-side drafts: sealed, per user and form, for days; they survive a time-out and another device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select

from casework.audit.recorder import Doer, record
from casework.db import db, utcnow
from casework.errors import NotVisible
from casework.vault import fields, keys
from casework.vault.models import DataKey
from casework.writes.models import Draft, DraftSealed

KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as its owner's list shows it: no contents."""

    id: UUID
    endpoint: str
    location: str
    case_id: UUID | None
    updated_at: datetime


def save(
    draft_id: UUID,
    *,
    by: Doer,
    endpoint: str,
    location: str,
    values: Mapping[str, list[str]],
    case_id: UUID | None = None,
) -> None:
    """Store what the user typed under the form's own id. Another user's id is answered as if absent."""
    draft = db.session.get(Draft, draft_id)
    if draft is None:
        draft = Draft(id=draft_id, user_id=by.user_id, organisation_id=by.organisation_id, created_at=utcnow())
        keys.make_root("draft", draft_id)
        sealed = DraftSealed(id=draft_id, root_id=draft_id)
        db.session.add_all([draft, sealed])
    else:
        if draft.user_id != by.user_id:
            raise NotVisible
        sealed = db.session.get_one(DraftSealed, draft_id)
    draft.endpoint, draft.location, draft.case_id = endpoint, location, case_id
    draft.updated_at = utcnow()
    draft.expires_at = draft.updated_at + KEPT
    fields.seal(sealed, body=dict(values))
    db.session.flush()


def load(draft_id: UUID, *, by: Doer) -> dict[str, list[str]] | None:
    """What this user typed under this id, or None. Nobody else's draft is ever found."""
    found = db.session.execute(
        select(DraftSealed)
        .join(Draft, Draft.id == DraftSealed.id)
        .where(Draft.id == draft_id, Draft.user_id == by.user_id, Draft.organisation_id == by.organisation_id)
        .where(Draft.expires_at > utcnow())
    ).scalar_one_or_none()
    if found is None:
        return None
    body: Any = fields.unseal(found, "body")
    return {str(name): [str(value) for value in values] for name, values in (body or {}).items()}


def drop(draft_id: UUID) -> None:
    """Delete a draft with its key: it ends with the record it became, or with its time."""
    db.session.execute(delete(Draft).where(Draft.id == draft_id))
    db.session.execute(delete(DataKey).where(DataKey.root_id == draft_id))


def discard(draft_id: UUID, *, by: Doer) -> None:
    """The owner throws a draft away. Another user's, or one of another office, is answered as if absent."""
    draft = db.session.get(Draft, draft_id)
    if draft is None or draft.user_id != by.user_id or draft.organisation_id != by.organisation_id:
        raise NotVisible
    record(by, "draft.discarded", case_id=draft.case_id, subject=("draft", draft_id))
    drop(draft_id)


def count_for(by: Doer) -> int:
    """How many drafts of this user wait in this organisation."""
    mine = select(func.count()).where(Draft.user_id == by.user_id, Draft.organisation_id == by.organisation_id)
    return db.session.scalar(mine.where(Draft.expires_at > utcnow())) or 0


def list_for(by: Doer, limit: int = 20) -> list[DraftRow]:
    """The user's own drafts in this organisation, newest first."""
    rows = db.session.execute(
        select(Draft.id, Draft.endpoint, Draft.location, Draft.case_id, Draft.updated_at)
        .where(Draft.user_id == by.user_id, Draft.organisation_id == by.organisation_id)
        .where(Draft.expires_at > utcnow())
        .order_by(Draft.updated_at.desc())
        .limit(limit)
    )
    return [DraftRow(*row) for row in rows]


def sweep() -> int:
    """Drop the drafts whose days are over; returns how many. Called by run-due."""
    old = list(db.session.scalars(select(Draft.id).where(Draft.expires_at <= utcnow()).limit(500)))
    for draft_id in old:
        drop(draft_id)
    return len(old)
