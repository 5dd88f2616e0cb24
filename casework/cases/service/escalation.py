"""Tasks get louder with their lateness; nothing closes itself (docs/domain.md 3: three days before, then weekly)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from casework.cases.models import Case, Task
from casework.cases.service.access import open_classes
from casework.cases.service.tasks import notify
from casework.db import Base, db

SOON = timedelta(days=3)
AGAIN = timedelta(days=7)
"""A reminder three days before the deadline; at the deadline, and then each week, the supervisor is told (D)."""
BATCH = 500
TASKS = Base.metadata.tables[Task.__tablename__]


def level_of(due_at: datetime, now: datetime) -> int:
    """0: nothing yet; 1: within three days; 2: late; 3, 4 ...: late by one, two ... weeks."""
    if now < due_at - SOON:
        return 0
    if now < due_at:
        return 1
    return 2 + int((now - due_at) / AGAIN)


def escalate_tasks(now: datetime) -> int:
    """Tell of tasks that rose a level since the last time; returns how many did. Each level is told once.

    A task with a class of its own (health ...) is told to its worker only: its lateness is no colleague's news.
    """
    rows = db.session.execute(
        select(Task.id, Task.due_at, Task.escalated, Task.case_id, Task.org_id, Task.assignee_id, Task.data_class)
        .join(Case, Case.id == Task.case_id)
        .where(Task.state == "open", Task.due_at <= now + SOON, Case.published)
        .where(or_(Task.told_at.is_(None), Task.told_at <= now))
        .order_by(Task.due_at)
        .limit(BATCH)
    ).all()
    risen = 0
    for row in rows:
        reached = level_of(row.due_at, now)
        # Not through the row: its version is for people, and a sweep must not make their next tap stale.
        db.session.execute(
            update(TASKS).where(TASKS.c.id == row.id).values(escalated=reached, told_at=_next(row.due_at, reached))
        )
        if reached > row.escalated:
            _tell(row, reached)
            risen += 1
    db.session.flush()
    return risen


def _next(due_at: datetime, reached: int) -> datetime:
    """When the task is to be looked at again."""
    return due_at if reached < 2 else due_at + AGAIN * (reached - 1)


def _tell(row: Any, reached: int) -> None:
    kind = "task_soon" if reached < 2 else "task_late"
    about = {"case_id": row.case_id, "record_kind": "task", "record_id": row.id, "data_class": row.data_class}
    if row.assignee_id is not None:
        notify(row.org_id, kind, user_id=row.assignee_id, **about)
    if reached >= 2 and row.data_class in open_classes():
        notify(row.org_id, kind, for_supervisor=True, **about)
