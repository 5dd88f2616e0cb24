"""Settings of the first pages, each with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping

SHOWN = 25
"""Rows of each list on a first page; the rest stands behind a link."""
CASELOAD_NORM = 20
"""Open cases of one worker above which the board warns (docs/domain.md 12, general knowledge: a default)."""
QUIET_DAYS = 30
"""Days without any activity after which a case stands on the board as quiet (a default)."""
QUIET_SHOWN = 12
"""Quiet cases on the board, the quietest first."""
WEEK = 7
"""Days that 'this week' reaches from today."""
LATE_SHOWN = 25
"""Late items on the board, the latest first."""
TIMELINE = 30
"""Lines of a timeline on one page."""

LISTS: Mapping[str, tuple[str, ...]] = {
    "notes": ("note",),
    "help": ("service_line", "emergency_need", "stay", "health_check", "consultation"),
    "referrals": ("consent_entry", "vital_opening", "letter_case"),
    "steps": (
        "screening",
        "trafficking_event_case",
        "identification_decision",
        "formal_request",
        "risk_assessment",
        "loss",
        "proceeding%",
        "hearing",
        "plan",
        "follow_up",
        "follow_ups_planned",
        "follow_up_done",
        "follow_up_missed",
        "reintegration_stage",
        "contact_attempt",
        "closure",
        "return_%",
        "handover%",
        "change:station:%",
        "change:identified_as",
    ),
    "changes": (
        "change:%",
        "fact_%",
        "person.%",
        "contact",
        "contact.%",
        "relation%",
        "paper%",
        "nationality",
        "document",
    ),
}
"""Filters of the timeline and the kinds they show; '%' stands for any ending. 'referrals' also shows their states."""
MOVED_AT_ONCE = 100
"""Cases that one hand-over moves at most, so that nobody else waits long to write; the rest is handed over after it."""
NOBODY = "nobody"
"""In addresses: the cases that nobody of the office carries."""
LATE_COUNTED = 5_000
"""Late tasks that the page of late work counts at most, the latest first."""
SILENT_SHOWN = 50
"""Cases without a note on one page."""
