"""Indicators over what people do: caseload, referrals, visits, goals, the first day, money, who was helped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func

from casework.access.permissions import Actor, Permission
from casework.access.queries import members
from casework.access.queries.policies import policies
from casework.assistance.models.lines import ServiceLine
from casework.assistance.models.needs import EmergencyNeed
from casework.cases.models import Assignment, Case
from casework.db import db
from casework.referrals.models import Referral
from casework.referrals.queries import visible_referrals
from casework.referrals.workflow import ACCEPTED
from casework.reintegration.models.followups import FollowUp
from casework.reintegration.models.plan import Plan, PlanGoal
from casework.reports.queries.indicators.base import (
    Figure,
    Part,
    Period,
    active_in,
    answered_for,
    banded,
    counted,
    mean,
    own_cases,
    own_records,
    per,
    percent,
    settings,
    share,
)
from casework.reports.queries.referrals import answered

LOAD: dict[str, tuple[int, int | None]] = {"0-9": (0, 9), "10-19": (10, 19), "20-29": (20, 29), "30+": (30, None)}
ON_TIME = timedelta(days=7)
FIRST_DAY = timedelta(hours=24)


def of_work(by: Actor, period: Period) -> Iterator[Figure]:
    """All of them, each only for a role with the class of what it counts."""
    active = db.session.scalar(own_cases(by).where(active_in(period)).with_only_columns(func.count())) or 0
    yield _caseload(by)
    yield _supervisors(by)
    yield from _referrals(by, period, active)
    if "needs_risk" in by.classes:
        yield from _follow_ups(by, period, active)
        yield _goals(by, period)
    if "assistance" in by.classes:
        yield _first_day(by, period)
        yield _cost(by, period)


def _caseload(by: Actor) -> Figure:
    """How many workers carry how many open cases, now."""
    query = (
        own_cases(by)
        .join(Assignment, Assignment.case_id == Case.id)
        .where(Case.status == "open", Assignment.org_id == by.organisation_id)
        .where(Assignment.part == "carries", Assignment.ended_at.is_(None))
    )
    rows = db.session.execute(query.with_only_columns(Assignment.user_id, func.count()).group_by(Assignment.user_id))
    return banded("active_caseload", LOAD, Counter(count for _, count in rows))


def _supervisors(by: Actor) -> Figure:
    """Workers for one supervisor, by what their roles may do and not by what they are called."""
    held = policies()
    workers = supervisors = 0
    for member in members(by.organisation_id):
        able = {permission for role in member.roles for permission in held[role].permissions}
        supervisors += Permission.CASE_APPROVE in able
        workers += Permission.CASE_EDIT in able and Permission.CASE_APPROVE not in able
    return mean("supervisor_ratio", workers, supervisors)


def _referrals(by: Actor, period: Period, active: int) -> Iterator[Figure]:
    """What the own office sent for its cases; hand-overs of whole cases are not referrals."""
    query = visible_referrals(by).where(
        answered_for(by),
        Referral.author_org_id == by.organisation_id,
        Referral.kind == "referral",
        Referral.status != "draft",
        period.holds_moment(Referral.sent_at),
    )
    rules = (answered() <= Referral.due_at, Referral.status.in_(ACCEPTED), Referral.status == "done")
    row = db.session.execute(
        query.with_only_columns(func.count(), *(counted(rule) for rule in rules), maintain_column_froms=True)
    ).one()
    sent, in_time, accepted, done = (int(number) for number in row)
    yield percent("referral_72h", in_time, sent)
    yield percent("referral_confirmed", done, accepted)
    yield mean("referrals_per_case", sent, active)


def _follow_ups(by: Actor, period: Period, active: int) -> Iterator[Figure]:
    query = own_records(by, FollowUp).where(FollowUp.state != "cancelled")
    due = query.where(period.holds(FollowUp.due_on)).with_only_columns(
        FollowUp.due_on, FollowUp.done_on, FollowUp.state, func.count()
    )
    whole = on_time = 0
    for due_on, done_on, state, count in db.session.execute(
        due.group_by(FollowUp.due_on, FollowUp.done_on, FollowUp.state)
    ):
        whole += count
        on_time += count if state == "done" and done_on is not None and done_on <= due_on + ON_TIME else 0
    yield percent("followup_on_time", on_time, whole)
    done = query.where(FollowUp.state == "done", period.holds(FollowUp.done_on)).with_only_columns(func.count())
    yield mean("followups_per_case", db.session.scalar(done) or 0, active)


def _goals(by: Actor, period: Period) -> Figure:
    """Goals of the plans that stand, of cases open in the period."""
    query = (
        own_records(by, Plan)
        .join(PlanGoal, PlanGoal.plan_id == Plan.id)
        .where(active_in(period), Plan.state == "approved")
        .with_only_columns(PlanGoal.domain, func.count(), counted(PlanGoal.state == "reached"))
        .group_by(PlanGoal.domain)
        .order_by(PlanGoal.domain)
    )
    rows = [(domain, int(count), int(reached)) for domain, count, reached in db.session.execute(query)]
    parts = tuple(Part(domain, reached, n, share(reached, n), "support_plan_type") for domain, n, reached in rows)
    reached, whole = sum(row[2] for row in rows), sum(row[1] for row in rows)
    return Figure("goal_progress", reached, whole, share(reached, whole), parts=parts)


def _first_day(by: Actor, period: Period) -> Figure:
    """Persons who came in need of food, a bed or a doctor, and those who had one of them within 24 hours."""
    query = (
        own_records(by, EmergencyNeed)
        .where(EmergencyNeed.need.in_(settings()["needs"]["first_assist_24h"]), EmergencyNeed.state != "declined")
        .with_only_columns(
            EmergencyNeed.case_id,
            func.min(EmergencyNeed.recorded_at).label("said"),
            func.min(EmergencyNeed.recorded_at).filter(EmergencyNeed.state == "given").label("given"),
        )
        .group_by(EmergencyNeed.case_id)
        .having(period.holds_moment(func.min(EmergencyNeed.recorded_at)))
    )
    flagged = helped = 0
    for _, said, given in db.session.execute(query):
        flagged += 1
        helped += given is not None and given - said <= FIRST_DAY
    return percent("first_assist_24h", helped, flagged)


def _cost(by: Actor, period: Period) -> Figure:
    """Cost of help of the own office for one person, in each currency; nothing is converted. Reversals count back."""
    query = own_records(by, ServiceLine).where(
        ServiceLine.author_org_id == by.organisation_id,
        ServiceLine.cost.is_not(None),
        period.holds_moment(ServiceLine.occurred_at),
    )
    rows = db.session.execute(
        query.with_only_columns(ServiceLine.currency, func.sum(ServiceLine.cost), func.count(Case.person_id.distinct()))
        .group_by(ServiceLine.currency)
        .order_by(ServiceLine.currency)
    )
    parts = tuple(Part(currency or "", int(cost or 0), n, per(int(cost or 0), n)) for currency, cost, n in rows)
    return Figure("cost_per_person", parts=parts)
