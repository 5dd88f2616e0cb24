"""Reads of reintegration: plans, stage, follow-ups, attempts, closures, what still stands open."""

from casework.reintegration.queries.closure import (
    attempts,
    blocking_tasks,
    closure_of,
    closures,
    get_closure,
    handed_on,
    open_closure,
    stopping_fact,
)
from casework.reintegration.queries.plan import GoalRow, PlanRow, get_goal, get_plan, plan_row, plans, stage_now, stages
from casework.reintegration.queries.visits import (
    VisitRow,
    get_visit,
    last_scores,
    score_domains,
    visits,
)

__all__ = [
    "GoalRow",
    "PlanRow",
    "VisitRow",
    "attempts",
    "blocking_tasks",
    "closure_of",
    "closures",
    "get_closure",
    "get_goal",
    "get_plan",
    "get_visit",
    "handed_on",
    "last_scores",
    "open_closure",
    "plan_row",
    "plans",
    "score_domains",
    "stage_now",
    "stages",
    "stopping_fact",
    "visits",
]
