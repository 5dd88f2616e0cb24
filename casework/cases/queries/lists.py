"""Lists of cases by keyset, counts, and finding one by name, code, phone or document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from casework.access.permissions import Actor
from casework.cases.models import Assignment, Case, CaseAccess
from casework.cases.queries.cursor import Cursor
from casework.cases.queries.visible import classes_of_many, may_see, visible_cases
from casework.cases.workflow import read_code
from casework.db import db, utcnow
from casework.errors import NotVisible
from casework.people.queries import candidates

PAGE = 50
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
    """One line of a list."""

    case: Case
    last_activity: datetime
    next_due_at: datetime | None
    owner: bool


def _filtered(by: Actor, filters: Filters) -> Select[Case, datetime, datetime | None, bool]:
    now = utcnow()
    query = (
        select(Case, CaseAccess.last_visible_activity, CaseAccess.next_due_at, CaseAccess.owner)
        .join(CaseAccess, CaseAccess.case_id == Case.id)
        .where(CaseAccess.org_id == by.organisation_id, CaseAccess.status == filters.status)
        .where(CaseAccess.starts_at <= now, CaseAccess.expires_at > now)
        .where(Case.published, may_see(by, CaseAccess.case_id))
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


def list_cases(
    by: Actor, filters: Filters, after: Cursor | None = None, limit: int = PAGE
) -> tuple[list[Row], Cursor | None]:
    """One page, latest activity first, and the cursor of the next page if there is one. One statement."""
    query = _filtered(by, filters)
    if after is not None:
        query = query.where(after.older(CaseAccess.last_visible_activity, CaseAccess.case_id))
    query = query.order_by(CaseAccess.last_visible_activity.desc(), CaseAccess.case_id.desc()).limit(limit + 1)
    found = [Row(*row) for row in db.session.execute(query)]
    more = len(found) > limit
    rows = found[:limit]
    return rows, Cursor(rows[-1].last_activity, rows[-1].case.id) if more else None


def count_cases(by: Actor, filters: Filters, most: int | None = None) -> int:
    """How many cases a list holds, over rows one may see: exact, or `most` for that many and more."""
    query = _filtered(by, filters).with_only_columns(Case.id, maintain_column_froms=True)
    if most is not None:
        query = query.order_by(CaseAccess.last_visible_activity.desc()).limit(most)  # along the index of the list
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


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
