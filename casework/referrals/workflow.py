"""States of a referral as a table, the clocks of its priorities and the words that pages show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from casework.codes.queries import Code
from casework.errors import InvalidTransition, n_

MOVES: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"sent"}),
    "sent": frozenset({"accepted", "rejected", "revoked", "consent_withdrawn", "expired"}),
    "accepted": frozenset({"service_started", "done", "revoked", "consent_withdrawn"}),
    "service_started": frozenset({"done", "revoked", "consent_withdrawn"}),
    "done": frozenset(),
    "rejected": frozenset(),
    "revoked": frozenset(),
    "consent_withdrawn": frozenset(),
    "expired": frozenset(),
}
"""State -> states it may go to (codes of referral_status). Nothing leaves a closed state, nothing closes itself."""

OPEN = ("sent", "accepted", "service_started")
"""Open for somebody: what a withdrawal of consent stops."""
ACCEPTED = ("accepted", "service_started", "done")
"""After acceptance the receiver has the case itself, so the reach of each role counts."""
READABLE = frozenset({"sent", "accepted", "service_started", "done"})
"""States in which the receiver may read the packet; it ends with refusal, revocation, withdrawal and taking back."""

REMIND_AT = 0.5
"""Share of the clock after which the receiver is reminded (a default)."""
BOTH_AT = 1.5
"""Share of the clock after which both supervisors are told (a default)."""

_UNITS = {"hours": timedelta(hours=1), "days": timedelta(days=1)}


def check_move(before: str, after: str) -> None:
    """Raise InvalidTransition unless a referral may go from `before` to `after`."""
    if after not in MOVES[before]:
        raise InvalidTransition(n_("This referral has moved on. Load the page again to see where it stands."))


def clock(priority: Code) -> timedelta:
    """Time to answer by the attributes of the priority's code; it runs day and night (inter-agency referral form)."""
    return int(priority.extra["due_value"]) * _UNITS[priority.extra["due_unit"]]


def level(sent_at: datetime, due_at: datetime, now: datetime) -> int:
    """How late an unanswered referral is: 0 in time, 1 remind, 2 at the limit, 3 both supervisors."""
    share = (now - sent_at) / (due_at - sent_at)
    return 3 if share >= BOTH_AT else 2 if share >= 1 else 1 if share >= REMIND_AT else 0
