"""Acts of reintegration: plan, stage, visits, facts that stop them, closing and reopening."""

from casework.reintegration.service.actions import add_action, set_action
from casework.reintegration.service.assessing import agree_safety, assess
from casework.reintegration.service.closing import decide_closure, reopen, request_closure
from casework.reintegration.service.facts import note_fact
from casework.reintegration.service.papers import tick_paper, untick_paper
from casework.reintegration.service.plans import (
    add_goal,
    decide_plan,
    drop_goal,
    enter_stage,
    send_plan,
    set_goal,
    start_plan,
)
from casework.reintegration.service.promises import promise, settle_promise
from casework.reintegration.service.schedule import cancel_visits, plan_visit, plan_visits, reschedule
from casework.reintegration.service.visits import DONE, add_attempt, miss_visit, record_contact, record_visit

__all__ = [
    "DONE",
    "add_action",
    "add_attempt",
    "add_goal",
    "agree_safety",
    "assess",
    "cancel_visits",
    "decide_closure",
    "decide_plan",
    "drop_goal",
    "enter_stage",
    "miss_visit",
    "note_fact",
    "plan_visit",
    "plan_visits",
    "promise",
    "record_contact",
    "record_visit",
    "reopen",
    "request_closure",
    "reschedule",
    "send_plan",
    "set_action",
    "set_goal",
    "settle_promise",
    "start_plan",
    "tick_paper",
    "untick_paper",
]
