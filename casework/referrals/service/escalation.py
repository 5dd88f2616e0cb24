"""Unanswered referrals get louder with their lateness; nothing closes itself (docs/domain.md 6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from casework.access.queries import organisations
from casework.audit.recorder import SYSTEM, record
from casework.cases.service import notify
from casework.codes.queries import get
from casework.db import db
from casework.referrals.models import Referral
from casework.referrals.workflow import early, grace, level


def escalate_due(now: datetime) -> int:
    """Remind, tell sender and receiver's supervisor at the limit, later both supervisors. Returns how many rose.

    Called by run-due, as often as it likes: a level is told once. Receivers without the case get news without it.
    """
    risen = 0
    with_users = {office.id for office in organisations(with_users=True)}
    waiting = select(Referral).where(Referral.status == "sent", Referral.escalated < 3).order_by(Referral.due_at)
    for referral in db.session.scalars(waiting):
        reached = _level(referral, now)
        if reached <= referral.escalated:
            continue
        # Not through the row: its version is for people, and a sweep must not make their next tap stale.
        changed = db.session.execute(
            update(Referral)
            .where(Referral.id == referral.id, Referral.escalated == referral.escalated)
            .values(escalated=reached)
            .returning(Referral.id)
            .execution_options(synchronize_session=False)
        ).first()
        if changed is not None:
            _tell(referral, reached, referral.to_org_id in with_users)
            record(
                SYSTEM,
                "referral.escalated",
                case_id=referral.case_id,
                subject=("referral", referral.id),
                body={"level": reached},
            )
            risen += 1
    db.session.flush()
    db.session.expire_all()
    return risen


def _level(referral: Referral, now: datetime) -> int:
    """By the times that stand with the priority in its list."""
    priority = get("referral_priority", referral.priority)
    return level(referral.due_at, now, before=early(priority), after=grace(priority))


def _tell(referral: Referral, reached: int, receiver_reads: bool) -> None:
    """Level 1: the receiver, or the sender where the receiver has no accounts; 2: sender and the receiver's
    supervisor; 3: both supervisors."""
    kind = "referral_reminder" if reached == 1 else "referral_late"
    about: dict[str, Any] = {
        "case_id": referral.case_id, "record_kind": "referral", "record_id": referral.id,
        "data_class": referral.data_class,
    }  # fmt: skip
    if reached >= 2 or not receiver_reads:
        notify(
            referral.author_org_id,
            kind,
            user_id=None if reached == 3 else referral.author_user_id,
            for_supervisor=reached == 3,
            **about,
        )
    if receiver_reads and referral.to_org_id is not None:
        notify(referral.to_org_id, kind, without_access=True, for_supervisor=reached >= 2, **about)
