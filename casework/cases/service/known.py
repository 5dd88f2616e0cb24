"""Where a case stood when an office last saw it whole: what its lists and pages go on saying after its access ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from casework.cases.models import STATIONS, Case, CaseChange
from casework.cases.workflow import mask_of, stage_of
from casework.consent.models import Grant
from casework.db import db


@dataclass(frozen=True, slots=True)
class Where:
    """Status, stage and open stations of a case at one moment."""

    status: str
    stage: str
    station_mask: int


def ended_at(case_id: UUID, org_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the last access to records of any office ended, by office: a grant's end, or handing the case over.

    Of an office that never had such access: when it was first let in to its own records.
    """
    ids = list(org_ids)
    ends: dict[UUID, datetime] = {}
    begins: dict[UUID, datetime] = {}
    for grant in db.session.scalars(select(Grant).where(Grant.case_id == case_id, Grant.org_id.in_(ids))):
        if grant.reach == "all":
            end = min(grant.ended_at or grant.ends_at, grant.ends_at)
            ends[grant.org_id] = max(end, ends.get(grant.org_id, end))
        else:
            begins[grant.org_id] = min(grant.starts_at, begins.get(grant.org_id, grant.starts_at))
    handed = select(CaseChange).where(
        CaseChange.case_id == case_id, CaseChange.what == "owner", CaseChange.before.in_([str(one) for one in ids])
    )
    for change in db.session.scalars(handed):
        org_id = UUID(change.before or "")
        ends[org_id] = max(change.at, ends.get(org_id, change.at))
    return begins | ends


def stood(case: Case, stations: dict[str, str], moments: Iterable[datetime]) -> dict[datetime, Where]:
    """Where the case stood at each moment, read back from the history of its changes. One statement."""
    query = select(CaseChange).where(
        CaseChange.case_id == case.id, or_(CaseChange.what == "status", CaseChange.what.like("station:%"))
    )
    changes = list(db.session.scalars(query.order_by(CaseChange.at.desc(), CaseChange.id.desc())))
    return {moment: _back(case, stations, changes, moment) for moment in moments}


def _back(case: Case, stations: dict[str, str], changes: list[CaseChange], moment: datetime) -> Where:
    """Undo, the newest first, what changed after the moment."""
    status, states = case.status, dict(stations)
    for change in changes:
        if change.at <= moment or change.before is None:
            continue
        if change.what == "status":
            status = change.before
        elif change.what.removeprefix("station:") in STATIONS:
            states[change.what.removeprefix("station:")] = change.before
    return Where(status, "closure" if status == "closed" else stage_of(states), mask_of(states))
