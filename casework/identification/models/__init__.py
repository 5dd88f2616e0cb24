"""Tables of identification: events, alleged offenders, screenings, decisions, risk."""

from casework.identification.models.decision import (
    Decision,
    DecisionSealed,
    RiskAssessment,
    RiskAssessmentSealed,
)
from casework.identification.models.event import (
    AllegedOffender,
    AllegedOffenderSealed,
    EventCase,
    EventCode,
    EventPlace,
    EventSealed,
    OffenderRole,
    TraffickingEvent,
)
from casework.identification.models.request import FormalRequest, FormalRequestSealed
from casework.identification.models.screening import Screening, ScreeningIndicator, ScreeningSealed

__all__ = [
    "AllegedOffender",
    "AllegedOffenderSealed",
    "Decision",
    "DecisionSealed",
    "EventCase",
    "EventCode",
    "EventPlace",
    "EventSealed",
    "FormalRequest",
    "FormalRequestSealed",
    "OffenderRole",
    "RiskAssessment",
    "RiskAssessmentSealed",
    "Screening",
    "ScreeningIndicator",
    "ScreeningSealed",
    "TraffickingEvent",
]
