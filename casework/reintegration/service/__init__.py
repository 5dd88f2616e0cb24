"""Acts of reintegration: plan, stage, visits, facts that stop them, closing and reopening."""

from casework.reintegration.service.actions import add_action, set_action
from casework.reintegration.service.assessing import agree_safety, assess
from casework.reintegration.service.closing import decide_closure, reopen, request_closure
from casework.reintegration.service.facts import note_fact
from casework.reintegration.service.keeping import tell_retention
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
from casework.reintegration.service.schedule import cancel_visits, plan_own_rhythm, plan_visit, plan_visits, reschedule
from casework.reintegration.service.trips import come_out, go_in, note_place, plan_trip, raise_alarms, report_threat
from casework.reintegration.service.visits import DONE, add_attempt, miss_visit, record_contact, record_visit

__all__ = [
    "DONE",
    "add_action",
    "add_attempt",
    "add_goal",
    "agree_safety",
    "assess",
    "cancel_visits",
    "come_out",
    "decide_closure",
    "decide_plan",
    "drop_goal",
    "enter_stage",
    "go_in",
    "miss_visit",
    "note_fact",
    "note_place",
    "plan_own_rhythm",
    "plan_trip",
    "plan_visit",
    "plan_visits",
    "promise",
    "raise_alarms",
    "record_contact",
    "record_visit",
    "reopen",
    "report_threat",
    "request_closure",
    "reschedule",
    "send_plan",
    "set_action",
    "set_goal",
    "settle_promise",
    "start_plan",
    "tell_retention",
    "tick_paper",
    "untick_paper",
]
