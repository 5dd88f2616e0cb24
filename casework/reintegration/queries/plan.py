"""Plans with their goals, and the stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.access.queries import names_of
from casework.cases.models import Case
from casework.cases.queries import get_record, visible_records
from casework.db import db
from casework.errors import NotVisible
from casework.reintegration.models import Plan, PlanAction, PlanActionSealed, PlanGoal, PlanGoalSealed, StageEntry
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A step of a goal with its words and the name of who does it."""

    action: PlanAction
    words: str
    owner: str | None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal with its words, the name of who looks after it, and its steps."""

    goal: PlanGoal
    words: str
    action: str
    owner: str | None
    steps: list[ActionRow]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan with its goals in their order and the name of its author."""

    plan: Plan
    goals: list[GoalRow]
    author: str


def get_plan(by: Actor, case_id: UUID, plan_id: UUID) -> Plan:
    """A plan of this case, or NotVisible."""
    plan = get_record(by, Plan, plan_id)
    if plan.case_id != case_id:
        raise NotVisible
    return plan


def get_goal(by: Actor, case_id: UUID, goal_id: UUID) -> tuple[PlanGoal, Plan]:
    """A goal with its plan, or NotVisible."""
    goal = db.session.get(PlanGoal, goal_id)
    if goal is None:
        raise NotVisible
    return goal, get_plan(by, case_id, goal.plan_id)


def plans(by: Actor, case: Case) -> list[Plan]:
    """The plans of a case the actor may see, newest first."""
    rows = visible_records(by, Plan).where(Plan.case_id == case.id)
    return list(db.session.scalars(rows.order_by(Plan.number.desc())))


def plan_row(plan: Plan) -> PlanRow:
    """A visible plan with its goals opened."""
    goals = list(db.session.scalars(select(PlanGoal).where(PlanGoal.plan_id == plan.id).order_by(PlanGoal.position)))
    return PlanRow(plan, _goals(goals), names_of({plan.author_user_id}).get(plan.author_user_id, ""))


def _goals(goals: Sequence[PlanGoal]) -> list[GoalRow]:
    sealed = list(db.session.scalars(select(PlanGoalSealed).where(PlanGoalSealed.id.in_([goal.id for goal in goals]))))
    words, actions = fields.unseal_many(sealed, "goal"), fields.unseal_many(sealed, "action")
    steps = _steps([goal.id for goal in goals])
    owners = names_of({goal.owner_user_id for goal in goals if goal.owner_user_id})
    return [
        GoalRow(
            goal,
            words.get(goal.id) or "",
            actions.get(goal.id) or "",
            owners.get(goal.owner_user_id) if goal.owner_user_id else None,
            steps.get(goal.id, []),
        )
        for goal in goals
    ]


def _steps(goal_ids: list[UUID]) -> dict[UUID, list[ActionRow]]:
    query = select(PlanAction).where(PlanAction.goal_id.in_(goal_ids)).order_by(PlanAction.position)
    rows = list(db.session.scalars(query))
    sealed = db.session.scalars(select(PlanActionSealed).where(PlanActionSealed.id.in_([row.id for row in rows])))
    words = fields.unseal_many(sealed, "action")
    owners = names_of({row.owner_user_id for row in rows if row.owner_user_id})
    found: dict[UUID, list[ActionRow]] = {}
    for row in rows:
        owner = owners.get(row.owner_user_id) if row.owner_user_id else None
        found.setdefault(row.goal_id, []).append(ActionRow(row, words.get(row.id) or "", owner))
    return found


def get_action(by: Actor, case_id: UUID, action_id: UUID) -> tuple[PlanAction, Plan]:
    """A step with its plan, or NotVisible."""
    action = db.session.get(PlanAction, action_id)
    if action is None:
        raise NotVisible
    return action, get_goal(by, case_id, action.goal_id)[1]


def stages(by: Actor, case: Case) -> list[StageEntry]:
    """The stages a case went through as far as the actor may see, newest first."""
    rows = visible_records(by, StageEntry).where(StageEntry.case_id == case.id)
    return list(db.session.scalars(rows.order_by(StageEntry.recorded_at.desc(), StageEntry.id.desc())))


def stage_now(by: Actor, case: Case) -> StageEntry | None:
    """The stage that stands, or None."""
    return next(iter(stages(by, case)), None)
