"""All returns in work that the actor may see: where each stands, who holds it, and where the days went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select

from casework.access.permissions import Actor
from casework.access.queries import organisation_names
from casework.cases.models import Case
from casework.cases.queries import classes_of_many, names_on_list
from casework.codes.queries import label
from casework.db import db, today
from casework.repatriation.kinds import DIRECTIONS, PARTIES
from casework.repatriation.models import ReturnPath, ReturnStep
from casework.repatriation.queries.paths import spells_of, visible_paths
from casework.repatriation.queries.tracker import days_used, usual_owner
from casework.repatriation.workflow import clock
from casework.repatriation.workflow.states import RUNNING

PAGE = 40
Key = tuple[date, UUID]


@dataclass(frozen=True, slots=True)
class ReturnFilters:
    """What the list is narrowed to; nonsense narrows nothing and never widens."""

    direction: str = ""
    country: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class StepDays:
    """Days that one step took, of the days its clock allows."""

    label: str
    used: int
    allowed: int
    running: bool
    working: bool

    @property
    def over(self) -> int:
        """Days beyond the clock."""
        return max(0, self.used - self.allowed)


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One return in work. Words are message ids, names of offices or labels of codes."""

    path: ReturnPath
    case: Case
    name: str
    step: str
    """The step under way, '' where none is."""
    holder: str
    waiting_for: str
    due_on: date | None
    stands: bool
    """The clock stands still because the step waits for the person."""
    days: int
    """Days since the return began."""
    steps: list[StepDays]

    @property
    def late(self) -> bool:
        """True when the day of the step under way has passed."""
        return self.due_on is not None and self.due_on < today()

    @property
    def lost(self) -> int:
        """Days beyond the clocks of all steps together."""
        return sum(step.over for step in self.steps)


def returns_in_work(by: Actor, filters: ReturnFilters, after: Key | None = None) -> tuple[list[ReturnLine], str]:
    """One page of open returns, the longest in work first, and the key of the next page or ''."""
    query = visible_paths(by).where(ReturnPath.state == "open")
    if filters.direction in DIRECTIONS:
        query = query.where(ReturnPath.direction == filters.direction)
    if filters.country:
        query = query.where(or_(ReturnPath.from_country == filters.country, ReturnPath.to_country == filters.country))
    if filters.late:
        late = select(ReturnStep.path_id).where(ReturnStep.state == "open", ReturnStep.due_on < today())
        query = query.where(ReturnPath.id.in_(late))
    if after is not None:
        same_day = and_(ReturnPath.started_on == after[0], ReturnPath.id > after[1])
        query = query.where(or_(ReturnPath.started_on > after[0], same_day))
    query = query.order_by(ReturnPath.started_on, ReturnPath.id).limit(PAGE + 1)
    rows = [(path, case) for path, case in db.session.execute(query.with_only_columns(ReturnPath, Case))]
    shown = rows[:PAGE]
    more = f"{shown[-1][0].started_on.isoformat()}_{shown[-1][0].id.hex}" if len(rows) > PAGE else ""
    return _lines(by, shown), more


def _lines(by: Actor, rows: Sequence[tuple[ReturnPath, Case]]) -> list[ReturnLine]:
    cases = [case for _, case in rows]
    names = names_on_list(by, cases, classes_of_many(by, [case.id for case in cases]))
    query = select(ReturnStep).where(ReturnStep.path_id.in_([path.id for path, _ in rows]))
    steps: dict[UUID, list[ReturnStep]] = {}
    for step in db.session.scalars(query.order_by(ReturnStep.sequence, ReturnStep.round)):
        steps.setdefault(step.path_id, []).append(step)
    listed = [step for found in steps.values() for step in found]
    spells = spells_of(step.id for step in listed if step.started_on)
    offices = organisation_names(
        org_id for step in listed for org_id in (step.owner_org_id, step.waiting_org_id) if org_id
    )
    return [
        _line(by, path, case, names.get(case.id, ""), steps.get(path.id, []), spells, offices) for path, case in rows
    ]


def _line(
    by: Actor,
    path: ReturnPath,
    case: Case,
    name: str,
    steps: list[ReturnStep],
    spells: dict[UUID, list[tuple[date, date | None]]],
    offices: dict[UUID, str],
) -> ReturnLine:
    running = [step for step in steps if step.state in RUNNING]
    now = min(running, key=lambda step: (step.due_on or date.max, step.sequence), default=None)
    return ReturnLine(
        path=path,
        case=case,
        name=name,
        step=label("repatriation_step", now.code, by.language) if now else "",
        holder=_whose(now.owner_org_id, now.owner_party, offices) or usual_owner(now.code, by.language) if now else "",
        waiting_for=_waiting(now, offices),
        due_on=now.due_on if now and now.state == "open" else None,
        stands=now is not None and now.state == "waiting",
        days=(today() - path.started_on).days,
        steps=[days for step in steps if (days := _days(by, step, spells.get(step.id, []))) is not None],
    )


def _waiting(step: ReturnStep | None, offices: dict[UUID, str]) -> str:
    if step is None:
        return ""
    if step.state == "waiting":
        return PARTIES["person"]
    return _whose(step.waiting_org_id, step.waiting_party, offices)


def _whose(org_id: UUID | None, party: str | None, offices: dict[UUID, str]) -> str:
    if org_id is not None:
        return offices.get(org_id, "")
    return PARTIES[party] if party else ""


def _days(by: Actor, step: ReturnStep, spells: clock.Spells) -> StepDays | None:
    used = days_used(step, spells)
    if used is None or not step.allowed_days or step.state in ("skipped", "stopped"):
        return None
    name = label("repatriation_step", step.code, by.language)
    return StepDays(name, used, step.allowed_days, step.state in RUNNING, step.working_days)
