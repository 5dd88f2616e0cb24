"""Funds of an office: administration, not case data, but no other office's business."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from casework.access.permissions import Actor
from casework.assistance.models import Fund, ServiceCap
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
