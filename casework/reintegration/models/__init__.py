"""Tables of reintegration: plan, stage, follow-ups, attempts to reach, closure."""

from casework.reintegration.models.assessment import (
    NEED_LEVELS,
    Assessment,
    AssessmentFactor,
    AssessmentNeed,
    AssessmentSealed,
    SafetyPlan,
    SafetyPlanSealed,
)
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
from casework.reintegration.models.plan import (
    GOAL_STATES,
    PLAN_STATES,
    Plan,
    PlanAction,
    PlanActionSealed,
    PlanGoal,
    PlanGoalSealed,
    StageEntry,
    StagePaper,
)
from casework.reintegration.models.promises import PROMISE_STATES, Promise, PromiseSealed

__all__ = [
    "CLOSURE_STATES",
    "FOLLOW_UP_STATES",
    "GOAL_STATES",
    "NEED_LEVELS",
    "PERSON_VIEWS",
    "PLAN_STATES",
    "PROMISE_STATES",
    "Assessment",
    "AssessmentFactor",
    "AssessmentNeed",
    "AssessmentSealed",
    "Closure",
    "ClosureOutcome",
    "ClosureSealed",
    "ContactAttempt",
    "FollowUp",
    "FollowUpChange",
    "FollowUpSealed",
    "OutcomeScore",
    "Plan",
    "PlanAction",
    "PlanActionSealed",
    "PlanGoal",
    "PlanGoalSealed",
    "Promise",
    "PromiseSealed",
    "SafetyPlan",
    "SafetyPlanSealed",
    "StageEntry",
    "StagePaper",
]
