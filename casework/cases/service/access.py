"""Derived access: rewritten whole from its causes whenever one of them changes. A stale row would be a disclosure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import and_, delete, func, insert, or_, select, update

from casework.access.permissions import Actor
from casework.cases.models import Case, CaseAccess, CaseAccessClass, CaseStation, Task
from casework.cases.permissions import OWNER_SEES_OF_OTHERS
from casework.cases.service.known import Where, ended_at, stood
from casework.cases.workflow import mask_of
from casework.codes.queries import choices
from casework.consent.models import Grant, GrantClass
from casework.db import db, utcnow
from casework.people.service import sync_index

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why an organisation sees a class of a case, and until when."""

    org_id: UUID
    data_class: str
    via_id: UUID
    via: str
    reach: str
    starts_at: datetime
    expires_at: datetime


def data_classes() -> list[str]:
    """All data classes, from the code list."""
    return [choice.code for choice in choices("data_class")]


def open_classes() -> list[str]:
    """Classes without an access class of their own: only these move lists and deadlines that colleagues see."""
    return [choice.code for choice in choices("data_class") if choice.extra.get("access_class") == "case"]


def causes_of(case: Case) -> list[Cause]:
    """Everything that lets an organisation see something of the case, from now on."""
    own = [
        Cause(
            case.owner_org_id,
            name,
            case.id,
            "owner",
            "all" if name in OWNER_SEES_OF_OTHERS else "own",
            ALWAYS,
            FOREVER,
        )
        for name in data_classes()
    ]
    rows = db.session.execute(
        select(Grant, GrantClass.data_class)
        .join(GrantClass, GrantClass.grant_id == Grant.id)
        .where(Grant.case_id == case.id, Grant.ended_at.is_(None), Grant.ends_at > utcnow())
    )
    granted = [
        Cause(grant.org_id, name, grant.id, grant.via, grant.reach, grant.starts_at, grant.ends_at)
        for grant, name in rows
    ]
    return own + granted


def refresh_access(case: Case, *, findable_changed: bool = False) -> None:
    """Rewrite the derived rows and the search postings of a case. Call in the transaction of the cause.

    `findable_changed`: a name, phone or paper changed, so the words of the index change as well as its scopes.
    """
    db.session.flush()
    db.session.execute(select(Case.id).where(Case.id == case.id).with_for_update())
    causes = causes_of(case)
    db.session.execute(delete(CaseAccessClass).where(CaseAccessClass.case_id == case.id))
    db.session.execute(
        insert(CaseAccessClass),
        [
            {
                "org_id": cause.org_id,
                "case_id": case.id,
                "data_class": cause.data_class,
                "via_id": cause.via_id,
                "via": cause.via,
                "reach": cause.reach,
                "starts_at": cause.starts_at,
                "expires_at": cause.expires_at,
            }
            for cause in causes
        ],
    )
    _refresh_lists(case, causes)
    sync_index(case.person_id, _scopes(case.person_id), changed=findable_changed)


def _refresh_lists(case: Case, causes: list[Cause]) -> None:
    stations = dict(
        db.session.execute(select(CaseStation.station, CaseStation.state).where(CaseStation.case_id == case.id)).all()
    )
    kept = dict(
        db.session.execute(
            select(CaseAccess.org_id, CaseAccess.last_visible_activity).where(CaseAccess.case_id == case.id)
        ).all()
    )
    due = dict(
        db.session.execute(
            select(Task.org_id, func.min(Task.due_at))
            .where(Task.case_id == case.id, Task.state == "open", Task.data_class.in_(open_classes()))
            .group_by(Task.org_id)
        ).all()
    )
    now = utcnow()
    where = _known_where(case, stations, causes)
    db.session.execute(delete(CaseAccess).where(CaseAccess.case_id == case.id))
    db.session.execute(
        insert(CaseAccess),
        [
            {
                "org_id": org_id,
                "case_id": case.id,
                "owner": org_id == case.owner_org_id,
                "status": where[org_id].status,
                "stage": where[org_id].stage,
                "station_mask": where[org_id].station_mask,
                "starts_at": min(cause.starts_at for cause in causes if cause.org_id == org_id),
                "expires_at": max(cause.expires_at for cause in causes if cause.org_id == org_id),
                "last_visible_activity": kept.get(org_id, now),
                "next_due_at": due.get(org_id),
            }
            for org_id in dict.fromkeys(cause.org_id for cause in causes)
        ],
    )


def _known_where(case: Case, stations: dict[str, str], causes: list[Cause]) -> dict[UUID, Where]:
    """Where the case stands, as each organisation may know it: live for those who see records of any office; who only
    keeps what it wrote itself learns of no later change. Access agreed for a later day counts as live: nothing is
    rewritten on that day."""
    live = {cause.org_id for cause in causes if cause.reach == "all"}
    today = Where(case.status, case.stage, mask_of(stations))
    ended = ended_at(case.id, past) if (past := {cause.org_id for cause in causes} - live) else {}
    back = stood(case, stations, set(ended.values())) if ended else {}
    return dict.fromkeys(live, today) | {org_id: back[ended[org_id]] for org_id in past}


def _scopes(person_id: UUID) -> set[UUID]:
    """Organisations that may find the person by name: those with a live 'identity' on any published case."""
    return set(
        db.session.scalars(
            select(CaseAccessClass.org_id)
            .join(Case, Case.id == CaseAccessClass.case_id)
            .where(
                Case.person_id == person_id,
                Case.published,
                CaseAccessClass.data_class == "identity",
                CaseAccessClass.reach == "all",
                CaseAccessClass.expires_at > utcnow(),
            )
        )
    )


def touched(case: Case, *, by: Actor, data_class: str) -> None:
    """Move the case up on the lists of those who may see a record of this class, and of nobody else.

    Classes with an access class of their own (health, psychosocial, legal) move no list (docs/decisions/0002).
    """
    if data_class not in open_classes():
        return
    now = utcnow()
    sees = (
        select(CaseAccessClass.org_id)
        .where(
            CaseAccessClass.case_id == case.id,
            CaseAccessClass.data_class == data_class,
            CaseAccessClass.starts_at <= now,
            CaseAccessClass.expires_at > now,
            or_(
                CaseAccessClass.reach == "all",
                and_(CaseAccessClass.reach == "own", CaseAccessClass.org_id == by.organisation_id),
            ),
        )
        .scalar_subquery()
    )
    db.session.execute(
        update(CaseAccess)
        .where(CaseAccess.case_id == case.id, CaseAccess.org_id.in_(sees))
        .values(last_visible_activity=now)
        .execution_options(synchronize_session=False)
    )


def refresh_due(case_id: UUID, org_ids: Iterable[UUID]) -> None:
    """Set the earliest deadline on the lists of these organisations from their own open tasks."""
    earliest = (
        select(func.min(Task.due_at))
        .where(Task.case_id == case_id, Task.org_id == CaseAccess.org_id, Task.state == "open")
        .where(Task.data_class.in_(open_classes()))
        .scalar_subquery()
    )
    db.session.execute(
        update(CaseAccess)
        .where(CaseAccess.case_id == case_id, CaseAccess.org_id.in_(list(org_ids)))
        .values(next_due_at=earliest)
        .execution_options(synchronize_session=False)
    )


def sweep_expired(limit: int = 200) -> int:
    """Rewrite cases with expired rows; returns how many. Reads filter time themselves, this only tidies."""
    ids = list(
        db.session.scalars(
            select(CaseAccessClass.case_id).where(CaseAccessClass.expires_at <= utcnow()).distinct().limit(limit)
        )
    )
    for case in db.session.scalars(select(Case).where(Case.id.in_(ids))):
        refresh_access(case)
    return len(ids)
