"""Small steps that several moves share: who wrote, who carries, what stays with whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select, update

from casework.access.permissions import Actor
from casework.access.queries import members
from casework.cases.models import Assignment, Case, CaseRecord, Task, TaskSealed
from casework.cases.service import notify
from casework.cases.service.access import FOREVER
from casework.codes.queries import choices
from casework.consent.models import ConsentEntry
from casework.consent.queries import classes_of, live_grants, standing_rows
from casework.consent.service import open_grant
from casework.db import db, utcnow, uuid7
from casework.errors import NotVisible
from casework.referrals.models import Referral


def case_of(referral: Referral) -> Case:
    """The case of a referral that the actor may see. A receiver gets no way into it before acceptance, so this stays
    inside services and is never handed to a page."""
    case = db.session.get(Case, referral.case_id)
    if case is None:
        raise NotVisible
    return case


def data_classes(*, identifying: bool = True) -> list[str]:
    """All data classes; without the identifying ones: what a note under the code alone may hold."""
    return [c.code for c in choices("data_class") if identifying or c.group != "identifying"]


def wrote(case: Case, org_id: UUID) -> bool:
    """True when the organisation recorded anything on the case."""
    for model in CaseRecord.__subclasses__():
        found = select(model.id).where(model.case_id == case.id, model.author_org_id == org_id).limit(1)
        if db.session.scalar(found) is not None:
            return True
    return False


def keep_own(case: Case, org_id: UUID) -> None:
    """After its access ended a provider keeps its own records, under the code, without identity (docs/domain.md 8)."""
    if org_id == case.owner_org_id or not wrote(case, org_id):
        return
    kept = [grant for grant in live_grants(case.id, org_id=org_id) if grant.via in ("kept", "wrote")]
    if not kept:
        open_grant(
            case.id,
            org_id=org_id,
            via="kept",
            reach="own",
            classes=data_classes(identifying=False),
            ends_at=FOREVER,
        )


def open_consented(case: Case, referral: Referral, entries: Iterable[ConsentEntry], classes: Iterable[str]) -> None:
    """For each entry in force a grant of the classes it covers, so that ending one leaves the others; and, for as long
    as the entry lasts, the receiver reads and writes its own records."""
    wanted = set(classes)
    rows = list(entries)
    covered: Mapping[UUID, tuple[str, ...]] = classes_of(row.id for row in rows)
    for row in rows:
        opened = wanted.intersection(covered.get(row.id, ()))
        if not opened or referral.to_org_id is None:
            continue
        let_in = partial(
            open_grant,
            case.id,
            org_id=referral.to_org_id,
            via=referral.kind,
            starts_at=max(row.starts_at, utcnow()),
            ends_at=row.ends_at,
            entry_id=row.id,
            source_id=referral.id,
        )
        let_in(classes=opened)
        let_in(classes=data_classes(), reach="own")


def entries_behind(referral: Referral, now: datetime | None = None) -> list[ConsentEntry]:
    """Entries in force for the referral's receiver and purpose."""
    if referral.to_org_id is None:
        return []
    return list(standing_rows(referral.case_id, now, purpose=referral.purpose, org_id=referral.to_org_id))


def carry(case: Case, *, org_id: UUID, user_id: UUID, by: Actor) -> None:
    """Make a user carry the case for an organisation, unless somebody does already."""
    current = select(Assignment.id).where(
        Assignment.case_id == case.id, Assignment.org_id == org_id, Assignment.ended_at.is_(None)
    )
    if db.session.scalar(current) is not None:
        return
    team_id = next((member.team_id for member in members(org_id) if member.user_id == user_id), None)
    db.session.add(
        Assignment(
            id=uuid7(),
            case_id=case.id,
            org_id=org_id,
            user_id=user_id,
            team_id=team_id,
            starts_at=utcnow(),
            by_user_id=by.user_id,
        )
    )
    db.session.flush()


def put_down(case: Case, org_id: UUID) -> None:
    """End who carries the case for an organisation."""
    db.session.execute(
        update(Assignment)
        .where(Assignment.case_id == case.id, Assignment.org_id == org_id, Assignment.ended_at.is_(None))
        .values(ended_at=utcnow())
        .execution_options(synchronize_session=False)
    )


def hand_tasks(case: Case, *, from_org: UUID, to_org: UUID, classes: Iterable[str], by: Actor) -> None:
    """Open tasks of the old owner go to the new one where it may read their class; the others are cancelled."""
    readable = set(classes)
    tasks = list(
        db.session.scalars(select(Task).where(Task.case_id == case.id, Task.org_id == from_org, Task.state == "open"))
    )
    # What a worker typed for the own office was in no packet that anybody agreed to.
    typed = set(db.session.scalars(select(TaskSealed.id).where(TaskSealed.id.in_([task.id for task in tasks]))))
    for task in tasks:
        if task.data_class in readable and task.record_kind != "referral" and task.id not in typed:
            task.org_id, task.assignee_id = to_org, None
        else:
            task.state, task.ended_at, task.ended_by = "cancelled", utcnow(), by.user_id
    db.session.flush()


def tell_receiver(referral: Referral, kind: str, *, due_at: datetime | None = None) -> None:
    """News for a receiver that may not see the case: about the referral only, so that it can be shown."""
    if referral.to_org_id is not None:
        notify(
            referral.to_org_id,
            kind,
            case_id=referral.case_id,
            record_kind="referral",
            record_id=referral.id,
            data_class=referral.data_class,
            without_access=True,
            due_at=due_at,
        )


def tell_sender(referral: Referral, kind: str) -> None:
    """News for the worker who sent it."""
    notify(
        referral.author_org_id,
        kind,
        case_id=referral.case_id,
        user_id=referral.author_user_id,
        record_kind="referral",
        record_id=referral.id,
        data_class=referral.data_class,
    )
