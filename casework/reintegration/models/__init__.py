"""Tables of reintegration: plan, stage, follow-ups, attempts to reach, closure."""

from casework.reintegration.models.closure import (
    CLOSURE_STATES,
    PERSON_VIEWS,
    Closure,
    ClosureOutcome,
    ClosureSealed,
)
from casework.reintegration.models.followups import (
    FOLLOW_UP_STATES,
    ContactAttempt,
    FollowUp,
    FollowUpChange,
    FollowUpSealed,
    OutcomeScore,
)
from casework.reintegration.models.plan import GOAL_STATES, PLAN_STATES, Plan, PlanGoal, PlanGoalSealed, StageEntry

__all__ = [
    "CLOSURE_STATES",
    "FOLLOW_UP_STATES",
    "GOAL_STATES",
    "PERSON_VIEWS",
    "PLAN_STATES",
    "Closure",
    "ClosureOutcome",
    "ClosureSealed",
    "ContactAttempt",
    "FollowUp",
    "FollowUpChange",
    "FollowUpSealed",
    "OutcomeScore",
    "Plan",
    "PlanGoal",
    "PlanGoalSealed",
    "StageEntry",
]
