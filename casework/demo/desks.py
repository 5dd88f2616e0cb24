"""What lies on the desks today: a trip of this week, a hand-out in a house, a report handed in, a kept filter."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from casework.access.queries import actor_for
from casework.assistance.models import Fund
from casework.assistance.queries import bed_board, house_people
from casework.assistance.service import Gift, hand_out
from casework.cases.queries import get_case
from casework.db import db, today, utcnow
from casework.demo.script import table
from casework.reintegration.queries import coming
from casework.reintegration.service import plan_trip
from casework.reports.queries.indicators import Period
from casework.reports.queries.measured import measured, write_period
from casework.reports.service import freeze, keep_filter
from casework.reports.workflow import ReferralFilter, days_of


def clear() -> None:
    """All of it, each by who does that."""
    said = table("desks")
    _trip(**said["trip"])
    _hand_out(**said["hand_out"])
    _report(**said["report"])
    _filter(**said["filter"])


def _trip(by: str, second: str, days: int, visits: int) -> None:
    """Visits of the next days to known places, made by two on one day."""
    who = actor_for(by)
    known = [one.visit for one in coming(who) if one.place and one.visit.due_on > today()]
    first = sorted(known, key=lambda visit: (visit.due_on, visit.id))[:visits]
    plan_trip(
        [(visit, get_case(who, visit.case_id)) for visit in first],
        by=who,
        day=today() + timedelta(days=days),
        first_user_id=who.user_id,
        second_user_id=actor_for(second).user_id,
    )


def _hand_out(by: str, service: str, cost: int, project: str) -> None:
    """The same for everybody in the first house of the office, given last night."""
    who = actor_for(by)
    house = bed_board(who)[0].house
    name = table("offices")["projects"][project]
    fund = select(Fund.id).where(Fund.org_id == who.organisation_id, Fund.project == name)
    gift = Gift(
        service_type=service,
        quantity=1,
        occurred_at=utcnow() - timedelta(hours=12),
        unit_cost=cost,
        currency="USD",
        receipt="signature",
        shares=[(db.session.scalars(fund).one(), 10_000)],
    )
    people = [one.case.id for one in house_people(who, house.id)]
    hand_out(gift, by=who, case_ids=people, house_id=house.id, anyway=True)


def _report(by: str, title: str, receiver: str, remark: str) -> None:
    """The indicators of the last quarter, as they were handed in."""
    who = actor_for(by)
    first, last = days_of("last_quarter", today())
    filters = write_period(Period(first, last))
    figures = measured(who, "indicators", filters)
    freeze(
        who, report="indicators", first=first, last=last, filters=filters, figures=figures,
        title=title, receiver=receiver, remark=remark,
    )  # fmt: skip


def _filter(by: str, name: str, side: str, status: str, span: str) -> None:
    """A filter of the referral report that somebody opens each week."""
    first, last = days_of(span, today())
    keep_filter(actor_for(by), ReferralFilter(first, last, side=side, status=status), name=name, span=span)
