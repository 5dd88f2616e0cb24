"""Pages of identification: the tab of a case, screenings, decisions, events, risk."""

from __future__ import annotations

from casework.access.permissions import Permission
from casework.cases.views.links import add_tab, link_record
from casework.errors import n_
from casework.identification.views import decisions, events, requests, screenings, tab
from casework.identification.views.blueprint import bp

__all__ = ["bp", "decisions", "events", "requests", "screenings", "tab"]

CLASSES = ("trafficking_history", "identification", "needs_risk")

add_tab(30, n_("Identification"), "identification.tab", Permission.CASE_SEE, *CLASSES)
link_record("screening", "identification.screening", "screening_id")
link_record("trafficking_event_case", "identification.tab")
link_record("identification_decision", "identification.tab")
link_record("risk_assessment", "identification.tab")
link_record("formal_request", "identification.tab")
