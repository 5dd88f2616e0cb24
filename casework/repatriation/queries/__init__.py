"""Reads of the return: all through the predicate of the return itself."""

from casework.repatriation.queries.facts import (
    approval_of,
    approved,
    check_notes,
    checks_of,
    decision_words,
    decisions_of,
    get_decision,
    is_child,
    newest_check,
    newest_decision,
)
from casework.repatriation.queries.gates import Gate, gates, require_gates
from casework.repatriation.queries.handovers import (
    HandoverView,
    get_handover,
    handovers_of,
    live_handover,
    signatures_of,
    view_of,
)
from casework.repatriation.queries.paths import (
    get_path,
    get_step,
    open_path,
    paths_of,
    reaches,
    spells_of,
    steps_of,
    visible_paths,
)
from casework.repatriation.queries.tracker import StepView, tracker

__all__ = [
    "Gate",
    "HandoverView",
    "StepView",
    "approval_of",
    "approved",
    "check_notes",
    "checks_of",
    "decision_words",
    "decisions_of",
    "gates",
    "get_decision",
    "get_handover",
    "get_path",
    "get_step",
    "handovers_of",
    "is_child",
    "live_handover",
    "newest_check",
    "newest_decision",
    "open_path",
    "paths_of",
    "reaches",
    "require_gates",
    "signatures_of",
    "spells_of",
    "steps_of",
    "tracker",
    "view_of",
    "visible_paths",
]
