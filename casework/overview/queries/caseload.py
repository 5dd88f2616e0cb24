"""What one worker of an office carries, and what would move to whom if it were handed over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, or_, select

from casework.access.permissions import Actor, Permission, Scope
from casework.access.queries import Member, holders
from casework.cases.models import Assignment, Case, CaseAccess, Exclusion, Task
from casework.cases.queries import may_see, visible_tasks, within_reach
from casework.db import db, utcnow
from casework.overview.workflow import MOVED_AT_ONCE


@dataclass(frozen=True, slots=True)
class Carried:
    """An open case as a list of one worker's cases shows it: code and days, no name."""

    case_id: UUID
    code: str
    stage: str
    opened_on: date
    last: datetime
    due: datetime | None
    tasks: int = 0
    """Open tasks of the office that the reader may see; they move along."""

    def late(self, now: datetime) -> bool:
        """A task of the office is late."""
        return self.due is not None and self.due < now


@dataclass(frozen=True, slots=True)
class Move:
    """Who would carry a case; None: none of the chosen colleagues may take it."""

    case: Carried
    to: UUID | None
    out_of_sight: bool = False
    """It goes to another team, where who hands it over no longer reaches it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a hand-over would do, as it is shown before it is done."""

    moves: Sequence[Move]

    @property
    def going(self) -> list[Move]:
        """Those that have somebody to go to."""
        return [move for move in self.moves if move.to is not None]

    @property
    def digest(self) -> str:
        """Says whether what is done is what was shown."""
        lines = sorted(f"{move.case.case_id}:{move.to}" for move in self.moves)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def colleagues(by: Actor, worker: UUID | None) -> list[Member]:
    """Who may carry on: colleagues that work on cases, without the one whose cases they are."""
    return [member for member in holders(by.organisation_id, Permission.TASK_DO) if member.user_id != worker]


def carried(by: Actor, worker: UUID | None, *, only: Iterable[UUID] | None = None) -> list[Carried]:
    """Open cases that a worker (None: nobody) of the own office carries, what is due first; at most MOVED_AT_ONCE."""
    query = _carried(by, worker)
    if only is not None:
        query = query.where(CaseAccess.case_id.in_(list(only)))
    ordered = query.order_by(CaseAccess.next_due_at.is_(None), CaseAccess.next_due_at, CaseAccess.case_id)
    rows = list(db.session.execute(ordered.limit(MOVED_AT_ONCE)))
    tasks = _tasks(by, [row[0] for row in rows])
    return [
        Carried(case_id, code, stage, opened_on, last, due, tasks.get(case_id, 0))
        for case_id, code, stage, opened_on, last, due in rows
    ]


def count_carried(by: Actor, worker: UUID | None) -> int:
    """How many those are."""
    return db.session.scalar(_carried(by, worker).with_only_columns(func.count())) or 0


def _carried(by: Actor, worker: UUID | None) -> Select[UUID, str, str, date, datetime, datetime | None]:
    now = utcnow()
    carries = and_(
        Assignment.case_id == CaseAccess.case_id,
        Assignment.org_id == by.organisation_id,
        Assignment.part == "carries",
        Assignment.ended_at.is_(None),
    )
    query = (
        select(
            CaseAccess.case_id, Case.code, CaseAccess.stage, Case.opened_on,
            CaseAccess.last_visible_activity, CaseAccess.next_due_at,
        )
        .join(Case, Case.id == CaseAccess.case_id)
        .where(CaseAccess.org_id == by.organisation_id, CaseAccess.status == "open", Case.published)
        .where(CaseAccess.starts_at <= now, CaseAccess.expires_at > now)
        .where(within_reach(by, CaseAccess.case_id), may_see(by, CaseAccess.case_id, now))
    )  # fmt: skip
    if worker is None:
        return query.where(~exists(select(1).where(carries)))
    return query.join(Assignment, and_(carries, Assignment.user_id == worker))


def _tasks(by: Actor, case_ids: Sequence[UUID]) -> dict[UUID, int]:
    if not case_ids:
        return {}
    query = visible_tasks(by).where(Task.case_id.in_(case_ids)).order_by(None)
    rows = db.session.execute(query.with_only_columns(Task.case_id, func.count()).group_by(Task.case_id))
    return {case_id: count for case_id, count in rows}


def loads(by: Actor, users: Iterable[UUID]) -> dict[UUID, int]:
    """Open cases that each of some colleagues carries, as far as the actor reaches. One statement."""
    wanted, now = list(users), utcnow()
    query = (
        select(Assignment.user_id, func.count())
        .join(CaseAccess, and_(CaseAccess.case_id == Assignment.case_id, CaseAccess.org_id == Assignment.org_id))
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.org_id == by.organisation_id, Assignment.user_id.in_(wanted))
        .where(Assignment.part == "carries", Assignment.ended_at.is_(None))
        .where(CaseAccess.status == "open", Case.published, may_see(by, Assignment.case_id, now))
        .group_by(Assignment.user_id)
    )
    return {user: 0 for user in wanted} | {user: count for user, count in db.session.execute(query)}


def plan(by: Actor, worker: UUID | None, case_ids: Sequence[UUID], to: Sequence[UUID]) -> Plan:
    """Give each case to whoever of the chosen carries least and is not kept away from it. Writes nothing."""
    members = {member.user_id: member for member in colleagues(by, worker)}
    takers = [user for user in to if user in members]
    cases = sorted(carried(by, worker, only=case_ids), key=lambda one: one.code)
    away = _kept_away([one.case_id for one in cases], takers)
    weight = loads(by, takers)
    moves = []
    for one in cases:
        free = [user for user in takers if (one.case_id, user) not in away]
        taker = min(free, key=lambda user: (weight[user], takers.index(user)), default=None)
        if taker is not None:
            weight[taker] += 1
        moves.append(Move(one, taker, taker is not None and _hidden(by, members[taker])))
    return Plan(moves)


def _hidden(by: Actor, taker: Member) -> bool:
    return by.scope == Scope.TEAM and taker.team_id != by.team_id


def _kept_away(case_ids: Sequence[UUID], users: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    now = utcnow()
    query = select(Exclusion.case_id, Exclusion.user_id).where(
        Exclusion.case_id.in_(case_ids),
        Exclusion.user_id.in_(users),
        or_(Exclusion.ended_at.is_(None), Exclusion.ended_at > now),
    )
    return {(case_id, user) for case_id, user in db.session.execute(query)}
