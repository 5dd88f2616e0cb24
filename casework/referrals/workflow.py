"""States of a referral as a table, the clocks of its priorities and the words that pages show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from casework.codes.queries import Code
from casework.errors import InvalidTransition, n_
from casework.referrals.models import Referral

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
TAKEN_ON = ("accepted", "service_started")
"""The receiver helps now: it may send the person back."""
READABLE = frozenset({"sent", "accepted", "service_started", "done"})
"""States in which the receiver may read the packet; it ends with refusal, revocation, withdrawal and taking back."""

FAILED = ("rejected", "expired")
"""The need stands as before: another office can be asked."""

_UNITS = {"hours": timedelta(hours=1), "days": timedelta(days=1)}


def check_move(before: str, after: str) -> None:
    """Raise InvalidTransition unless a referral may go from `before` to `after`."""
    if after not in MOVES[before]:
        raise InvalidTransition(n_("This referral has moved on. Load the page again to see where it stands."))


def again(referral: Referral) -> bool:
    """Whether another office may be asked in its place: refused, taken back unanswered, or the person sent back."""
    return referral.status in FAILED or referral.back_reason is not None


def clock(priority: Code) -> timedelta:
    """Time to answer by the attributes of the priority's code; it runs day and night (inter-agency referral form)."""
    return int(priority.extra["due_value"]) * _UNITS[priority.extra["due_unit"]]


def early(priority: Code) -> timedelta:
    """How long before the limit the receiver is reminded; half of the time where the list says nothing that fits."""
    return _span(priority, "before_value", share=2)


def grace(priority: Code) -> timedelta:
    """How long after the limit both supervisors are told; half of the time where the list says nothing that fits."""
    return _span(priority, "after_value", share=2)


def by_phone(priority: Code) -> bool:
    """Whether the office is called as well (attribute 'phone' of the priority)."""
    return priority.extra.get("phone") == "yes"


def level(due_at: datetime, now: datetime, *, before: timedelta, after: timedelta) -> int:
    """How late an unanswered referral is: 0 in time, 1 remind, 2 at the limit, 3 both supervisors."""
    return 3 if now >= due_at + after else 2 if now >= due_at else 1 if now >= due_at - before else 0


def _span(priority: Code, name: str, *, share: int) -> timedelta:
    value, limit = priority.extra.get(name) or "", clock(priority)
    span = int(value) * _UNITS[priority.extra["due_unit"]] if value.isdecimal() else limit
    return span if span < limit else limit / share
