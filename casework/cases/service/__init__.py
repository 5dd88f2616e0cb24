"""What can be done with a case. Each function takes the actor, writes its audit row and flushes."""

from casework.cases.service.access import refresh_access, sweep_expired, touched
from casework.cases.service.approvals import ask_approval, decide_approval
from casework.cases.service.care import Paper, StopWish, go_on_asking, keep_paper, mark_talk, stop_asking
from casework.cases.service.escalation import escalate_tasks
from casework.cases.service.groups import Shared, join_group, leave_group, make_group
from casework.cases.service.notes import add_note
from casework.cases.service.opening import (
    ASSIGN_REASONS,
    EXCLUSION_REASONS,
    assign,
    bring_in,
    close_case,
    end_exclusion,
    exclude,
    let_go,
    open_case,
    reopen_case,
    set_station,
    take_on,
)
from casework.cases.service.records import change, may_write, new_record, on_timeline
from casework.cases.service.statistics import refresh_statistics, set_disability, set_forms
from casework.cases.service.tasks import acknowledge, add_task, finish_task, finish_tasks, move_tasks, notify, plan_todo

__all__ = [
    "ASSIGN_REASONS",
    "EXCLUSION_REASONS",
    "Paper",
    "Shared",
    "StopWish",
    "acknowledge",
    "add_note",
    "add_task",
    "ask_approval",
    "assign",
    "bring_in",
    "change",
    "close_case",
    "decide_approval",
    "end_exclusion",
    "escalate_tasks",
    "exclude",
    "finish_task",
    "finish_tasks",
    "go_on_asking",
    "join_group",
    "keep_paper",
    "leave_group",
    "let_go",
    "make_group",
    "mark_talk",
    "may_write",
    "move_tasks",
    "new_record",
    "notify",
    "on_timeline",
    "open_case",
    "plan_todo",
    "refresh_access",
    "refresh_statistics",
    "reopen_case",
    "set_disability",
    "set_forms",
    "set_station",
    "stop_asking",
    "sweep_expired",
    "take_on",
    "touched",
]
