"""Endings: the sender takes back or revokes, the person withdraws. Access, packets, tasks and news in one go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import organisation
from casework.audit.recorder import SYSTEM, record
from casework.cases.models import Case, Notice, Task
from casework.cases.service import acknowledge, add_task, finish_tasks, notify, refresh_access
from casework.codes.queries import get
from casework.consent.models import ConsentEntry, Grant
from casework.consent.queries import consented_classes, others_open
from casework.consent.service import end_grants, withdraw_entry
from casework.consent.workflow import ERASE_DAYS
from casework.db import db, utcnow
from casework.errors import InvalidTransition, NotAllowed, NotVisible, n_
from casework.identification.service import requests_withdrawn
from casework.referrals.models import Referral, ReferralClass
from casework.referrals.service import move
from casework.referrals.workflow import OPEN
from casework.repatriation.service import consent_withdrawn, tracing_withdrawn
from casework.sharing.service.moves import case_of, keep_own, tell_receiver, tell_sender

STOP = "consent_withdrawn"
"""Kind of the notice that asks a recipient to stop using what was shared, and to erase it."""


def take_back(referral: Referral, *, by: Actor, expected_version: int | None = None) -> None:
    """After the limit the sender may take back what was not answered. Nothing expires by itself."""
    _of_sender(referral, by)
    if utcnow() < referral.due_at:
        raise InvalidTransition(n_("The office still has time to answer. You may withdraw the referral instead."))
    _end(referral, "expired", by=by, expected_version=expected_version)


def revoke(referral: Referral, *, by: Actor, expected_version: int | None = None) -> None:
    """The sender ends a referral, answered or not. What was opened by it is closed."""
    _of_sender(referral, by)
    _end(referral, "revoked", by=by, expected_version=expected_version)


def withdraw(entry: ConsentEntry, case: Case, *, by: Actor, form: str, note: str | None = None) -> ConsentEntry:
    """The person takes an agreement back: at once nothing more is shared by it.

    A new entry; grants that rest on it end; open referrals that it carried stop and their packets close; recipients
    are told to stop and erase, with an answer due in 7 days; each provider keeps its own service record under the
    code; travel returns to decision where the return was agreed to (docs/domain.md 8).
    """
    require(by, Permission.CONSENT_RECORD)
    new = withdraw_entry(entry, case, by=by, form=form, note=note)
    stop(case, entry, by=by, status="consent_withdrawn", reason="consent_withdrawn")
    group = get("consent_purpose", entry.purpose).group
    if group == "return":
        consent_withdrawn(case, by)
    if group == "family":
        tracing_withdrawn(case, by)
    requests_withdrawn(case, entry.purpose, by)
    if case.owner_org_id != by.organisation_id:
        notify(case.owner_org_id, STOP, case_id=case.id, record_kind="consent_entry", record_id=entry.id)
    return new


def withdraw_every(
    entry: ConsentEntry, case: Case, *, by: Actor, form: str, note: str | None = None
) -> list[ConsentEntry]:
    """The person takes back this agreement and all others with the same office that the actor's office may see.

    What was opened for vital interest is no agreement: its supervisor ends it, or its 72 hours.
    """
    owner = case.owner_org_id == by.organisation_id
    others = others_open(entry, org_id=by.organisation_id, owner=owner)
    ids = [entry.id, *(one.id for one in others if one.ground == "consent")]
    rows = [db.session.get_one(ConsentEntry, entry_id) for entry_id in ids]
    return [withdraw(row, case, by=by, form=form, note=note) for row in rows]


def stop(case: Case, entry: ConsentEntry, *, by: Actor, status: str, reason: str) -> None:
    """End everything that rests on an entry that is no longer in force."""
    finish_tasks(case, entry.id, by=by, state="cancelled")
    ended = end_grants(case.id, reason=reason, entry_id=entry.id)
    told: set[UUID] = {grant.org_id for grant in ended}
    for referral in _resting_on(entry):
        if _still_covered(referral):
            continue
        if referral.status in OPEN:
            move(referral, status, by=by)
            finish_tasks(case, referral.id, by=by, state="cancelled")
            tell_sender(referral, STOP)
        if referral.to_org_id is not None:
            told.add(referral.to_org_id)
        told.update(grant.org_id for grant in end_grants(case.id, reason=reason, source_id=referral.id))
    for org_id in sorted(told - {case.owner_org_id, by.organisation_id}):
        _say_stop(case, org_id, entry, by)
    _close(case, told)


def acknowledge_stop(notice: Notice, *, by: Actor) -> None:
    """The recipient confirms that it stopped using what was shared and erased it where it could."""
    if notice.org_id != by.organisation_id or notice.kind != STOP or notice.due_at is None:
        raise NotVisible
    acknowledge(notice, by=by)
    entry = db.session.get(ConsentEntry, notice.record_id)
    if entry is not None:
        record(by, "consent.erasure_confirmed", case_id=entry.case_id, subject=("consent_entry", entry.id))
        tasks = select(Task).where(
            Task.record_id == entry.id, Task.waiting_for_org_id == by.organisation_id, Task.state == "open"
        )
        for task in db.session.scalars(tasks):
            task.state, task.ended_at, task.ended_by = "done", utcnow(), by.user_id
    db.session.flush()


def sweep_grants(now: datetime) -> int:
    """For run-due: mark grants whose time is over, and leave each provider its own records under the code.

    Time is filtered wherever access is read; this only tidies. Returns how many ended.
    """
    over = select(Grant).where(Grant.ended_at.is_(None), Grant.ends_at <= now).order_by(Grant.case_id).limit(500)
    by_case: dict[UUID, set[UUID]] = {}
    grants = list(db.session.scalars(over))
    for grant in grants:
        grant.ended_at, grant.ended_reason = now, "expired"
        by_case.setdefault(grant.case_id, set()).add(grant.org_id)
    for case_id, org_ids in by_case.items():
        record(SYSTEM, "access.expired", case_id=case_id, body={"orgs": sorted(org_ids)})
        _close(db.session.get_one(Case, case_id), org_ids)
    return len(grants)


def _of_sender(referral: Referral, by: Actor) -> None:
    require(by, Permission.REFERRAL_SEND)
    if referral.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that sent it can end it."))


def _end(referral: Referral, status: str, *, by: Actor, expected_version: int | None) -> None:
    case = case_of(referral)
    move(referral, status, by=by, expected_version=expected_version)
    finish_tasks(case, referral.id, by=by, state="cancelled")
    ended = end_grants(case.id, reason=status, source_id=referral.id)
    _close(case, {grant.org_id for grant in ended})
    tell_receiver(referral, "referral_revoked")
    db.session.flush()


def _close(case: Case, org_ids: Iterable[UUID]) -> None:
    """What the offices wrote themselves stays with them; lists and search forget the rest at once."""
    for org_id in sorted(org_ids):
        keep_own(case, org_id)
    refresh_access(case)
    db.session.flush()


def _resting_on(entry: ConsentEntry) -> list[Referral]:
    """Referrals with a class that rests on the entry."""
    query = (
        select(Referral)
        .join(ReferralClass, ReferralClass.referral_id == Referral.id)
        .where(ReferralClass.entry_id == entry.id)
        .distinct()
        .order_by(Referral.id)
    )
    return list(db.session.scalars(query))


def _still_covered(referral: Referral) -> bool:
    """True when other entries in force carry every class of the referral: they take over, and it goes on."""
    if referral.to_org_id is None:
        return False
    agreed = consented_classes(referral.case_id, referral.to_org_id, referral.purpose, recorded_by_others=True)
    rows = list(db.session.scalars(select(ReferralClass).where(ReferralClass.referral_id == referral.id)))
    if not all(row.data_class in agreed for row in rows):
        return False
    for row in rows:
        row.entry_id, row.ends_at = agreed[row.data_class]
    db.session.flush()
    return True


def _say_stop(case: Case, org_id: UUID, entry: ConsentEntry, by: Actor) -> None:
    """Ask to stop and erase. The recipient reads it though the case is closed to it by now."""
    due_at = utcnow() + timedelta(days=ERASE_DAYS)
    if organisation(org_id).has_users:
        about = partial(notify, record_kind="consent_entry", record_id=entry.id, without_access=True)
        about(org_id, STOP, case_id=case.id, due_at=due_at)
    if not case.historical:
        add_task(
            case,
            by=by,
            kind="erase_notice",
            due_at=due_at,
            record_kind="consent_entry",
            record_id=entry.id,
            waiting_for_org_id=org_id,
        )
