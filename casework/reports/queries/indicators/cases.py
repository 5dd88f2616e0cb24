"""Indicators over the cases themselves: volume, the way from screening to help, plans, closures, silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select

from casework.access.permissions import Actor
from casework.assistance.models.lines import ServiceLine
from casework.assistance.queries.ledger import is_reversed
from casework.cases.models import Case, Note
from casework.cases.queries import sees_class
from casework.codes import queries as codes
from casework.consent.models import ConsentEntry
from casework.db import db
from casework.identification.models.event import EventCase, TraffickingEvent
from casework.identification.models.screening import Screening
from casework.referrals.models import Referral
from casework.referrals.queries import visible_referrals
from casework.reintegration.models.assessment import Assessment, SafetyPlan
from casework.reintegration.models.closure import Closure
from casework.reintegration.models.plan import Plan
from casework.reintegration.workflow import needs_safety_plan
from casework.reports.queries.indicators.base import (
    Figure,
    Period,
    active_at_end,
    active_in,
    banded,
    counted,
    has,
    open_class,
    own_cases,
    percent,
    persons,
    reasons,
)

QUIET = timedelta(days=30)
REVIEWED = timedelta(days=183)
CLOSING = {"0-30": (0, 30), "31-90": (31, 90), "91-180": (91, 180), "181+": (181, None)}
DELAY = {
    "0-3": (0, 3),
    "4-5": (4, 5),
    "6-14": (6, 14),
    "15-30": (15, 30),
    "31-90": (31, 90),
    "91+": (91, None),
}
"""Days (Primero KPI, adapted; list kpi)."""


def of_cases(by: Actor, period: Period) -> Iterator[Figure]:
    """All of them; the counts take one statement."""
    got = _counts(by, period)
    opened, active, ended = got["opened"], got["active"], got["active_at_end"]
    yield Figure("cases_opened", numerator=opened, value=opened)
    if "needs_risk" in by.classes:
        yield percent("assessment_done", got["assessed"], opened)
        yield percent("safety_plan_done", got["safe"], got["at_risk"])
        yield percent("plan_done", got["planned"], opened)
        yield percent("plan_approved", got["plan_approved"], opened)
    if "identification" in by.classes:
        yield percent("funnel_presumed", got["presumed"], got["screened"])
        yield percent("funnel_formal", got["formal"], got["presumed"])
        yield percent("funnel_referred", got["referred"], got["presumed"])
        if "assistance" in by.classes:
            yield percent("funnel_assisted", got["assisted"], got["presumed"])
    yield percent("closure_rate", got["closed"], active)
    yield percent("consent_reviewed", got["reviewed"], ended)
    if "case_note" in by.classes:
        yield percent("silent_cases", got["silent"], ended)
    yield _open_to_close(by, period)
    if "trafficking_history" in by.classes:
        yield _report_delay(by, period)
    if "needs_risk" in by.classes:
        yield from _closures(by, period)


def _counts(by: Actor, period: Period) -> dict[str, int]:
    opened, ended = period.holds(Case.opened_on), active_at_end(period)
    known = open_class(by, "identification", Case.identified_org_id)
    presumed = and_(opened, known, Case.identified_as.in_(("presumed", "formal")))
    decided = and_(known, Case.identified_as != "unknown")
    sent = visible_referrals(by).where(Referral.author_org_id == by.organisation_id, Referral.status != "draft")
    referred = Case.id.in_(sent.with_only_columns(Referral.case_id).correlate(None))
    helped = has(by, ServiceLine, ServiceLine.reverses_id.is_(None), ~is_reversed())
    reviewed = exists(
        select(1).where(
            ConsentEntry.case_id == Case.id,
            ConsentEntry.recorded_at >= period.ends_at - REVIEWED,
            ConsentEntry.recorded_at < period.ends_at,
        )
    )
    noted = has(by, Note, Note.recorded_at >= period.ends_at - QUIET, Note.recorded_at < period.ends_at)
    risks = [row.code for row in codes.choices("risk_level") if needs_safety_plan(row.code)]
    at_risk = and_(opened, open_class(by, "needs_risk", Case.risk_org_id), Case.risk_level.in_(risks))
    columns: dict[str, Any] = {
        "opened": counted(opened),
        "closed": counted(period.holds(Case.closed_on)),
        "active": counted(active_in(period)),
        "active_at_end": counted(ended),
        "assessed": counted(and_(opened, has(by, Assessment))),
        "at_risk": counted(at_risk),
        "safe": counted(and_(at_risk, has(by, SafetyPlan))),
        "planned": counted(and_(opened, has(by, Plan, Plan.state != "draft"))),
        "plan_approved": counted(and_(opened, has(by, Plan, Plan.approved_on.is_not(None)))),
        "screened": persons(and_(opened, or_(decided, has(by, Screening, Screening.state == "finished")))),
        "presumed": persons(presumed),
        "formal": persons(and_(presumed, Case.identified_as == "formal")),
        "referred": persons(and_(presumed, referred)),
        "assisted": persons(and_(presumed, helped)),
        "reviewed": counted(and_(ended, reviewed)),
        "silent": counted(and_(ended, ~noted)),
    }
    query = own_cases(by).where(active_in(period))
    row = db.session.execute(query.with_only_columns(*(rule.label(name) for name, rule in columns.items()))).one()
    return {name: int(value) for name, value in row._mapping.items()}


def _open_to_close(by: Actor, period: Period) -> Figure:
    query = own_cases(by).where(period.holds(Case.closed_on))
    days = (Case.opened_on, Case.closed_on)
    found: Counter[int] = Counter()
    for opened_on, closed_on, count in db.session.execute(query.with_only_columns(*days, func.count()).group_by(*days)):
        found[_between(opened_on, closed_on)] += count
    return banded("open_to_close", CLOSING, found)


def _report_delay(by: Actor, period: Period) -> Figure:
    """Days from the last day of exploitation to the opening; only where that day is known to the day."""
    last = (
        select(func.max(TraffickingEvent.occurred_to))
        .join(EventCase, EventCase.event_id == TraffickingEvent.id)
        .where(EventCase.case_id == Case.id, sees_class(by, EventCase), TraffickingEvent.occurred_precision == "day")
        .correlate(Case)
        .scalar_subquery()
    )
    query = own_cases(by).where(period.holds(Case.opened_on)).with_only_columns(Case.opened_on, last.label("last"))
    listed = query.subquery()
    grouped = select(listed.c.opened_on, listed.c.last, func.count()).where(listed.c.last.is_not(None))
    found: Counter[int] = Counter()
    for opened_on, last_day, count in db.session.execute(grouped.group_by(listed.c.opened_on, listed.c.last)):
        found[max(0, _between(last_day, opened_on))] += count
    return banded("report_delay", DELAY, found)


def _between(start: date, end: date | None) -> int:
    return 0 if end is None else (end - start).days


def _closures(by: Actor, period: Period) -> Iterator[Figure]:
    """What stands about the closures of the period: the newest approved one of each case."""
    query = (
        own_cases(by)
        .join(Closure, Closure.case_id == Case.id)
        .where(period.holds(Case.closed_on), Closure.state == "approved", sees_class(by, Closure))
        .with_only_columns(Case.id, Closure.person_view, Closure.reason)
        .order_by(Closure.recorded_at, Closure.id)
    )
    newest: dict[UUID, tuple[str, str]] = {
        case_id: (view, reason) for case_id, view, reason in db.session.execute(query)
    }
    asked = [view for view, _ in newest.values() if view != "could_not_be_asked"]
    yield percent("closure_agreed", asked.count("agrees"), len(asked))
    gone = set(reasons("lost"))
    yield percent("lost_contact", sum(reason in gone for _, reason in newest.values()), len(newest))
