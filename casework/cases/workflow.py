"""Words and rules of the case that need no database: codes people say, stations, kinds of tasks and news."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from casework.cases.models import STATIONS
from casework.errors import n_

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code survives the telephone."""
LOOKALIKES = str.maketrans("ILO", "110")

STATION_WORDS = {
    "identification": n_("Identification"),
    "return": n_("Return"),
    "arrival": n_("Arrival help"),
    "reintegration": n_("Reintegration"),
    "closure": n_("Closure"),
}
STATION_STATE_WORDS = {"not_needed": n_("not needed"), "open": n_("open"), "done": n_("done")}
STATION_MOVES: Mapping[str, frozenset[str]] = {
    "not_needed": frozenset({"open", "done"}),
    "open": frozenset({"done", "not_needed"}),
    "done": frozenset({"open"}),
}
"""A station may be opened again; a done one is never said to have been needless."""

TASK_KINDS = {
    "todo": n_("To do"),
    "first_talk": n_("First talk in private"),
    "screening": n_("Finish the screening"),
    "emergency_need": n_("Emergency need to be met"),
    "risk_review": n_("Look at the risk again"),
    "consent_again": n_("Ask consent again"),
    "contact_check": n_("Check the safe contact"),
    "referral_answer": n_("Waiting for an answer to a referral"),
    "referral_service": n_("Start the service asked for"),
    "referral_feedback": n_("Say what came of a referral"),
    "referral_back": n_("Take the person on again: sent back"),
    "return_step": n_("Next step of the return"),
    "stay_review": n_("Look at a long stay again"),
    "appointment": n_("Appointment"),
    "urgent_care": n_("Care needed today"),
    "travel_fitness": n_("Word about travel: record it with the return"),
    "plan_write": n_("Write the plan"),
    "plan_approval": n_("Waiting for approval of the plan"),
    "follow_up": n_("Visit or call"),
    "promise": n_("A promise to the person is due"),
    "closure_approval": n_("Waiting for approval of the closure"),
    "vital_decision": n_("Decide: case opened because life is at risk"),
    "formal_request": n_("Ask about the formal decision again"),
    "hearing": n_("Hearing or deadline of a proceeding"),
    "erase_notice": n_("Confirm that shared data were erased"),
}
REMINDERS = ("risk_review", "consent_again", "contact_check", "formal_request")
"""Kinds of tasks that only remind of a case that goes on: closing it ends them, nobody has to tidy them up first."""
GROUP_WORDS = {
    "family": n_("Family"),
    "crew": n_("Boat crew"),
    "bus": n_("People of one bus"),
    "compound": n_("People of one compound"),
    "other": n_("Another group"),
}
STOP_WORDS = {
    "person": n_("The person"),
    "worker": n_("The worker"),
    "health_worker": n_("A doctor or nurse"),
    "guardian": n_("The guardian"),
    "interpreter": n_("The interpreter"),
}
"""Who wished that nothing more is asked today."""
STOP_SPANS = {
    "tomorrow": n_("Until tomorrow morning"),
    "two_days": n_("For two nights"),
    "week": n_("For a week"),
}
STOP_DAYS: Mapping[str, int] = {"tomorrow": 1, "two_days": 2, "week": 7}
"""Nights after which asking may begin again."""
TALK_WORDS = {"held": n_("talked with alone"), "declined": n_("did not want a talk alone")}
SHEET_WORDS = {"first_evening": n_("First evening, from paper"), "group_list": n_("Group list, from paper")}
APPROVAL_KINDS = {
    "plan": n_("Plan"),
    "closure": n_("Closure"),
    "closure_disagreed": n_("Closure, the person disagrees"),
    "vital": n_("Case opened because life is at risk"),
    "return_against_advice": n_("Return against a safety assessment"),
    "best_interest": n_("Best-interest decision for a child"),
}
NOTICE_KINDS = {
    "referral_received": n_("A referral came in"),
    "referral_reminder": n_("A referral waits for an answer"),
    "referral_late": n_("A referral is late"),
    "referral_accepted": n_("A referral was accepted"),
    "referral_rejected": n_("A referral was not accepted"),
    "referral_started": n_("A service asked for has begun"),
    "referral_done": n_("Feedback on a referral came in"),
    "referral_back": n_("A person was sent back to you"),
    "referral_revoked": n_("A referral was taken back"),
    "consent_withdrawn": n_("Consent was withdrawn: stop using what was shared and erase it where you can"),
    "access_ended": n_("Access to a case has ended"),
    "transfer_done": n_("A case was handed over"),
    "approval_asked": n_("Something waits for your approval"),
    "approval_decided": n_("An approval was decided"),
    "task_soon": n_("Something is due within three days"),
    "task_late": n_("Something is late"),
    "vital_opened": n_("A case was opened because life is at risk"),
    "vital_decided": n_("It was decided about a case opened because life is at risk"),
    "risk_high": n_("A high risk was recorded"),
    "return_stopped": n_("A return has stopped: nothing arranged for it goes on"),
    "person_dead": n_("A death was recorded"),
    "person_missing": n_("A person is missing"),
    "person_not_arrived": n_("A person did not arrive"),
    "person_found": n_("A missing person was found"),
    "person_in_danger": n_("A person is in danger: a visit or call says so"),
    "visit_alarm": n_("A worker did not check out of a visit"),
    "staff_threat": n_("One of us was threatened"),
    "retention_over": n_("The time for keeping a closed case is over"),
    "assigned": n_("A case was given to you"),
}


def new_code() -> str:
    """A new case code, e.g. CW-7KQ2-M93HX: 40 random bits and a check character (Luhn mod 32)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"CW-{body[:4]}-{body[4:]}{check_character(body)}"


def check_character(body: str) -> str:
    """The check character of a body of base-32 characters: finds any single wrong one and most swaps."""
    total, factor = 0, 2
    for character in reversed(body):
        addend = factor * ALPHABET.index(character)
        total += addend // 32 + addend % 32
        factor = 3 - factor
    return ALPHABET[-total % 32]


def read_code(text: str) -> str | None:
    """The code somebody typed, in its written form, or None when it is none (wrong length or check character)."""
    plain = "".join(c for c in text.upper().translate(LOOKALIKES) if c.isalnum()).removeprefix("CW")
    if len(plain) != 9 or any(c not in ALPHABET for c in plain) or check_character(plain[:8]) != plain[8]:
        return None
    return f"CW-{plain[:4]}-{plain[4:]}"


def stage_of(stations: Mapping[str, str]) -> str:
    """The earliest open station; closure when none is open."""
    return next((name for name in STATIONS if stations.get(name) == "open"), "closure")


def mask_of(stations: Mapping[str, str]) -> int:
    """Open stations as bits, in the order of STATIONS."""
    return sum(1 << place for place, name in enumerate(STATIONS) if stations.get(name) == "open")
