"""Steps of a goal: who does what by when, and the day it was done."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import members
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.db import check_version, db, today, uuid7
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, n_
from casework.reintegration.models import Plan, PlanAction, PlanActionSealed, PlanGoal
from casework.reintegration.workflow import LIVING
from casework.vault import fields

MOST_ACTIONS = 20


def _living(plan: Plan, by: Actor) -> None:
    require(by, Permission.PLAN_WRITE)
    if plan.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that wrote this plan can change it."))
    if plan.state not in LIVING:
        raise InvalidTransition(n_("Steps can be added while the plan is written and after it is approved."))


def add_action(
    goal: PlanGoal,
    plan: Plan,
    case: Case,
    *,
    by: Actor,
    action: str,
    owner_user_id: UUID | None = None,
    due_on: date | None = None,
) -> PlanAction:
    """Add a step to a goal: what, who, by when. Without an owner the person does it, or whom the words name."""
    _living(plan, by)
    if not action.strip():
        raise InvalidInput(n_("Write what will be done."), field="action")
    if owner_user_id is not None and owner_user_id not in {m.user_id for m in members(by.organisation_id)}:
        raise InvalidInput(n_("Choose a colleague of your own office."), field="owner_user_id")
    last = db.session.scalar(select(func.max(PlanAction.position)).where(PlanAction.goal_id == goal.id)) or 0
    if last >= MOST_ACTIONS:
        raise InvalidInput(n_("A goal has at most %(most)s steps."), most=MOST_ACTIONS)
    row = PlanAction(id=uuid7(), goal_id=goal.id, position=last + 1, owner_user_id=owner_user_id, due_on=due_on)
    db.session.add(row)
    db.session.flush()
    sealed = PlanActionSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, action=action)
    db.session.add(sealed)
    record(by, "plan.step_added", case_id=case.id, subject=("plan_action", row.id))
    db.session.flush()
    return row


def set_action(
    action: PlanAction, plan: Plan, case: Case, *, by: Actor, done: bool, expected_version: int | None = None
) -> None:
    """Say that a step is done today, or that it is not done after all."""
    _living(plan, by)
    check_version(action, expected_version)
    if done == (action.done_on is not None):
        return
    action.done_on = today() if done else None
    record(by, "plan.step_set", case_id=case.id, subject=("plan_action", action.id), body={"done": done})
    db.session.flush()
