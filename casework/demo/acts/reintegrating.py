"""Verbs of reintegration: assess, promise, keep, place, plan, steps, approve, stage, visits, close, and their like."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.models import Approval
from casework.codes.dates import known
from casework.codes.queries import choices, find
from casework.db import db, today
from casework.demo.script import Step, table
from casework.demo.stage import Scene
from casework.reintegration import service
from casework.reintegration.models import FollowUp, Plan, PlanGoal, Promise
from casework.reintegration.workflow import asks_scores


def plan(scene: Scene, by: Actor, step: Step) -> None:
    """Write a plan with goals and, unless `send` is no, ask for approval."""
    case = scene.seen_by(by)
    row = service.start_plan(case, by=by, review_on=today() + timedelta(days=180))
    wanted = step.listed("goals", "Livelihood,SocialCare,Health")
    for place, domain in enumerate(wanted):
        said = table("words")["goal"][domain]
        service.add_goal(
            row,
            case,
            by=by,
            domain=domain,
            goal=said["goal"],
            action=said["action"],
            owner_user_id=by.user_id if place else None,
            due_on=today() + timedelta(days=60 + 30 * place),
        )
    if step.get("send", "yes") == "yes":
        service.send_plan(row, case, by=by)
    scene.labels["plan"] = row.id


def resend(scene: Scene, by: Actor, step: Step) -> None:
    """Send the plan that came back once more."""
    service.send_plan(db.session.get_one(Plan, scene.labels["plan"]), scene.seen_by(by), by=by)


def goals(scene: Scene, by: Actor, step: Step) -> None:
    """Say that the first goals of the plan were reached."""
    row, case = db.session.get_one(Plan, scene.labels["plan"]), scene.seen_by(by)
    rows = db.session.scalars(select(PlanGoal).where(PlanGoal.plan_id == row.id).order_by(PlanGoal.position))
    for goal in list(rows)[: int(step.get("count", "2"))]:
        service.set_goal(goal, row, case, by=by, state="reached")


def steps(scene: Scene, by: Actor, step: Step) -> None:
    """Write down the steps of the first goal, the first ones of them `done`."""
    row, case = db.session.get_one(Plan, scene.labels["plan"]), scene.seen_by(by)
    goal = db.session.scalars(select(PlanGoal).where(PlanGoal.plan_id == row.id).order_by(PlanGoal.position)).first()
    assert goal is not None  # noqa: S101 - the story wrote some
    for place, words in enumerate(table("words")["goal"][goal.domain]["steps"]):
        due = today() + timedelta(days=14 * (place + 1))
        action = service.add_action(goal, row, case, by=by, action=words, owner_user_id=by.user_id, due_on=due)
        service.set_action(action, row, case, by=by, done=place < int(step.get("done", "1")))


def approve(scene: Scene, by: Actor, step: Step) -> None:
    """Decide on what waits: the label is plan or closure, `decision` approved or returned."""
    case = scene.seen_by(by)
    kinds = {"plan": ("plan",), "closure": ("closure", "closure_disagreed")}[step.label]
    waiting = select(Approval).where(Approval.case_id == case.id, Approval.kind.in_(kinds), Approval.decision.is_(None))
    approval = db.session.scalars(waiting.order_by(Approval.asked_at)).first()
    assert approval is not None  # noqa: S101 - the story asked for one
    decision = step.get("decision", "approved")
    decide = service.decide_plan if step.label == "plan" else service.decide_closure
    decide(approval, case, by=by, decision=decision, reason=scene.words(decision))


def assess(scene: Scene, by: Actor, step: Step) -> None:
    """Look at needs and risks with the person, and agree what to do in danger."""
    case, said = scene.seen_by(by), table("words")["assessment"]
    service.assess(
        case,
        by=by,
        needs=said["needs"],
        risks=said["risks"],
        protections=said["protections"],
        wishes=said["wishes"],
        strengths=said["strengths"],
        worries=said["worries"],
    )
    service.agree_safety(case, by=by, signs=said["signs"], steps=said["steps"], people=said["people"])


def promise(scene: Scene, by: Actor, step: Step) -> None:
    """Promise something within some `days`."""
    due = today() + timedelta(days=int(step.get("days", "30")))
    what = table("words")["promised"]
    row = service.promise(scene.seen_by(by), by=by, what=what, owner_user_id=by.user_id, due_on=due)
    scene.labels["promise"] = row.id


def keep(scene: Scene, by: Actor, step: Step) -> None:
    """Keep what was promised."""
    row = db.session.get_one(Promise, scene.labels["promise"])
    service.settle_promise(row, scene.seen_by(by), by=by, state="kept")


def place(scene: Scene, by: Actor, step: Step) -> None:
    """Say in which district the person is visited: the label."""
    where = table("words")["directions"]
    service.note_place(scene.seen_by(by), by=by, province=step.label[:2], district=step.label, directions=where)


def stage(scene: Scene, by: Actor, step: Step) -> None:
    """Enter a stage of reintegration."""
    service.enter_stage(scene.seen_by(by), by=by, stage=step.label, since_on=today())


def visits(scene: Scene, by: Actor, step: Step) -> None:
    """Plan the visits of a rhythm from today, the day of return home."""
    rhythm = step.label or ("child" if scene.part.minor else "standard")
    home = today() - timedelta(days=int(step.get("ago", "0")))
    service.plan_visits(scene.seen_by(by), by=by, rhythm=rhythm, home_on=home, assignee_id=by.user_id)


def _next(scene: Scene, by: Actor) -> FollowUp:
    """The planned visit that is due."""
    planned = select(FollowUp).where(
        FollowUp.case_id == scene.case_id, FollowUp.state == "planned", FollowUp.author_org_id == by.organisation_id
    )
    return db.session.scalars(planned.order_by(FollowUp.due_on, FollowUp.id).limit(1)).one()


def visit(scene: Scene, by: Actor, step: Step) -> None:
    """The visit that is due took place."""
    due = _next(scene, by)
    template = find("follow_up_schedule", due.template) if due.template else None
    areas = choices("outcome_domain", group="survivor outcome") if asks_scores(template) else []
    service.record_visit(
        due,
        scene.seen_by(by),
        by=by,
        done_on=today(),
        mode=step.get("mode", "home_visit"),
        standing=step.get("standing", "well"),
        situation=scene.words("visit"),
        promises=scene.words("promise"),
        next_steps="Call before the next visit.",
        scores={area.code: scene.chance.choice((2, 3, 3, 4)) for area in areas},
        lasting={"rss_economic": 35, "rss_social": 65} if areas else {},
    )


def miss(scene: Scene, by: Actor, step: Step) -> None:
    """The visit that is due did not take place."""
    service.miss_visit(
        _next(scene, by), scene.seen_by(by), by=by, result=step.get("result", "not_found"), note=scene.words("missed")
    )


def attempt(scene: Scene, by: Actor, step: Step) -> None:
    """A try to reach the person that failed."""
    service.add_attempt(scene.seen_by(by), by=by, tried_on=today(), mode=step.get("mode", "safe_call"))


def fact(scene: Scene, by: Actor, step: Step) -> None:
    """Missing, dead, did not arrive, found."""
    service.note_fact(scene.seen_by(by), by=by, kind=step.label, occurred=known(today()), source="phone")


def close(scene: Scene, by: Actor, step: Step) -> None:
    """Ask that the case be closed."""
    view = step.get("view", "agrees")
    service.request_closure(
        scene.seen_by(by),
        by=by,
        reason=step.get("reason", "goals_met_agreed"),
        person_view=view,
        recontact=step.get("recontact", "yes") == "yes",
        situation=scene.words("situation"),
        told_on=None if view == "could_not_be_asked" else today(),
        outcomes=step.listed("outcomes", "goals_most,lives_family"),
        explanation=scene.words("explanation") if view != "agrees" else "",
        recontact_rule="Call first, in the afternoon.",
    )


def reopen(scene: Scene, by: Actor, step: Step) -> None:
    """Open the closed case again."""
    service.reopen(scene.seen_by(by), by=by, reason=step.get("reason", "asked_for_help"))


VERBS = {
    "assess": assess,
    "promise": promise,
    "keep": keep,
    "place": place,
    "plan": plan,
    "resend": resend,
    "goals": goals,
    "steps": steps,
    "approve": approve,
    "stage": stage,
    "visits": visits,
    "visit": visit,
    "miss": miss,
    "attempt": attempt,
    "fact": fact,
    "close": close,
    "reopen": reopen,
}
