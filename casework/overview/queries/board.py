"""The board: where cases stand, what is late, who carries how much. Counts are made by the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import case, func, select

from casework.access.permissions import Actor
from casework.access.queries import everybody
from casework.cases.models import STATIONS, Assignment, Case, CaseAccess, Task
from casework.cases.queries import may_see, visible_tasks, within_reach
from casework.db import db, utcnow
from casework.overview.workflow import LATE_SHOWN, QUIET_DAYS, QUIET_SHOWN


@dataclass(slots=True)
class Column:
    """One stage: open cases, and how many of them are late for the own office."""

    stage: str
    cases: int = 0
    late: int = 0


@dataclass(slots=True)
class Load:
    """Open cases that one worker carries; no worker: cases that nobody of the office carries."""

    user_id: UUID | None
    name: str
    cases: int = 0
    late: int = 0


@dataclass(slots=True)
class Figures:
    """The counts of the board."""

    columns: list[Column]
    loads: list[Load]
    quiet: int = 0
    total: int = 0
    names: dict[UUID, str] = field(default_factory=dict)


def live(by: Actor, now: datetime) -> Any:
    """Rows of open cases on this actor's board with the user who carries each."""
    carrier = (
        (Assignment.case_id == CaseAccess.case_id)
        & (Assignment.org_id == by.organisation_id)
        & (Assignment.part == "carries")
        & Assignment.ended_at.is_(None)
    )
    return (
        select(
            CaseAccess.stage,
            Assignment.user_id,
            case((CaseAccess.next_due_at < now, 1), else_=0).label("late"),
            case((CaseAccess.last_visible_activity < now - timedelta(days=QUIET_DAYS), 1), else_=0).label("quiet"),
        )
        .join(Case, Case.id == CaseAccess.case_id)
        .outerjoin(Assignment, carrier)
        .where(CaseAccess.org_id == by.organisation_id, CaseAccess.status == "open")
        .where(CaseAccess.starts_at <= now, CaseAccess.expires_at > now)
        .where(Case.published, within_reach(by, CaseAccess.case_id), may_see(by, CaseAccess.case_id, now))
        .subquery()
    )


def figures(by: Actor) -> Figures:
    """Stages, lateness, caseload and quiet cases in one statement over the cases of the actor's reach."""
    rows = live(by, utcnow())
    grouped = select(rows.c.stage, rows.c.user_id, func.count(), func.sum(rows.c.late), func.sum(rows.c.quiet))
    people = everybody(by.organisation_id)
    columns = {stage: Column(stage) for stage in STATIONS}
    loads: dict[UUID | None, Load] = {}
    found = Figures(list(columns.values()), [], names=people)
    for stage, user_id, count, late, quiet in db.session.execute(grouped.group_by(rows.c.stage, rows.c.user_id)):
        column = columns[stage]
        column.cases, column.late = column.cases + count, column.late + late
        load = loads.setdefault(user_id, Load(user_id, people.get(user_id, "")))
        load.cases, load.late = load.cases + count, load.late + late
        found.quiet, found.total = found.quiet + quiet, found.total + count
    found.loads = sorted(loads.values(), key=lambda load: (load.user_id is None, -load.cases, load.name))
    return found


class Late(NamedTuple):
    """A task whose day has passed: its columns, and the code of its case."""

    case_id: UUID
    kind: str
    record_kind: str | None
    record_id: UUID | None
    due_at: datetime
    assignee_id: UUID | None
    waiting_since: datetime | None
    waiting_for_org_id: UUID | None
    waiting_for: str | None
    code: str


LATE = (*(getattr(Task, name) for name in Late._fields[:-1]), Case.code)


def late_tasks(by: Actor, limit: int = LATE_SHOWN) -> list[Late]:
    """What is late, the longest first."""
    query = visible_tasks(by).with_only_columns(*LATE, maintain_column_froms=True).where(Task.due_at < utcnow())
    ordered = query.order_by(None).order_by(Task.due_at, Task.id).limit(limit)
    return [Late(*row) for row in db.session.execute(ordered)]


@dataclass(frozen=True, slots=True)
class Quiet:
    """An open case in which nothing happened for long, and who carries it."""

    case_id: UUID
    code: str
    stage: str
    """As the office may know it."""
    last: datetime
    user_id: UUID | None


def quiet_cases(by: Actor, limit: int = QUIET_SHOWN) -> list[Quiet]:
    """Open cases without activity for QUIET_DAYS, the quietest first, with who carries them."""
    now = utcnow()
    carried = (Assignment.case_id == Case.id) & (Assignment.org_id == by.organisation_id)
    query = (
        select(Case.id, Case.code, CaseAccess.stage, CaseAccess.last_visible_activity, Assignment.user_id)
        .join(CaseAccess, CaseAccess.case_id == Case.id)
        .outerjoin(Assignment, carried & Assignment.ended_at.is_(None) & (Assignment.part == "carries"))
        .where(CaseAccess.org_id == by.organisation_id, CaseAccess.status == "open")
        .where(CaseAccess.starts_at <= now, CaseAccess.expires_at > now)
        .where(CaseAccess.last_visible_activity < now - timedelta(days=QUIET_DAYS))
        .where(Case.published, may_see(by, CaseAccess.case_id, now))
        .order_by(CaseAccess.last_visible_activity, CaseAccess.case_id)
        .limit(limit)
    )
    return [Quiet(*row) for row in db.session.execute(query)]
