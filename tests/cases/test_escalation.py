"""Deadlines: each level is told once, to whom it concerns, and never by a colleague's class."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from casework.cases.models import Notice, Task
from casework.cases.service import add_task, escalate_tasks, finish_task, move_tasks, plan_todo
from casework.db import db, utcnow
from casework.errors import InvalidInput
from tests import scenes as make


@pytest.fixture(autouse=True)
def database(session: Any) -> None:
    """Every test here stands on the database."""


def told(kind: str) -> list[bool]:
    rows = db.session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.for_supervisor))
    return [row.for_supervisor for row in rows]


def test_a_task_is_reminded_then_late_then_told_each_week() -> None:
    by = make.user(make.office())
    due = utcnow() + timedelta(days=10)
    task = add_task(make.case(by), by=by, kind="todo", due_at=due, assignee_id=by.user_id)
    assert escalate_tasks(due - timedelta(days=4)) == 0
    assert escalate_tasks(due - timedelta(days=2)) == 1
    assert escalate_tasks(due - timedelta(days=1)) == 0
    assert told("task_soon") == [False]
    assert escalate_tasks(due) == 1
    assert escalate_tasks(due + timedelta(days=6)) == 0
    assert told("task_late") == [False, True]
    assert escalate_tasks(due + timedelta(days=8)) == 1
    assert escalate_tasks(due + timedelta(days=22)) == 1
    db.session.expire_all()
    assert db.session.get_one(Task, task.id).version == 1


def test_a_done_task_is_silent_and_a_moved_one_starts_over() -> None:
    by = make.user(make.office())
    case = make.case(by)
    due = utcnow() + timedelta(days=1)
    done = add_task(case, by=by, kind="todo", due_at=due)
    finish_task(done, case, by=by)
    moved = add_task(case, by=by, kind="follow_up", due_at=due, record_id=case.id)
    assert escalate_tasks(due) == 1
    db.session.expire_all()
    move_tasks(case, case.id, by=by, due_at=due + timedelta(days=30))
    assert escalate_tasks(due + timedelta(days=1)) == 0
    assert escalate_tasks(due + timedelta(days=31)) == 1
    db.session.expire_all()
    assert db.session.get_one(Task, moved.id).escalated == 2


def test_the_lateness_of_a_health_task_is_news_for_its_worker_only() -> None:
    organisation = make.office()
    nurse = make.user(organisation, "health_worker")
    case = make.case(make.user(organisation))
    add_task(case, by=nurse, kind="todo", due_at=utcnow(), assignee_id=nurse.user_id, data_class="health")
    assert escalate_tasks(utcnow()) == 1
    assert told("task_late") == [False]


def test_a_task_goes_to_a_colleague_who_does_tasks_and_to_nobody_else() -> None:
    office = make.office()
    by, stranger, observer = make.user(office), make.user(make.office()), make.user(office, "observer")
    case = make.case(by)
    for other in (stranger, observer):
        with pytest.raises(InvalidInput) as refused:
            plan_todo(case, by=by, text="Call.", assignee_id=other.user_id)
        assert refused.value.field == "assignee_id"
    assert plan_todo(case, by=by, text="Call.", assignee_id=by.user_id).kind == "todo"
