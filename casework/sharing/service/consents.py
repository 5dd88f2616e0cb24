"""Recording an answer on a case: the ledger, the reminder to ask again, and access that a new agreement prolongs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Unpack

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.service import add_task, refresh_access
from casework.consent.models import ConsentEntry
from casework.consent.queries import classes_of
from casework.consent.service import Asked, give, refuse, validity
from casework.consent.workflow import ASK_AGAIN_MONTHS
from casework.db import db, utcnow
from casework.referrals.models import Referral, ReferralClass
from casework.referrals.workflow import ACCEPTED
from casework.sharing.service.moves import open_consented


def record_given(
    case: Case,
    *,
    by: Actor,
    purpose: str,
    classes: Iterable[str],
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    **asked: Unpack[Asked],
) -> ConsentEntry:
    """Record an agreement, ask again at half time, and prolong what rests on earlier ones of this recipient."""
    entry = give(case, by=by, purpose=purpose, classes=classes, starts_at=starts_at, ends_at=ends_at, **asked)
    if not case.historical:
        add_task(
            case,
            by=by,
            kind="consent_again",
            due_at=min(validity(entry.starts_at, ASK_AGAIN_MONTHS), entry.ends_at),
            record_kind="consent_entry",
            record_id=entry.id,
        )
    _prolong(case, entry)
    return entry


def record_refused(
    case: Case, *, by: Actor, purpose: str, classes: Iterable[str] = (), **asked: Unpack[Asked]
) -> ConsentEntry:
    """Record that the person said no. Help does not depend on it."""
    return refuse(case, by=by, purpose=purpose, classes=classes, **asked)


def _prolong(case: Case, entry: ConsentEntry) -> None:
    """Accepted referrals to the recipient for the purpose rest on the new entry too, for the classes they carry."""
    if entry.recipient_org_id is None or entry.author_org_id == entry.recipient_org_id != case.owner_org_id:
        # What a guest records in its own favour prolongs nothing: it would outlive the withdrawal.
        return
    running = select(Referral).where(
        Referral.case_id == case.id,
        Referral.to_org_id == entry.recipient_org_id,
        Referral.purpose == entry.purpose,
        Referral.status.in_((*ACCEPTED, "sent")),
    )
    covered = set(classes_of([entry.id]).get(entry.id, ()))
    changed = False
    for referral in db.session.scalars(running):
        rows = list(db.session.scalars(select(ReferralClass).where(ReferralClass.referral_id == referral.id)))
        for row in rows:
            # An agreement that begins later can't carry the packet yet.
            if row.data_class in covered and row.ends_at < entry.ends_at and entry.starts_at <= utcnow():
                row.entry_id, row.ends_at = entry.id, entry.ends_at
        shared = covered.intersection(row.data_class for row in rows)
        if referral.status in ACCEPTED and shared:
            open_consented(case, referral, [entry], shared)
            changed = True
    if changed:
        refresh_access(case)
