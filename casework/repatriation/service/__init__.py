"""What can be done with a return. Each function takes the actor, writes its audit row and flushes."""

from casework.repatriation.service.facts import add_check, decide, decide_against_advice, name_receiver
from casework.repatriation.service.family import TraceData, answer_family, ask_family, stop_tracing, tracing_withdrawn
from casework.repatriation.service.handovers import HandoverData, record_handover, sign
from casework.repatriation.service.interest import InterestData, confirm_interest, decide_interest
from casework.repatriation.service.papers import PaperData, add_paper, change_paper
from casework.repatriation.service.plan import Journey, set_travel_day, start_return, stop_return
from casework.repatriation.service.steps import (
    await_answer,
    finish_step,
    give_step,
    open_step,
    repeat_step,
    resume_step,
    skip_step,
    wait_for_person,
)
from casework.repatriation.service.withdrawal import consent_withdrawn

__all__ = [
    "HandoverData",
    "InterestData",
    "Journey",
    "PaperData",
    "TraceData",
    "add_check",
    "add_paper",
    "answer_family",
    "ask_family",
    "await_answer",
    "change_paper",
    "confirm_interest",
    "consent_withdrawn",
    "decide",
    "decide_against_advice",
    "decide_interest",
    "finish_step",
    "give_step",
    "name_receiver",
    "open_step",
    "record_handover",
    "repeat_step",
    "resume_step",
    "set_travel_day",
    "sign",
    "skip_step",
    "start_return",
    "stop_return",
    "stop_tracing",
    "tracing_withdrawn",
    "wait_for_person",
]
