"""Forms of reintegration."""

from casework.reintegration.forms.assessing import AssessmentForm, PromiseForm, SafetyForm, SettleForm, assessed
from casework.reintegration.forms.closing import ClosureForm, DecideForm, ReopenForm
from casework.reintegration.forms.plan import GoalForm, PaperForm, PlanForm, StageForm, StepForm
from casework.reintegration.forms.trips import OwnRhythmForm, PlaceForm, ThreatForm, TripForm
from casework.reintegration.forms.visits import (
    AttemptForm,
    FactForm,
    FoundForm,
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
    "FoundForm",
    "GoalForm",
    "MissForm",
    "MoveForm",
    "OneVisitForm",
    "OwnRhythmForm",
    "PaperForm",
    "PlaceForm",
    "PlanForm",
    "PromiseForm",
    "ReopenForm",
    "SafetyForm",
    "ScheduleForm",
    "SettleForm",
    "StageForm",
    "StepForm",
    "ThreatForm",
    "TripForm",
    "VisitForm",
    "assessed",
    "scored",
]
