"""Lists of cases by keyset, counts, and finding one by name, code, phone or document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from casework.access.permissions import Actor
from casework.cases.models import Assignment, Case, CaseAccess
from casework.cases.queries.cursor import Cursor
from casework.cases.queries.line import LINE, Line
from casework.cases.queries.visible import Classes, classes_among, classes_of_many, may_see, visible_cases
from casework.cases.workflow import read_code
from casework.db import db, utcnow
from casework.errors import NotVisible
from casework.people.queries import candidates

PAGE = 50
CLOSED = Classes(frozenset(), frozenset())
"""Nothing of a case is open."""
NO_MARKS = str.maketrans("", "", " +-.()")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; nothing set means all that is visible. A filter never widens."""

    status: str = "open"
    stage: str | None = None
    mine: bool = False
    late: bool = False
    owner: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list, and what of its case is open to the actor."""

    case: Line
    last_activity: datetime
    next_due_at: datetime | None
    owner: bool
    classes: Classes


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list."""

    rows: list[Row]
    next: Cursor | None
    """Where the next page begins, if there is one."""
    total: int
    """How many cases there are from the first of these on: exact, or as many as were to be counted."""

    @property
    def cases(self) -> list[Line]:
        """The cases of the page."""
        return [row.case for row in self.rows]

    @property
    def classes(self) -> dict[UUID, Classes]:
        """Case id -> what of it is open."""
        return {row.case.id: row.classes for row in self.rows}


def list_cases(by: Actor, filters: Filters, after: Cursor | None = None, limit: int = PAGE, counted: int = 0) -> Listed:
    """One page, latest activity first; cases are counted on to `counted`. Two statements, whatever the length."""
    now = utcnow()
    query = _filtered(by, filters, now)
    if after is not None:
        query = query.where(after.older(CaseAccess.last_visible_activity, CaseAccess.case_id))
    query = query.order_by(CaseAccess.last_visible_activity.desc(), CaseAccess.case_id.desc())
    found = db.session.execute(query.limit(max(limit + 1, counted))).all()
    shown = [(Line(*row[:-3]), *row[-3:]) for row in found[:limit]]
    classes = classes_among(by, [line.id for line, *_ in shown], now) if shown else {}
    rows = [Row(line, last, due, owner, classes.get(line.id, CLOSED)) for line, last, due, owner in shown]
    more = Cursor(rows[-1].last_activity, rows[-1].case.id) if len(found) > limit else None
    return Listed(rows, more, len(found))


def _filtered(by: Actor, filters: Filters, now: datetime) -> Select[Any]:
    query = (
        select(*LINE, CaseAccess.last_visible_activity, CaseAccess.next_due_at, CaseAccess.owner)
        .join(CaseAccess, CaseAccess.case_id == Case.id)
        .where(CaseAccess.org_id == by.organisation_id, CaseAccess.status == filters.status)
        .where(CaseAccess.starts_at <= now, CaseAccess.expires_at > now)
        .where(Case.published, may_see(by, CaseAccess.case_id, now))
    )
    if filters.stage:
        query = query.where(CaseAccess.stage == filters.stage)
    if filters.late:
        query = query.where(CaseAccess.next_due_at < now)
    if filters.owner:
        query = query.where(CaseAccess.owner)
    if filters.mine:
        carried = select(Assignment.case_id).where(
            Assignment.user_id == by.user_id,
            Assignment.org_id == by.organisation_id,
            Assignment.ended_at.is_(None),
        )
        query = query.where(CaseAccess.case_id.in_(carried))
    return query


def case_by_code(by: Actor, text: str) -> Case:
    """The visible case of a typed code, or NotVisible."""
    code = read_code(text)
    found = db.session.scalars(visible_cases(by).where(Case.code == code)).one_or_none() if code else None
    if found is None:
        raise NotVisible
    return found


def find(by: Actor, text: str, limit: int = 20) -> list[Case]:
    """Cases that match a typed code, name (any order), phone or document number: all laid over the one predicate.

    By name, phone and document only cases whose identity is open to the actor are found.
    """
    text = text.strip()
    if not text:
        return []
    code = read_code(text)
    if code is not None:
        return list(db.session.scalars(visible_cases(by).where(Case.code == code)))
    people = candidates(by.organisation_id, text)
    if not people:
        return []
    rows = list(
        db.session.scalars(
            visible_cases(by)
            .where(Case.person_id.in_(people))
            .order_by(Case.status.desc(), Case.id.desc())
            .limit(limit)
        )
    )
    classes = classes_of_many(by, [case.id for case in rows])
    # A number may be a phone's: to find by it is to learn it.
    needed = {"identity", "contact"} if text.translate(NO_MARKS).isdigit() else {"identity"}
    return [case for case in rows if case.id in classes and needed <= classes[case.id].all]
