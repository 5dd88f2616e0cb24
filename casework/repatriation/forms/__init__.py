"""Forms of the return. Answers are handed in by the views."""

from casework.repatriation.forms.feedback import FeedbackForm
from casework.repatriation.forms.ground import BestInterestForm, FoundForm, TraceForm, TravelPaperForm
from casework.repatriation.forms.moving import EscortForm, JoinForm, JourneyForm, LegForm, SeatForm
from casework.repatriation.forms.way import (
    AgainstForm,
    CheckForm,
    DecisionForm,
    FinishForm,
    HandoverForm,
    PaperForm,
    PartyForm,
    ReceiverForm,
    SkipForm,
    StartForm,
    StopForm,
    TravelDayForm,
)

__all__ = [
    "AgainstForm",
    "BestInterestForm",
    "CheckForm",
    "DecisionForm",
    "EscortForm",
    "FeedbackForm",
    "FinishForm",
    "FoundForm",
    "HandoverForm",
    "JoinForm",
    "JourneyForm",
    "LegForm",
    "PaperForm",
    "PartyForm",
    "ReceiverForm",
    "SeatForm",
    "SkipForm",
    "StartForm",
    "StopForm",
    "TraceForm",
    "TravelDayForm",
    "TravelPaperForm",
]
