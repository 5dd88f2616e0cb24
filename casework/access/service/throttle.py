"""Brakes on guessing without locking anybody out: tries are reserved by a committed row before anything is hashed.

An attacker fills only the bucket of unknown devices; a worker on a known device is slowed down, never locked
(docs/decisions/0008).
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network
from uuid import UUID

from sqlalchemy import func, select, update

from casework.access.models import LoginAttempt
from casework.access.models.sessions import ATTEMPT_KINDS
from casework.db import db, utcnow
from casework.vault import keys

WINDOW = timedelta(minutes=10)
KNOWN_DEVICE = 10
UNKNOWN_DEVICE = 5
ADDRESS_BLOCK = 30
LONGEST_DELAY = 60.0
"""Seconds between two tries on a known device, at most, however many failed."""

COUNTED = ("reserved", "failed")


class Verdict(StrEnum):
    """What the buckets say: go on, slow down (answer as if wrong, after the same work), or stop at once."""

    GO = "go"
    SLOW = "slow"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Try:
    """Where a try comes from. `account` is the name as typed, or the user's name at the second factor."""

    kind: str
    account: str
    address: str
    device_known: bool


def reserve(attempt: Try) -> LoginAttempt:
    """Write the try down before anything is checked; the caller commits it at once, then asks `verdict`."""
    if attempt.kind not in ATTEMPT_KINDS:
        raise ValueError(attempt.kind)
    row = LoginAttempt(
        kind=attempt.kind,
        account_mask=_mask("account", attempt.account.casefold()),
        address_mask=_mask("address", block(attempt.address)),
        device_known=attempt.device_known,
        at=utcnow(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def verdict(attempt: Try) -> Verdict:
    """What the buckets say, the reserved try among them. Counted after the commit, so parallel tries see each other."""
    since = utcnow() - WINDOW
    account = (
        LoginAttempt.account_mask == _mask("account", attempt.account.casefold()),
        LoginAttempt.kind == attempt.kind,
        LoginAttempt.device_known == attempt.device_known,
        LoginAttempt.outcome.in_(COUNTED),
        LoginAttempt.at > since,
    )
    tries = db.session.execute(select(LoginAttempt.at).where(*account).order_by(LoginAttempt.at.desc())).scalars().all()
    from_block = db.session.execute(
        select(func.count())
        .select_from(LoginAttempt)
        .where(LoginAttempt.address_mask == _mask("address", block(attempt.address)))
        .where(LoginAttempt.outcome.in_(COUNTED), LoginAttempt.at > since)
    ).scalar_one()
    if attempt.device_known:
        return _for_known_device([at.timestamp() for at in tries])
    if from_block > ADDRESS_BLOCK:
        return Verdict.STOP
    return Verdict.SLOW if len(tries) > UNKNOWN_DEVICE else Verdict.GO


def settle(attempt_id: UUID, outcome: str) -> None:
    """Write down how it ended; only failures count against the next try."""
    db.session.execute(update(LoginAttempt).where(LoginAttempt.id == attempt_id).values(outcome=outcome))


def sweep() -> int:
    """Drop tries older than 90 days; returns how many. Called by run-due."""
    old = select(LoginAttempt.id).where(LoginAttempt.at < utcnow() - timedelta(days=90)).limit(1000)
    ids = db.session.scalars(old).all()
    db.session.execute(LoginAttempt.__table__.delete().where(LoginAttempt.id.in_(ids)))  # type: ignore[attr-defined]
    return len(ids)


def block(address: str) -> str:
    """The neighbourhood of an address: /24 for IPv4, /64 for IPv6; an address that can't be read is its own."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    return str(ip_network((parsed, 24 if parsed.version == 4 else 64), strict=False))


def _for_known_device(tries: list[float]) -> Verdict:
    """Beyond ten failures in ten minutes each try must wait longer after the last one, up to a minute."""
    excess = len(tries) - KNOWN_DEVICE
    if excess <= 0:
        return Verdict.GO
    pause = min(LONGEST_DELAY, 2.0**excess)
    return Verdict.GO if tries[0] - tries[1] >= pause else Verdict.SLOW


def _mask(purpose: str, value: str) -> bytes:
    return hmac.new(keys.ring().pepper, f"{purpose}\x00{value}".encode(), hashlib.sha256).digest()
