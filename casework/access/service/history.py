"""Keeps what a setting said before it was changed, beside the audit row that says that it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from casework.access.models import SettingHistory
from casework.audit.recorder import Doer
from casework.db import db, utcnow


def remember(
    kind: str, subject_id: UUID, *, by: Doer, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    """Keep both values of every field that differs; nothing where none does, or where the program itself acts."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if not names or by.user_id is None or by.organisation_id is None:
        return
    db.session.add(
        SettingHistory(
            kind=kind,
            subject_id=subject_id,
            author_org_id=by.organisation_id,
            author_user_id=by.user_id,
            recorded_at=utcnow(),
            before=_packed(before, names),
            after=_packed(after, names),
        )
    )
    db.session.flush()


def _packed(values: Mapping[str, object], names: list[str]) -> str:
    return json.dumps({name: values.get(name) for name in names}, ensure_ascii=False, sort_keys=True, default=str)
