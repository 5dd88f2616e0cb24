"""The states of a referral, all pairs of them, and its clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from casework.errors import InvalidTransition
from casework.referrals.kinds import STATUSES
from casework.referrals.workflow import MOVES, OPEN, READABLE, check_move, level

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
    assert level(sent, sent + timedelta(hours=24), sent + timedelta(hours=hours)) == wanted
