"""The referral report: figures, groups and rows over referrals one may see, counted by the database."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.queries import Cursor
from casework.db import db, utcnow
from casework.referrals.models import Referral
from casework.referrals.queries import visible_referrals
from casework.reports.queries.durations import seconds_between
from casework.reports.workflow import ReferralFilter

PAGE = 50
AT_ONCE = 500
"""Rows that are held in memory while a file is written."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One line of the report: codes and moments, never a name."""

    id: UUID
    case_id: UUID
    code: str
    kind: str
    service_type: str
    author_org_id: UUID
    to_org_id: UUID | None
    to_kind: str | None
    priority: str
    status: str
    sent_at: datetime
    due_at: datetime
    answered_at: datetime | None
    """When the receiver answered; for an office without accounts, when it said so and not when it was typed."""

    @property
    def hours(self) -> float | None:
        """Hours from sending to the answer, to a tenth; None without an answer."""
        return None if self.answered_at is None else round((self.answered_at - self.sent_at) / HOUR, 1)

    def late(self, now: datetime) -> bool:
        """Answered after the limit, or still waiting after it."""
        if self.answered_at is not None:
            return self.answered_at > self.due_at
        return self.status == "sent" and self.due_at < now


TRANSFER = "transfer"
"""Kind of referral, and its key among the services."""


@dataclass(slots=True)
class Group:
    """Counts of one service, state or priority."""

    sent: int = 0
    answered: int = 0
    in_time: int = 0
    has_time: int = 0
    """Waiting for an answer, and the limit has not come."""

    def add(self, other: Group) -> None:
        """Count the other group in."""
        self.sent += other.sent
        self.answered += other.answered
        self.in_time += other.in_time
        self.has_time += other.has_time


@dataclass(slots=True)
class Figures:
    """The whole of a report in numbers. Hours are None where nothing was answered."""

    all: Group = field(default_factory=Group)
    declined: int = 0
    median_hours: float | None = None
    slow_hours: float | None = None
    """Nine of ten answers took at most so long (90th centile, nearest rank)."""
    by_status: dict[str, Group] = field(default_factory=dict)
    by_service: dict[str, Group] = field(default_factory=dict)
    by_priority: dict[str, Group] = field(default_factory=dict)

    @property
    def in_time_percent(self) -> int | None:
        """Answered within the limit, of those sent (KPI 'Referrals answered in time'); None when nothing was sent."""
        return None if not self.all.sent else math.floor(100 * self.all.in_time / self.all.sent + 0.5)


def answered() -> ColumnElement[datetime | None]:
    """When the receiver answered."""
    return func.coalesce(Referral.answer_given_at, Referral.answered_at)


def reported(by: Actor, wanted: ReferralFilter) -> Select[Any]:
    """The visible referrals of a report; drafts were never sent and are left out."""
    query = visible_referrals(by).where(
        Referral.status != "draft", Referral.sent_at >= wanted.starts_at, Referral.sent_at < wanted.ends_at
    )
    if wanted.office is not None:
        side = Referral.author_org_id if wanted.side == "sent" else Referral.to_org_id
        query = query.where(side == wanted.office)
    for column, code in (
        (Referral.service_type, wanted.service),
        (Referral.status, wanted.status),
        (Referral.priority, wanted.priority),
    ):
        if code is not None:
            query = query.where(column == code)
    # A transfer hands the whole case over; the service that its row carries is none that was asked for.
    return query if wanted.service is None else query.where(Referral.kind != TRANSFER)


def figures(by: Actor, wanted: ReferralFilter) -> Figures:
    """All numbers of the report: one statement for the counts, one for the hours."""
    query, now, made = reported(by, wanted), utcnow(), Figures()
    keys = [Referral.status, Referral.kind, Referral.service_type, Referral.priority]
    in_time = answered() <= Referral.due_at
    has_time = and_(Referral.status == "sent", answered().is_(None), Referral.due_at >= now)
    counts = [func.count(), func.count(answered()), *(_counted(rule) for rule in (in_time, has_time))]
    grouped = query.with_only_columns(*keys, *counts, maintain_column_froms=True).group_by(*keys)
    for status, kind, service_type, priority, *numbers in db.session.execute(grouped):
        group, service = Group(*numbers), TRANSFER if kind == TRANSFER else service_type
        made.all.add(group)
        made.declined += group.sent if status == "rejected" else 0
        for groups, key in ((made.by_status, status), (made.by_service, service), (made.by_priority, priority)):
            groups.setdefault(key, Group()).add(group)
    made.median_hours, made.slow_hours = _hours(query, made.all.answered)
    return made


def _counted(rule: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((rule, 1), else_=0)), 0)


def _hours(query: Select[Any], count: int) -> tuple[float | None, float | None]:
    """Median and 90th centile in hours. The database ranks; the two or three moments that matter are read exactly."""
    if not count:
        return None, None
    middle = {(count + 1) // 2, count // 2 + 1}
    slow = math.ceil(count * 9 / 10)
    end = answered()
    place = func.row_number().over(order_by=(seconds_between(Referral.sent_at, end), Referral.id))
    ranked = (
        query.where(end.is_not(None))
        .with_only_columns(Referral.sent_at, end.label("end"), place.label("place"), maintain_column_froms=True)
        .subquery()
    )
    rows = db.session.execute(
        select(ranked.c.place, ranked.c.sent_at, ranked.c.end).where(ranked.c.place.in_(sorted(middle | {slow})))
    )
    hours = {place: (end - start) / HOUR for place, start, end in rows}
    return round(sum(hours[one] for one in middle) / len(middle), 1), round(hours[slow], 1)


def _lines(by: Actor, wanted: ReferralFilter) -> Select[Any]:
    own = {"code": Case.code, "answered_at": answered()}
    columns = [own[name] if name in own else getattr(Referral, name) for name in ReferralRow.__dataclass_fields__]
    query = reported(by, wanted).with_only_columns(*columns, maintain_column_froms=True)
    return query.order_by(Referral.sent_at.desc(), Referral.id.desc())


def rows(
    by: Actor, wanted: ReferralFilter, *, after: Cursor | None = None, limit: int = PAGE
) -> tuple[list[ReferralRow], Cursor | None]:
    """One page of the table, newest first, and where the next one begins. One statement."""
    query = _lines(by, wanted)
    if after is not None:
        query = query.where(after.older(Referral.sent_at, Referral.id))
    found = [ReferralRow(*row) for row in db.session.execute(query.limit(limit + 1))]
    more = len(found) > limit
    found = found[:limit]
    return found, Cursor(found[-1].sent_at, found[-1].id) if more else None


def stream(by: Actor, wanted: ReferralFilter) -> Iterator[ReferralRow]:
    """All rows in the order of the table, a few hundred in memory at a time (a cursor in the server)."""
    result = db.session.execute(_lines(by, wanted).execution_options(yield_per=AT_ONCE))
    for row in result:
        yield ReferralRow(*row)
