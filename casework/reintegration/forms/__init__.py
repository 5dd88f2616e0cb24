"""Forms of reintegration."""

from casework.reintegration.forms.assessing import AssessmentForm, PromiseForm, SafetyForm, SettleForm, assessed
from casework.reintegration.forms.closing import ClosureForm, DecideForm, ReopenForm
from casework.reintegration.forms.plan import GoalForm, PaperForm, PlanForm, StageForm, StepForm
from casework.reintegration.forms.visits import (
    AttemptForm,
    FactForm,
    MissForm,
    MoveForm,
    OneVisitForm,
    ScheduleForm,
    VisitForm,
    scored,
)

__all__ = [
    "AssessmentForm",
    "AttemptForm",
    "ClosureForm",
    "DecideForm",
    "FactForm",
    "GoalForm",
    "MissForm",
    "MoveForm",
    "OneVisitForm",
    "PaperForm",
    "PlanForm",
    "PromiseForm",
    "ReopenForm",
    "SafetyForm",
    "ScheduleForm",
    "SettleForm",
    "StageForm",
    "StepForm",
    "VisitForm",
    "assessed",
    "scored",
]
