"""What can be done in identification. Each function takes the actor, checks the rules, records itself and flushes."""

from casework.identification.service.decisions import Verdict, decide, may_decide
from casework.identification.service.events import (
    Facts,
    Names,
    Offender,
    Place,
    edit_event,
    join_event,
    record_event,
    record_offender,
)
from casework.identification.service.requests import RequestData, move_request, record_request, requests_withdrawn
from casework.identification.service.risk import assess_risk
from casework.identification.service.screenings import Setting, note_answers, start_screening

__all__ = [
    "Facts",
    "Names",
    "Offender",
    "Place",
    "RequestData",
    "Setting",
    "Verdict",
    "assess_risk",
    "decide",
    "edit_event",
    "join_event",
    "may_decide",
    "move_request",
    "note_answers",
    "record_event",
    "record_offender",
    "record_request",
    "requests_withdrawn",
    "start_screening",
]
