"""Pages of the plan: begin, read, goals and their steps, send, stage."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.queries import case_bar, get_case
from casework.codes.queries import choices
from casework.db import today
from casework.reintegration import queries, service
from casework.reintegration.forms import GoalForm, PlanForm, StageForm, StepForm
from casework.reintegration.views.blueprint import bp, form_page, page_url, people_of, show_form
from casework.reintegration.views.overview import WORDS
from casework.reintegration.workflow import EDITABLE, LIVING
from casework.web.forms import TapForm, chosen_id
from casework.writes.http import open_form, seen, tap
from casework.writes.orchestrator import Answer


def plan_url(case_id: UUID, plan_id: UUID) -> str:
    """The page of a plan."""
    return url_for("reintegration.plan", case_id=case_id, plan_id=plan_id)


@form_page("/cases/<uuid:case_id>/plan/new", Permission.PLAN_WRITE)
def start_plan(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Begin a plan."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(PlanForm, draft_id)

    def act() -> Answer:
        plan = service.start_plan(get_case(by, case_id), by=by, review_on=form.review_on.data)
        return Answer(plan_url(case_id, plan.id), gettext("The plan is begun. Add the goals."))

    words = {"heading": gettext("Begin a plan"), "verb": gettext("Begin plan")}
    return show_form(form, draft_id, case, act, **words)


@bp.get("/cases/<uuid:case_id>/plan/<uuid:plan_id>")
@requires(Permission.CASE_SEE)
def plan(case_id: UUID, plan_id: UUID) -> ResponseReturnValue:
    """A plan with its goals, to read, to print for the person, to work on."""
    by = current()
    case = get_case(by, case_id)
    row = queries.plan_row(queries.get_plan(by, case_id, plan_id))
    seen("reintegration", [case_id], part="plan")
    own = row.plan.author_org_id == by.organisation_id
    bar = case_bar(by, case)
    return render_template(
        "reintegration/plan.html", bar=bar, row=row, own=own, editable=own and row.plan.state in EDITABLE,
        living=own and row.plan.state in LIVING, **WORDS,
    )  # fmt: skip


@form_page("/cases/<uuid:case_id>/plan/<uuid:plan_id>/goals/new", Permission.PLAN_WRITE)
def add_goal(case_id: UUID, plan_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Add a goal in the person's words."""
    by = current()
    case = get_case(by, case_id)
    queries.get_plan(by, case_id, plan_id)
    form = open_form(GoalForm, draft_id)
    form.domain.choices = choices("support_plan_type", language=by.language)
    form.owner_user_id.choices = people_of(by)

    def act() -> Answer:
        service.add_goal(
            queries.get_plan(by, case_id, plan_id),
            get_case(by, case_id),
            by=by,
            domain=form.domain.data,
            goal=form.goal.data,
            action=form.action.data,
            owner_user_id=chosen_id(form.owner_user_id.data),
            due_on=form.due_on.data,
        )
        return Answer(plan_url(case_id, plan_id), gettext("The goal is added."))

    words = {"heading": gettext("Add a goal"), "verb": gettext("Add goal")}
    return show_form(form, draft_id, case, act, **words, back=plan_url(case_id, plan_id))


@form_page("/cases/<uuid:case_id>/goals/<uuid:goal_id>/steps/new", Permission.PLAN_WRITE)
def add_step(case_id: UUID, goal_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Add a step to a goal."""
    by = current()
    case = get_case(by, case_id)
    plan_id = queries.get_goal(by, case_id, goal_id)[1].id
    form = open_form(StepForm, draft_id)
    form.owner_user_id.choices = people_of(by)

    def act() -> Answer:
        goal, plan = queries.get_goal(by, case_id, goal_id)
        service.add_action(
            goal,
            plan,
            get_case(by, case_id),
            by=by,
            action=form.action.data,
            owner_user_id=chosen_id(form.owner_user_id.data),
            due_on=form.due_on.data,
        )
        return Answer(plan_url(case_id, plan.id), gettext("The step is added."))

    words = {"heading": gettext("Add a step"), "verb": gettext("Add step")}
    return show_form(form, draft_id, case, act, **words, back=plan_url(case_id, plan_id))


@bp.post("/cases/<uuid:case_id>/steps/<uuid:action_id>/<any(done, undone):mark>")
@requires(Permission.PLAN_WRITE)
def set_step(case_id: UUID, action_id: UUID, mark: str) -> ResponseReturnValue:
    """One tap: a step is done, or is not done after all."""
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        action, plan = queries.get_action(by, case_id, action_id)
        case = get_case(by, case_id)
        service.set_action(action, plan, case, by=by, done=mark == "done", expected_version=version)
        return Answer(plan_url(case_id, plan.id), gettext("The step is marked."))

    return tap(form, record_id=action_id, version=version, action=mark, act=act)


@bp.post("/cases/<uuid:case_id>/goals/<uuid:goal_id>/remove")
@requires(Permission.PLAN_WRITE)
def remove_goal(case_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """One tap: take a goal out of a plan that nobody approved yet."""
    by = current()
    form = TapForm()

    def act() -> Answer:
        goal, plan = queries.get_goal(by, case_id, goal_id)
        service.drop_goal(goal, plan, get_case(by, case_id), by=by)
        return Answer(plan_url(case_id, plan.id), gettext("The goal is taken out."))

    return tap(form, record_id=goal_id, version=form.seen_version or 0, action="remove", act=act)


@bp.post("/cases/<uuid:case_id>/goals/<uuid:goal_id>/<any(open, reached, dropped):state>")
@requires(Permission.PLAN_WRITE)
def set_goal(case_id: UUID, goal_id: UUID, state: str) -> ResponseReturnValue:
    """One tap: a goal was reached, given up, or is open again."""
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        goal, plan = queries.get_goal(by, case_id, goal_id)
        service.set_goal(goal, plan, get_case(by, case_id), by=by, state=state, expected_version=version)
        return Answer(plan_url(case_id, plan.id), gettext("The goal is marked."))

    return tap(form, record_id=goal_id, version=version, action=state, act=act)


@bp.post("/cases/<uuid:case_id>/plan/<uuid:plan_id>/send")
@requires(Permission.PLAN_WRITE)
def send_plan(case_id: UUID, plan_id: UUID) -> ResponseReturnValue:
    """One tap: ask somebody else to approve the plan."""
    by = current()
    form = TapForm()

    def act() -> Answer:
        service.send_plan(queries.get_plan(by, case_id, plan_id), get_case(by, case_id), by=by)
        return Answer(plan_url(case_id, plan_id), gettext("The plan waits for approval by somebody else."))

    return tap(form, record_id=plan_id, version=form.seen_version or 0, action="send", act=act)


@form_page("/cases/<uuid:case_id>/stage", Permission.PLAN_WRITE)
def enter_stage(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Enter a stage of reintegration."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(StageForm, draft_id, data={"since_on": today()})
    form.stage.choices = choices("reintegration_stage", language=by.language)

    def act() -> Answer:
        service.enter_stage(get_case(by, case_id), by=by, stage=form.stage.data, since_on=form.since_on.data)
        return Answer(page_url(case_id), gettext("The stage is entered."))

    words = {"heading": gettext("Stage of reintegration"), "verb": gettext("Enter stage")}
    return show_form(form, draft_id, case, act, **words)
