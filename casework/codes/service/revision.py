"""Tells every worker that the lists changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from casework.codes import queries
from casework.codes.models import CodeRevision
from casework.db import db, uuid7


def touch() -> None:
    """Move the revision row and drop this process's cache, now and again once the change is committed."""
    db.session.flush()
    row = db.session.get(CodeRevision, 1)
    if row is None:
        db.session.add(CodeRevision(id=1, token=uuid7()))
    else:
        row.token = uuid7()
    db.session.flush()
    queries.forget()
    event.listen(db.session(), "after_commit", _committed, once=True)


def _committed(session: Any) -> None:
    """Another thread may have cached the lists as they stood before the commit."""
    queries.forget()
