"""What may be seen of identification: events, screenings, the suggestion, decisions, risk, and figures for reports."""

from casework.identification.queries.decisions import (
    DecisionWords,
    decisions_of,
    exploitation_of,
    identified_as,
    identified_for,
    risks_of,
    standing_ids,
)
from casework.identification.queries.events import (
    EventView,
    OffenderView,
    event_words,
    events_of,
    get_event,
    members_of,
    offenders_of,
    sees_offenders,
)
from casework.identification.queries.evidence import counts_as_child, evidence_of, item, offered, suggestion_for
from casework.identification.queries.screenings import (
    Earlier,
    answers_of,
    earlier_answers,
    get_screening,
    screenings_of,
    words_of,
)

__all__ = [
    "DecisionWords",
    "Earlier",
    "EventView",
    "OffenderView",
    "answers_of",
    "counts_as_child",
    "decisions_of",
    "earlier_answers",
    "event_words",
    "events_of",
    "evidence_of",
    "exploitation_of",
    "get_event",
    "get_screening",
    "identified_as",
    "identified_for",
    "item",
    "members_of",
    "offenders_of",
    "offered",
    "risks_of",
    "screenings_of",
    "sees_offenders",
    "standing_ids",
    "suggestion_for",
    "words_of",
]
