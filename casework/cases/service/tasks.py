"""Tasks with their clocks, approvals by a second person, notices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import holders
from casework.audit.recorder import record
from casework.cases.models import Case, Notice, Task, TaskSealed
from casework.cases.service.access import refresh_due
from casework.cases.workflow import NOTICE_KINDS, REMINDERS, TASK_KINDS
from casework.db import check_version, db, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, n_
from casework.vault import fields


def add_task(
    case: Case,
    *,
    by: Actor,
    kind: str,
    org_id: UUID | None = None,
    due_at: datetime | None = None,
    assignee_id: UUID | None = None,
    station: str | None = None,
    data_class: str = "demographic",
    record_kind: str | None = None,
    record_id: UUID | None = None,
    waiting_for_org_id: UUID | None = None,
    waiting_for: str | None = None,
    text: str | None = None,
) -> Task:
    """Put something on an organisation's list (its own by default). Historical cases have no tasks."""
    if case.historical:
        raise InvalidInput(n_("This case is kept for statistics only; it has no tasks."))
    if kind not in TASK_KINDS:
        raise InvalidInput(n_("Choose a kind of task from the list."), field="kind")
    org_id = org_id or by.organisation_id
    waits = waiting_for_org_id is not None or waiting_for is not None
    task = Task(
        id=uuid7(),
        case_id=case.id,
        org_id=org_id,
        assignee_id=assignee_id,
        kind=kind,
        station=station,
        data_class=data_class,
        record_kind=record_kind,
        record_id=record_id,
        due_at=due_at,
        state="open",
        waiting_for_org_id=waiting_for_org_id,
        waiting_for=waiting_for,
        waiting_since=utcnow() if waits else None,
        created_at=utcnow(),
        created_by=by.user_id,
    )
    db.session.add(task)
    if text:
        sealed = TaskSealed(id=task.id, root_id=case.person_id)
        fields.seal(sealed, text=text)
        db.session.add(sealed)
    record(by, "task.added", case_id=case.id, subject=("task", task.id), body={"kind": kind})
    db.session.flush()
    refresh_due(case.id, [org_id])
    return task


def plan_todo(
    case: Case, *, by: Actor, text: str, due_at: datetime | None = None, assignee_id: UUID | None = None
) -> Task:
    """Put what somebody wants done on the list of a colleague of the own office who does tasks, or on the office's."""
    require(by, Permission.TASK_DO)
    able = {one.user_id for one in holders(by.organisation_id, Permission.TASK_DO)}
    if assignee_id is not None and assignee_id not in able:
        raise InvalidInput(n_("Choose a colleague of your own office."), field="assignee_id")
    if not text.strip():
        raise InvalidInput(n_("Write what is to be done."), field="text")
    return add_task(case, by=by, kind="todo", text=text, due_at=due_at, assignee_id=assignee_id)


def finish_task(task: Task, case: Case, *, by: Actor, state: str = "done", expected_version: int | None = None) -> None:
    """End one task: done or cancelled. A task of another organisation is not this actor's to end."""
    require(by, Permission.TASK_DO)
    check_version(task, expected_version)
    if task.state != "open":
        raise InvalidTransition(n_("This task was ended already."))
    _end(case, [task], by=by, state=state)


def finish_tasks(case: Case, record_id: UUID, *, by: Actor, state: str = "done") -> None:
    """End all open tasks that belong to a record, of every organisation: the record's own service calls this."""
    _end(case, _open_tasks(case, record_id), by=by, state=state)


def move_tasks(case: Case, record_id: UUID, *, by: Actor, due_at: datetime | None) -> None:
    """Give the open tasks of a record another deadline; reminders start over."""
    tasks = _open_tasks(case, record_id)
    for task in tasks:
        task.due_at, task.escalated, task.told_at = due_at, 0, None
    record(by, "task.moved", case_id=case.id, body={"tasks": [str(task.id) for task in tasks]})
    db.session.flush()
    refresh_due(case.id, {task.org_id for task in tasks})


def cancel_reminders(case: Case, *, by: Actor) -> None:
    """End the reminders of every office, and what only waits for others: the case is being closed."""
    due = select(Task).where(
        Task.case_id == case.id,
        Task.state == "open",
        or_(Task.kind.in_(REMINDERS), Task.waiting_since.is_not(None)),
    )
    _end(case, db.session.scalars(due), by=by, state="cancelled")


def _open_tasks(case: Case, record_id: UUID) -> list[Task]:
    return list(
        db.session.scalars(
            select(Task).where(Task.case_id == case.id, Task.record_id == record_id, Task.state == "open")
        )
    )


def _end(case: Case, tasks: Iterable[Task], *, by: Actor, state: str) -> None:
    tasks = list(tasks)
    for task in tasks:
        task.state, task.ended_at, task.ended_by = state, utcnow(), by.user_id
    if tasks:
        record(by, f"task.{state}", case_id=case.id, body={"tasks": [str(task.id) for task in tasks]})
        db.session.flush()
        refresh_due(case.id, {task.org_id for task in tasks})


def notify(
    org_id: UUID,
    kind: str,
    *,
    case_id: UUID,
    user_id: UUID | None = None,
    record_kind: str | None = None,
    record_id: UUID | None = None,
    data_class: str = "demographic",
    without_access: bool = False,
    for_supervisor: bool = False,
    due_at: datetime | None = None,
) -> Notice:
    """News for an organisation, or one user of it. Codes and ids only; what it is about is asked for when shown.

    `data_class` is that of the record it is about: who may not read the record gets no news of it. `without_access`:
    about a packet or an end, for an office to which the case is not open; a user kept away from the case gets none.
    """
    if kind not in NOTICE_KINDS:
        raise ValueError(kind)
    notice = Notice(
        id=uuid7(),
        org_id=org_id,
        user_id=user_id,
        case_id=case_id,
        kind=kind,
        record_kind=record_kind,
        record_id=record_id,
        data_class=data_class,
        without_access=without_access,
        for_supervisor=for_supervisor,
        created_at=utcnow(),
        due_at=due_at,
    )
    db.session.add(notice)
    return notice


def acknowledge(notice: Notice, *, by: Actor) -> None:
    """Say that the news was read, or that shared data were erased. Twice has one effect."""
    if notice.acknowledged_at is None:
        notice.acknowledged_at, notice.acknowledged_by = utcnow(), by.user_id
        record(by, "notice.acknowledged", case_id=notice.case_id, subject=("notice", notice.id))
        db.session.flush()
