"""Pages of the return: the tracker, its forms, the hand-over."""

from __future__ import annotations

from casework.access.permissions import Permission
from casework.cases.views.links import add_tab, link_record
from casework.errors import n_
from casework.repatriation.kinds import DATA_CLASS
from casework.repatriation.views import (
    facts,
    family,
    feedback,
    ground,
    handovers,
    journeys,
    plan,
    returns,
    seats,
    steps,
    tab,
)
from casework.repatriation.views.blueprint import bp

__all__ = [
    "bp",
    "facts",
    "family",
    "feedback",
    "ground",
    "handovers",
    "journeys",
    "plan",
    "returns",
    "seats",
    "steps",
    "tab",
]

add_tab(50, n_("Return"), "repatriation.tab", Permission.CASE_SEE, DATA_CLASS)
for kind in (
    "return_path",
    "return_step",
    "return_check",
    "return_decision",
    "travel_paper",
    "best_interest",
    "movement_seat",
    "return_feedback",
):
    link_record(kind, "repatriation.tab")
link_record("handover", "repatriation.hand_over", "handover_id")
link_record("return_against_advice", "repatriation.new_decide_against", "decision_id")
link_record("best_interest_approval", "repatriation.new_confirm_interest", "interest_id")
link_record("family_tracing", "repatriation.family", "tracing_id")
