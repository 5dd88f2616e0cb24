"""The one place that moves consent, access, postings, referrals, tasks and news together, each in one transaction."""

from casework.sharing.service.answering import accept, decline, give_feedback, start_service
from casework.sharing.service.asking import ask_office
from casework.sharing.service.backward import send_back
from casework.sharing.service.behalf import OnBehalf, note_call, on_paper
from casework.sharing.service.consents import record_given, record_refused
from casework.sharing.service.letters import LetterLine, digest_of, look_letter, send_letter
from casework.sharing.service.sending import look, send
from casework.sharing.service.stopping import (
    STOP,
    acknowledge_stop,
    revoke,
    sweep_grants,
    take_back,
    withdraw,
    withdraw_every,
)
from casework.sharing.service.vital import decide_vital, get_opening, open_vital, reason_of

__all__ = [
    "STOP",
    "LetterLine",
    "OnBehalf",
    "accept",
    "acknowledge_stop",
    "ask_office",
    "decide_vital",
    "decline",
    "digest_of",
    "get_opening",
    "give_feedback",
    "look",
    "look_letter",
    "note_call",
    "on_paper",
    "open_vital",
    "reason_of",
    "record_given",
    "record_refused",
    "revoke",
    "send",
    "send_back",
    "send_letter",
    "start_service",
    "sweep_grants",
    "take_back",
    "withdraw",
    "withdraw_every",
]
