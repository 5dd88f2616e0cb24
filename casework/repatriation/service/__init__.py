"""What can be done with a return. Each function takes the actor, writes its audit row and flushes."""

from casework.repatriation.service.facts import add_check, decide, decide_against_advice, name_receiver
from casework.repatriation.service.family import TraceData, answer_family, ask_family, stop_tracing, tracing_withdrawn
from casework.repatriation.service.feedback import refuse_feedback, send_feedback
from casework.repatriation.service.handovers import HandoverData, record_handover, sign
from casework.repatriation.service.interest import InterestData, confirm_interest, decide_interest
from casework.repatriation.service.movements import arrive, cancel_movement, change_movement, depart, plan_movement
from casework.repatriation.service.onway import LegData, add_escort, add_leg, take_out
from casework.repatriation.service.papers import PaperData, add_paper, change_paper
from casework.repatriation.service.plan import Journey, set_travel_day, start_return, stop_return
from casework.repatriation.service.seats import SeatData, board, change_seat, stay_behind, take_seat
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
    "LegData",
    "PaperData",
    "SeatData",
    "TraceData",
    "add_check",
    "add_escort",
    "add_leg",
    "add_paper",
    "answer_family",
    "arrive",
    "ask_family",
    "await_answer",
    "board",
    "cancel_movement",
    "change_movement",
    "change_paper",
    "change_seat",
    "confirm_interest",
    "consent_withdrawn",
    "decide",
    "decide_against_advice",
    "decide_interest",
    "depart",
    "finish_step",
    "give_step",
    "name_receiver",
    "open_step",
    "plan_movement",
    "record_handover",
    "refuse_feedback",
    "repeat_step",
    "resume_step",
    "send_feedback",
    "set_travel_day",
    "sign",
    "skip_step",
    "start_return",
    "stay_behind",
    "stop_return",
    "stop_tracing",
    "take_out",
    "take_seat",
    "tracing_withdrawn",
    "wait_for_person",
]
