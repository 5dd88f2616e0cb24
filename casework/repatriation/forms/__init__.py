"""Forms of the return. Answers are handed in by the views."""

from casework.repatriation.forms.ground import BestInterestForm, FoundForm, TraceForm, TravelPaperForm
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
    "FinishForm",
    "FoundForm",
    "HandoverForm",
    "PaperForm",
    "PartyForm",
    "ReceiverForm",
    "SkipForm",
    "StartForm",
    "StopForm",
    "TraceForm",
    "TravelDayForm",
    "TravelPaperForm",
]
