"""The states of a referral, all pairs of them, and its clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from casework.codes.queries import Code
from casework.errors import InvalidTransition
from casework.referrals.kinds import STATUSES
from casework.referrals.workflow import MOVES, OPEN, READABLE, by_phone, check_move, early, grace, level

ALLOWED = {
    ("draft", "sent"),
    ("sent", "accepted"),
    ("sent", "rejected"),
    ("sent", "revoked"),
    ("sent", "consent_withdrawn"),
    ("sent", "expired"),
    ("accepted", "service_started"),
    ("accepted", "done"),
    ("accepted", "revoked"),
    ("accepted", "consent_withdrawn"),
    ("service_started", "done"),
    ("service_started", "revoked"),
    ("service_started", "consent_withdrawn"),
}


@pytest.mark.parametrize(("before", "after"), list(product(STATUSES, STATUSES)))
def test_every_pair_of_states(before: str, after: str) -> None:
    if (before, after) in ALLOWED:
        check_move(before, after)
    else:
        with pytest.raises(InvalidTransition):
            check_move(before, after)


def test_the_table_knows_every_state_and_no_other() -> None:
    assert set(MOVES) == set(STATUSES)
    assert set().union(*MOVES.values()) <= set(STATUSES)


def test_a_packet_is_readable_only_while_the_referral_stands() -> None:
    assert set(OPEN) | {"done"} == READABLE


@pytest.mark.parametrize(("hours", "wanted"), [(0, 0), (11.9, 0), (12, 1), (23.9, 1), (24, 2), (36, 3), (900, 3)])
def test_lateness_rises_with_the_clock(hours: float, wanted: int) -> None:
    sent = datetime(2026, 11, 22, 12, tzinfo=UTC)
    half = timedelta(hours=12)
    assert level(sent + timedelta(hours=24), sent + timedelta(hours=hours), before=half, after=half) == wanted


def test_reminders_are_data_of_the_priority() -> None:
    hours = {"due_value": "72", "due_unit": "hours"}
    told = Code("p", "urgent", "Urgent", extra=hours | {"before_value": "24", "after_value": "12"})
    assert (early(told), grace(told)) == (timedelta(hours=24), timedelta(hours=12))
    older = Code("p", "urgent", "Urgent", extra=hours)
    assert (early(older), grace(older)) == (timedelta(hours=36), timedelta(hours=36))
    assert not by_phone(older)
    short = {"due_value": "6", "before_value": "12", "after_value": "6"}
    stale = Code("p", "urgent", "Urgent", extra=hours | short)
    assert (early(stale), grace(stale)) == (timedelta(hours=3), timedelta(hours=3)), "left behind by a shorter limit"
