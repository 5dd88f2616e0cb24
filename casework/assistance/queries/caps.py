"""Caps: how often one person already got a service, as far as the actor may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from casework.access.permissions import Actor
from casework.assistance.models import ServiceCap, ServiceLine
from casework.assistance.queries.ledger import is_reversed
from casework.cases.models import Case
from casework.cases.queries import visible_records
from casework.db import PHNOM_PENH, db, end_of_day


@dataclass(frozen=True, slots=True)
class Breach:
    """A cap that one more line would break: 'interval' (last given at `last`) or 'day' (times given that day)."""

    kind: str
    limit: int
    blocks: bool
    last: datetime | None = None


def breaches(by: Actor, case: Case, service_type: str, at: datetime) -> list[Breach]:
    """Caps that a line of this service at this moment would break, counting the person's lines the actor may see.

    Lines for other eyes are not counted: a warning must not tell that they exist.
    """
    cap = db.session.scalars(
        select(ServiceCap).where(ServiceCap.service_type == service_type, ServiceCap.active)
    ).one_or_none()
    if cap is None:
        return []
    live = (
        visible_records(by, ServiceLine)
        .where(Case.person_id == case.person_id, ServiceLine.service_type == service_type)
        .where(ServiceLine.reverses_id.is_(None), ~is_reversed())
    )
    found = []
    if cap.min_interval_hours is not None:
        apart = timedelta(hours=cap.min_interval_hours)
        near = live.where(ServiceLine.occurred_at > at - apart, ServiceLine.occurred_at < at + apart).subquery()
        last = db.session.scalar(select(func.max(near.c.occurred_at)))
        if last is not None:
            found.append(Breach("interval", cap.min_interval_hours, cap.blocks, last))
    if cap.max_per_day is not None:
        end = end_of_day(at.astimezone(PHNOM_PENH).date())
        that_day = live.where(ServiceLine.occurred_at > end - timedelta(days=1), ServiceLine.occurred_at <= end)
        times = db.session.scalar(select(func.count()).select_from(that_day.subquery())) or 0
        if times >= cap.max_per_day:
            found.append(Breach("day", cap.max_per_day, cap.blocks))
    return found
