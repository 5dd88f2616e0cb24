"""What one worker has to do, waits for and should know: bounded lists, the same number of statements however long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_

from casework.access.permissions import Actor
from casework.access.queries import names_of, organisation_names
from casework.cases.models import Case, Notice, Task
from casework.cases.queries import classes_of_many, names_on_list, news_for, task_texts, visible_cases, visible_tasks
from casework.db import db, end_of_day, today
from casework.overview.queries.decisions import Decision, decisions
from casework.overview.workflow import SHOWN, WEEK
from casework.referrals.models import Referral
from casework.referrals.queries import visible_referrals, waiting_for_us
from casework.writes.drafts import DraftRow, list_for

KINDS = ("move", "week", "waiting")
"""Lists of tasks: our move now, our move later this week, waiting for somebody else."""

TOLD = ("approval_asked",)
"""News that stand among our moves until they are decided."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task on a list, with its case."""

    task: Task
    case: Case


@dataclass(frozen=True, slots=True)
class TaskKey:
    """Where the next page of tasks begins: the last row's deadline (None: it had none) and id."""

    due_at: datetime | None
    task_id: UUID

    def __str__(self) -> str:
        return f"{self.due_at.timestamp():.6f}_{self.task_id.hex}" if self.due_at else f"none_{self.task_id.hex}"

    @classmethod
    def read(cls, text: str | None) -> TaskKey | None:
        """The key out of an address; None for nothing or nonsense (then the first page is shown)."""
        stamp, _, task_id = (text or "").partition("_")
        try:
            due = None if stamp == "none" else datetime.fromtimestamp(float(stamp), tz=end_of_day(today()).tzinfo)
            return cls(due, UUID(task_id))
        except (ValueError, OverflowError, OSError):
            return None


@dataclass(frozen=True, slots=True)
class Day:
    """Everything on the page of the day."""

    move: list[TaskRow]
    week: list[TaskRow]
    waiting: list[TaskRow]
    referrals: list[tuple[Referral, str]]
    decisions: list[Decision]
    news: list[tuple[Notice, str]]
    drafts: list[tuple[DraftRow, str]]
    more: frozenset[str]
    """Lists that hold more than is shown."""
    names: dict[UUID, str]
    offices: dict[UUID, str]
    people: dict[UUID, str]
    """Who asked for the decisions."""
    texts: dict[UUID, str]
    late: dict[UUID, str]
    """Task -> its kind, for news that one is late or soon due."""

    @property
    def case_ids(self) -> list[UUID]:
        """The cases that the page shows in some way."""
        tasks = [row.case.id for row in (*self.move, *self.week, *self.waiting)]
        told = [notice.case_id for notice, code in self.news if notice.case_id and code]
        decided = [one.case_id for one in self.decisions]
        kept = [draft.case_id for draft, code in self.drafts if draft.case_id and code]
        return list(
            dict.fromkeys([*tasks, *(referral.case_id for referral, _ in self.referrals), *decided, *told, *kept])
        )


def tasks_query(by: Actor, kind: str, *, mine: bool) -> Select[Any]:
    """Tasks of one of KINDS with their cases, nearest deadline first; `mine` narrows to the worker's own."""
    tonight, soon = end_of_day(today()), end_of_day(today() + timedelta(days=WEEK))
    query = visible_tasks(by).add_columns(Case)
    if kind == "waiting":
        query = query.where(Task.waiting_since.is_not(None))
    else:
        query = query.where(Task.waiting_since.is_(None))
    if kind == "move":
        query = query.where(or_(Task.due_at <= tonight, Task.due_at.is_(None)))
    elif kind == "week":
        query = query.where(Task.due_at > tonight, Task.due_at <= soon)
    return query.where(or_(Task.assignee_id == by.user_id, Task.assignee_id.is_(None))) if mine else query


def list_tasks(
    by: Actor, kind: str, *, mine: bool, after: TaskKey | None = None, limit: int = SHOWN
) -> tuple[list[TaskRow], TaskKey | None]:
    """One page of tasks, and the key of the next page if there is one. One statement."""
    query = tasks_query(by, kind, mine=mine)
    if after is not None and after.due_at is not None:
        same = and_(Task.due_at == after.due_at, Task.id > after.task_id)
        query = query.where(or_(Task.due_at > after.due_at, same, Task.due_at.is_(None)))
    elif after is not None:
        query = query.where(Task.due_at.is_(None), Task.id > after.task_id)
    found = [TaskRow(task, case) for task, case in db.session.execute(query.limit(limit + 1))]
    rows = found[:limit]
    return rows, TaskKey(rows[-1].task.due_at, rows[-1].task.id) if len(found) > limit else None


def awaited(rows: Iterable[TaskRow]) -> set[UUID]:
    """The offices that tasks wait for."""
    return {row.task.waiting_for_org_id for row in rows if row.task.waiting_for_org_id}


def names_beside(by: Actor, rows: Sequence[TaskRow]) -> dict[UUID, str]:
    """Case id -> name for the own office's cases on a list of tasks."""
    cases = list({row.case.id: row.case for row in rows}.values())
    return names_on_list(by, cases, classes_of_many(by, [case.id for case in cases]))


def the_day(by: Actor, *, mine: bool) -> Day:
    """The page of the day for one actor."""
    lists: dict[str, list[TaskRow]] = {}
    more: set[str] = set()
    for kind in KINDS:
        lists[kind], key = list_tasks(by, kind, mine=mine)
        if key is not None:
            more.add(kind)
    rows = [row for kind in KINDS for row in lists[kind]]
    asked = decisions(by)
    referrals, news, drafts = waiting_for_us(by, SHOWN), _openable(by, news_for(by, without=TOLD)), list_for(by)
    codes = _codes(by, [*(notice.case_id for notice in news), *(draft.case_id for draft in drafts)])
    return Day(
        move=lists["move"],
        week=lists["week"],
        waiting=lists["waiting"],
        referrals=referrals,
        decisions=asked,
        news=[(notice, codes.get(notice.case_id, "") if notice.case_id else "") for notice in news],
        drafts=[(draft, codes.get(draft.case_id, "") if draft.case_id else "") for draft in drafts],
        more=frozenset(more),
        names=names_beside(by, rows),
        offices=organisation_names(awaited(rows) | {referral.author_org_id for referral, _ in referrals}),
        people=names_of(one.asked_by for one in asked),
        texts=task_texts([row.task for row in rows]),
        late=_kinds(by, [notice.record_id for notice in news if notice.record_kind == "task"]),
    )


def _kinds(by: Actor, task_ids: Sequence[UUID | None]) -> dict[UUID, str]:
    """What kind of task each of these is, of those that are open and visible: never the words somebody typed."""
    if not task_ids:
        return {}
    query = visible_tasks(by).where(Task.id.in_(task_ids)).with_only_columns(Task.id, Task.kind)
    return {row.id: row.kind for row in db.session.execute(query)}


def _openable(by: Actor, news: list[Notice]) -> list[Notice]:
    """News about a referral only for who may see the referral, else it would say that it exists."""
    about = {one.record_id for one in news if one.record_kind == "referral"}
    if not about:
        return news
    seen = set(db.session.scalars(visible_referrals(by).where(Referral.id.in_(about)).with_only_columns(Referral.id)))
    return [one for one in news if one.record_id not in about or one.record_id in seen]


def _codes(by: Actor, case_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Codes of those of the cases that are visible."""
    wanted = {case_id for case_id in case_ids if case_id is not None}
    if not wanted:
        return {}
    query = visible_cases(by).where(Case.id.in_(wanted)).with_only_columns(Case.id, Case.code)
    return {row.id: row.code for row in db.session.execute(query)}
