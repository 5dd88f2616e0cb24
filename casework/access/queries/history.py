"""Who changed a setting, when, and from what to what: for the pages of administration."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.access.models import SettingHistory
from casework.access.queries.offices import names_of, organisation_names
from casework.db import db

MOST = 50
"""Changes shown on a page; older ones stay in the table."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: who made it and each field with both values."""

    at: datetime
    who: str
    office: str
    fields: tuple[tuple[str, Any, Any], ...]
    subject_id: UUID | None = None


def changes(kind: str, subject_ids: Iterable[UUID]) -> list[Change]:
    """The changes of these things, newest first."""
    wanted = list(subject_ids)
    if not wanted:
        return []
    query = (
        select(SettingHistory)
        .where(SettingHistory.kind == kind, SettingHistory.subject_id.in_(wanted))
        .order_by(SettingHistory.recorded_at.desc(), SettingHistory.id.desc())
        .limit(MOST)
    )
    return told(db.session.scalars(query).all())


def told(rows: Sequence[Any]) -> list[Change]:
    """Rows of a history (author, moment, both values as JSON) with the names of people and offices."""
    people = names_of(row.author_user_id for row in rows)
    offices = organisation_names(row.author_org_id for row in rows)
    return [
        Change(
            at=row.recorded_at,
            who=people.get(row.author_user_id, ""),
            office=offices.get(row.author_org_id, ""),
            fields=fields_of(row.before, row.after),
            subject_id=getattr(row, "subject_id", None),
        )
        for row in rows
    ]


def fields_of(before: str, after: str) -> tuple[tuple[str, Any, Any], ...]:
    """(name, before, after) of each field that differs; attributes of a code are told one by one."""
    old, new = _flat(before), _flat(after)
    names = sorted({*old, *new})
    return tuple((name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))


def _flat(text: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(text)
    extra = values.pop("extra", None)
    return values | (json.loads(extra) if isinstance(extra, str) else {})
