"""Writing a plan with the person, sending it for approval, deciding on it, moving the stage."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import members
from casework.audit.recorder import record
from casework.cases.models import Approval, Case, CaseStation
from casework.cases.service import ask_approval, change, decide_approval, new_record, set_station
from casework.codes.dates import known
from casework.codes.service import check
from casework.db import check_version, db, today, uuid7
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, n_
from casework.reintegration.models import GOAL_STATES, Plan, PlanGoal, PlanGoalSealed, StageEntry
from casework.reintegration.queries import stage_now
from casework.reintegration.workflow import EDITABLE, check_plan_move
from casework.vault import fields

DATA_CLASS = "needs_risk"
MOST_GOALS = 30


def open_station(case: Case, *, by: Actor) -> None:
    """Reintegration begins for the board with the first plan or schedule of the owner; a finished one stays so."""
    station = db.session.get_one(CaseStation, (case.id, "reintegration"))
    if station.state == "not_needed" and case.owner_org_id == by.organisation_id:
        set_station(case, "reintegration", "open", by=by)


def must_be_open(case: Case) -> None:
    """Raise InvalidTransition for a closed case."""
    if case.status != "open":
        raise InvalidTransition(n_("This case is closed. Reopen it first."))


def start_plan(case: Case, *, by: Actor, review_on: date | None = None) -> Plan:
    """Begin a plan. One draft at a time; it takes over nothing from the older plan by itself."""
    require(by, Permission.PLAN_WRITE)
    must_be_open(case)
    if review_on is not None and review_on <= today():
        raise InvalidInput(n_("Enter a later day."), field="review_on")
    unfinished = select(Plan.id).where(
        Plan.case_id == case.id,
        Plan.state.in_(("draft", "waiting", "returned")),
        Plan.author_org_id == by.organisation_id,
    )
    if db.session.scalar(unfinished) is not None:
        raise InvalidTransition(n_("There is a plan in the making. Finish that one first."))
    number = (db.session.scalar(select(func.max(Plan.number)).where(Plan.case_id == case.id)) or 0) + 1
    plan = new_record(
        Plan,
        case,
        by=by,
        data_class=DATA_CLASS,
        occurred=known(today()),
        number=number,
        state="draft",
        review_on=review_on,
    )
    open_station(case, by=by)
    record(by, "plan.started", case_id=case.id, subject=("plan", plan.id), body={"number": number})
    db.session.flush()
    return plan


def _editable(plan: Plan, by: Actor) -> None:
    require(by, Permission.PLAN_WRITE)
    if plan.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that wrote this plan can change it."))
    if plan.state not in EDITABLE:
        raise InvalidTransition(
            n_("This plan was sent. Goals can be changed again when it comes back, or in a new plan.")
        )


def add_goal(
    plan: Plan,
    case: Case,
    *,
    by: Actor,
    domain: str,
    goal: str,
    action: str = "",
    owner_user_id: UUID | None = None,
    due_on: date | None = None,
) -> PlanGoal:
    """Add a goal in the person's words. Without an owner the person looks after it."""
    _editable(plan, by)
    check("support_plan_type", domain, field="domain")
    if not goal.strip():
        raise InvalidInput(n_("Write the goal in the person's words."), field="goal")
    if owner_user_id is not None and owner_user_id not in {m.user_id for m in members(by.organisation_id)}:
        raise InvalidInput(n_("Choose a colleague of your own office."), field="owner_user_id")
    last = db.session.scalar(select(func.max(PlanGoal.position)).where(PlanGoal.plan_id == plan.id)) or 0
    if last >= MOST_GOALS:
        raise InvalidInput(n_("A plan has at most %(most)s goals."), most=MOST_GOALS)
    row = PlanGoal(
        id=uuid7(),
        plan_id=plan.id,
        position=last + 1,
        domain=domain,
        owner_user_id=owner_user_id,
        due_on=due_on,
        state="open",
    )
    db.session.add(row)
    db.session.flush()
    sealed = PlanGoalSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, goal=goal, action=action)
    db.session.add(sealed)
    record(by, "plan.goal_added", case_id=case.id, subject=("plan_goal", row.id), body={"domain": domain})
    db.session.flush()
    return row


def drop_goal(goal: PlanGoal, plan: Plan, case: Case, *, by: Actor) -> None:
    """Take a goal out of a plan that nobody approved yet."""
    _editable(plan, by)
    db.session.delete(goal)
    record(by, "plan.goal_removed", case_id=case.id, subject=("plan", plan.id), body={"goal": str(goal.id)})
    db.session.flush()


def set_goal(
    goal: PlanGoal, plan: Plan, case: Case, *, by: Actor, state: str, expected_version: int | None = None
) -> None:
    """Say that a goal of an approved plan was reached, given up, or is open again; the history keeps each step."""
    require(by, Permission.PLAN_WRITE)
    if plan.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that wrote this plan can change it."))
    if plan.state != "approved":
        raise InvalidTransition(n_("The plan waits for approval. Goals are marked when it is approved."))
    if state not in GOAL_STATES:
        raise InvalidInput(n_("Choose one of the values in the list."), field="state")
    check_version(goal, expected_version)
    if goal.state == state:
        return
    before, goal.state = goal.state, state
    change(case, f"goal:{goal.domain}", before, state, by=by, data_class=DATA_CLASS)
    record(by, "plan.goal_set", case_id=case.id, subject=("plan_goal", goal.id), body={"from": before, "to": state})
    db.session.flush()


def send_plan(plan: Plan, case: Case, *, by: Actor) -> Approval:
    """Ask another person of the office to approve the plan."""
    require(by, Permission.PLAN_WRITE)
    if plan.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that wrote this plan can change it."))
    check_plan_move(plan.state, "waiting")
    if not db.session.scalar(select(func.count()).where(PlanGoal.plan_id == plan.id)):
        raise InvalidInput(n_("Add at least one goal first."))
    _move(plan, case, "waiting", by=by)
    return ask_approval(case, by=by, kind="plan", record_id=plan.id, data_class=DATA_CLASS)


def decide_plan(
    approval: Approval, case: Case, *, by: Actor, decision: str, reason: str, expected_version: int | None = None
) -> Plan:
    """Approve a plan or return it with a reason; not by who wrote it. An approved one replaces the older."""
    require(by, Permission.PLAN_APPROVE)
    plan = db.session.get(Plan, approval.record_id)
    if plan is None or approval.kind != "plan" or plan.case_id != case.id:
        raise NotVisible
    if plan.author_user_id == by.user_id:
        raise NotAllowed(n_("You wrote this plan; somebody else decides."))
    check_plan_move(plan.state, decision if decision in ("approved", "returned") else "approved")
    decide_approval(approval, case, by=by, decision=decision, reason=reason, expected_version=expected_version)
    if decision == "approved":
        older = select(Plan).where(
            Plan.case_id == case.id, Plan.state == "approved", Plan.author_org_id == plan.author_org_id
        )
        for replaced in db.session.scalars(older):
            _move(replaced, case, "replaced", by=by)
        plan.approved_on = today()
    _move(plan, case, decision, by=by)
    db.session.flush()
    return plan


def _move(plan: Plan, case: Case, to: str, *, by: Actor) -> None:
    check_plan_move(plan.state, to)
    before, plan.state = plan.state, to
    change(case, "plan", before, to, by=by, data_class=DATA_CLASS)


def enter_stage(case: Case, *, by: Actor, stage: str, since_on: date) -> StageEntry:
    """Enter a stage of reintegration on a day (MoSVY circular, 26 Dec 2022). Going back is allowed; all stays."""
    require(by, Permission.PLAN_WRITE)
    must_be_open(case)
    check("reintegration_stage", stage, field="stage")
    if since_on > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="since_on")
    before = stage_now(by, case)
    if before is not None and before.stage == stage:
        raise InvalidInput(n_("This stage stands already. Choose another."), field="stage")
    if before is not None and since_on < before.since_on:
        raise InvalidInput(n_("Enter a day after the beginning of the stage before."), field="since_on")
    row = new_record(
        StageEntry, case, by=by, data_class=DATA_CLASS, occurred=known(since_on), stage=stage, since_on=since_on
    )
    open_station(case, by=by)
    change(case, "reintegration_stage", before.stage if before else None, stage, by=by, data_class=DATA_CLASS)
    record(by, "stage.entered", case_id=case.id, subject=("reintegration_stage", row.id), body={"stage": stage})
    db.session.flush()
    return row
