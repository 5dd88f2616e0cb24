"""Funds of an office: administration, not case data, but no other office's business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import case as sql_case
from sqlalchemy import func, or_, select

from casework.access.permissions import Actor
from casework.assistance.models import Fund, LineAllocation, ServiceCap, ServiceLine
from casework.assistance.queries.ledger import is_reversed
from casework.cases.models import Case
from casework.cases.suppression import suppress
from casework.db import db
from casework.errors import NotVisible


def funds(by: Actor) -> list[Fund]:
    """All funds of the actor's office, active ones first."""
    own = select(Fund).where(Fund.org_id == by.organisation_id)
    return list(db.session.scalars(own.order_by(Fund.active.desc(), Fund.starts_on.desc(), Fund.project)))


def usable_funds(org_id: UUID, day: date, currency: str | None = None) -> list[Fund]:
    """Funds of an office that may carry a cost on a day, in a currency if given."""
    statement = select(Fund).where(Fund.org_id == org_id, Fund.active, Fund.starts_on <= day)
    statement = statement.where(or_(Fund.ends_on.is_(None), Fund.ends_on >= day))
    if currency is not None:
        statement = statement.where(Fund.currency == currency)
    return list(db.session.scalars(statement.order_by(Fund.project)))


@dataclass(frozen=True, slots=True)
class Use:
    """What came out of a fund: money to the coin; lines and unique persons, None where they are too few to tell."""

    used: int
    lines: int | None
    persons: int | None


def fund_use(by: Actor) -> dict[UUID, Use]:
    """What the funds of the actor's office paid for. Who reads this sees no case, so small numbers are withheld."""
    standing = (ServiceLine.reverses_id.is_(None)) & (~is_reversed())
    own = (
        select(
            Fund.id,
            func.sum(LineAllocation.amount),
            func.count(func.distinct(sql_case((standing, ServiceLine.id)))),
            func.count(func.distinct(sql_case((standing, Case.person_id)))),
        )
        .join(LineAllocation, LineAllocation.fund_id == Fund.id)
        .join(ServiceLine, ServiceLine.id == LineAllocation.line_id)
        .join(Case, Case.id == ServiceLine.case_id)
        .where(Fund.org_id == by.organisation_id)
        .group_by(Fund.id)
    )
    found = {}
    for fund_id, used, lines, persons in db.session.execute(own):
        told = suppress({"lines": lines, "persons": persons})
        found[fund_id] = Use(int(used or 0), told["lines"], told["persons"])
    return found


def get_fund(by: Actor, fund_id: UUID) -> Fund:
    """A fund of the actor's office, or NotVisible."""
    fund = db.session.get(Fund, fund_id)
    if fund is None or fund.org_id != by.organisation_id:
        raise NotVisible
    return fund


def caps() -> list[ServiceCap]:
    """All caps of the installation."""
    return list(db.session.scalars(select(ServiceCap).order_by(ServiceCap.blocks.desc(), ServiceCap.service_type)))


def get_cap(cap_id: UUID) -> ServiceCap:
    """A cap, or NotVisible."""
    cap = db.session.get(ServiceCap, cap_id)
    if cap is None:
        raise NotVisible
    return cap
