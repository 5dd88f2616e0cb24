"""Indicators over what comes after a return: whether somebody is known to have been trafficked again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.db import PHNOM_PENH, db
from casework.identification.models.event import EventCase, TraffickingEvent
from casework.reintegration.models.followups import FollowUp
from casework.repatriation.models.handover import Handover
from casework.reports.queries.indicators.base import Figure, Period, own_records, percent

CLASSES = frozenset({"needs_risk", "travel", "trafficking_history"})


def of_after(by: Actor, period: Period) -> Iterator[Figure]:
    """All of them, for roles that read visits, returns and what happened: with one class missing it would be a lie."""
    if by.classes >= CLASSES:
        yield _retrafficked(by, period)


def _retrafficked(by: Actor, period: Period) -> Figure:
    """Of the persons visited or called in the period, those with an event that began after a signed hand-over."""
    done = own_records(by, FollowUp).where(FollowUp.state == "done", period.holds(FollowUp.done_on))
    followed = set(db.session.scalars(done.with_only_columns(Case.person_id).distinct()))
    returned = _returned(by, period)
    began = (
        own_records(by, EventCase)
        .join(TraffickingEvent, TraffickingEvent.id == EventCase.event_id)
        .where(EventCase.role == "exploited", TraffickingEvent.occurred_from <= period.last)
        .with_only_columns(Case.person_id, func.max(TraffickingEvent.occurred_from))
        .group_by(Case.person_id)
    )
    again: set[UUID] = set()
    for person_id, newest in db.session.execute(began):
        home = returned.get(person_id)
        if person_id in followed and home is not None and newest is not None and newest > home:
            again.add(person_id)
    return percent("retrafficked", len(again), len(followed))


def _returned(by: Actor, period: Period) -> dict[UUID, date]:
    """Person -> day of the first hand-over signed by both sides."""
    query = (
        own_records(by, Handover)
        .where(Handover.state == "signed", Handover.at < period.ends_at)
        .with_only_columns(Case.person_id, func.min(Handover.at))
        .group_by(Case.person_id)
    )
    rows: list[tuple[UUID, datetime]] = [(person_id, at) for person_id, at in db.session.execute(query)]
    return {person_id: at.astimezone(PHNOM_PENH).date() for person_id, at in rows}
