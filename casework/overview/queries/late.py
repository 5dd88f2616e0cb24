"""Late work by whom it waits for and by province, and cases in which nobody wrote: the pages behind the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, false, func, null, or_, select

from casework.access.permissions import Actor
from casework.cases.models import Assignment, Case, CaseAccess, CaseAccessClass, Note, Task
from casework.cases.queries import Cursor, may_see, sees_class, visible_tasks, within_reach
from casework.db import db, utcnow
from casework.overview.workflow import LATE_COUNTED, QUIET_DAYS, SILENT_SHOWN
from casework.people.models import Person


@dataclass(frozen=True, slots=True)
class LateGroup:
    """Late tasks that wait for the same party, or of people of the same province."""

    key: Any
    tasks: int
    cases: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Late:
    """Late tasks counted in two ways. With `more`, only the LATE_COUNTED latest are in the numbers."""

    parties: list[LateGroup]
    """By (office, other party); (None, None): the move is the own office's."""
    provinces: list[LateGroup]
    more: bool


def late(by: Actor) -> Late:
    """What is late, the latest LATE_COUNTED tasks. Two statements."""
    tasks = (
        visible_tasks(by)
        .where(Task.due_at < utcnow())
        .join(Person, Person.id == Case.person_id)
        .order_by(None)
        .order_by(Task.due_at, Task.id)
        .limit(LATE_COUNTED)
        .with_only_columns(
            Task.case_id,
            Task.due_at,
            Task.waiting_for_org_id.label("org"),
            Task.waiting_for.label("party"),
            case((_knows_province(by), Person.origin_province), else_=null()).label("province"),
        )
        .subquery()
    )
    numbers = (func.count(), func.count(tasks.c.case_id.distinct()), func.min(tasks.c.due_at))
    parties = db.session.execute(select(tasks.c.org, tasks.c.party, *numbers).group_by(tasks.c.org, tasks.c.party))
    provinces = db.session.execute(select(tasks.c.province, *numbers).group_by(tasks.c.province))
    by_party = [LateGroup((org, party), *rest) for org, party, *rest in parties]
    return Late(
        sorted(by_party, key=lambda one: (-one.tasks, one.oldest)),
        sorted((LateGroup(*row) for row in provinces), key=lambda one: (-one.tasks, one.oldest)),
        sum(one.tasks for one in by_party) >= LATE_COUNTED,
    )


def _knows_province(by: Actor) -> ColumnElement[bool]:
    """Where the person is from is of the class 'demographic': open to the office and to the role."""
    now = utcnow()
    if "demographic" not in by.classes:
        return false()
    return exists(
        select(1).where(
            CaseAccessClass.org_id == by.organisation_id,
            CaseAccessClass.case_id == Task.case_id,
            CaseAccessClass.data_class == "demographic",
            CaseAccessClass.reach == "all",
            CaseAccessClass.starts_at <= now,
            CaseAccessClass.expires_at > now,
        )
    )


@dataclass(frozen=True, slots=True)
class Silent:
    """An open case in which nobody wrote a note for QUIET_DAYS."""

    case_id: UUID
    code: str
    stage: str
    opened_on: Any
    last: datetime
    """Last activity of any kind, as the office may know it."""
    noted_at: datetime | None
    """Last note that the reader may see."""
    user_id: UUID | None


def silent(by: Actor, after: Cursor | None = None) -> tuple[list[Silent], Cursor | None]:
    """Open cases without a note for QUIET_DAYS that the reader may see, the quietest first, a page at a time.

    Empty for a role that reads no notes: it would take every case for silent. One statement.
    """
    if "case_note" not in by.classes:
        return [], None
    now = utcnow()
    carried = and_(
        Assignment.case_id == Case.id,
        Assignment.org_id == by.organisation_id,
        Assignment.ended_at.is_(None),
        Assignment.part == "carries",
    )
    seen = select(Note.recorded_at).where(Note.case_id == Case.id, sees_class(by, Note)).correlate(Case)
    query = (
        select(
            Case.id, Case.code, CaseAccess.stage, Case.opened_on, CaseAccess.last_visible_activity,
            seen.order_by(Note.recorded_at.desc()).limit(1).scalar_subquery(), Assignment.user_id,
        )
        .join(CaseAccess, CaseAccess.case_id == Case.id)
        .outerjoin(Assignment, carried)
        .where(CaseAccess.org_id == by.organisation_id, CaseAccess.status == "open", Case.published)
        .where(CaseAccess.starts_at <= now, CaseAccess.expires_at > now, ~Case.historical)
        .where(within_reach(by, CaseAccess.case_id), may_see(by, CaseAccess.case_id, now))
        .where(Case.opened_on <= (now - timedelta(days=QUIET_DAYS)).date())
        .where(~exists(seen.where(Note.recorded_at >= now - timedelta(days=QUIET_DAYS))))
        .order_by(CaseAccess.last_visible_activity, CaseAccess.case_id)
        .limit(SILENT_SHOWN + 1)
    )  # fmt: skip
    if after is not None:
        same = and_(CaseAccess.last_visible_activity == after.at, CaseAccess.case_id > after.id)
        query = query.where(or_(CaseAccess.last_visible_activity > after.at, same))
    found = [Silent(*row) for row in db.session.execute(query)]
    rows = found[:SILENT_SHOWN]
    return rows, Cursor(rows[-1].last, rows[-1].case_id) if len(found) > SILENT_SHOWN else None
