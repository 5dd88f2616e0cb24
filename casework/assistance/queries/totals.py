"""Totals of help through the one predicate; persons are counted by person id, never by lines (docs/domain.md 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy import case as sql_case

from casework.access.permissions import Actor
from casework.assistance.models import Fund, LineAllocation, ServiceLine
from casework.assistance.queries.ledger import is_reversed
from casework.cases.models import Case
from casework.cases.queries import visible_records
from casework.db import db, end_of_day

PER: Mapping[str, ColumnElement[Any]] = {
    "service_type": ServiceLine.service_type.expression,
    "office": ServiceLine.author_org_id.expression,
    "province": ServiceLine.province.expression,
    "fund": LineAllocation.fund_id.expression,
    "donor": Fund.donor.expression,
}
"""What totals may be broken down by."""


@dataclass(slots=True)
class Total:
    """Persons, lines that stand, quantities by unit (smallest parts), costs by currency (smallest unit)."""

    key: str | UUID | None
    persons: int = 0
    lines: int = 0
    quantities: dict[str, int] = field(default_factory=dict)
    costs: dict[str, int] = field(default_factory=dict)


def totals(
    by: Actor,
    *,
    first: date | None = None,
    last: date | None = None,
    per: str = "service_type",
    case_id: UUID | None = None,
) -> list[Total]:
    """Help between two days (both included, Phnom Penh) over the lines the actor may see, broken down by `per`.

    By fund and donor the cost is the fund's share, and lines without an allocation are left out.
    """
    key = PER[per]
    shared = per in ("fund", "donor")
    base = _base(by, first, last, case_id, shared)
    found: dict[Any, Total] = {}
    stands = (ServiceLine.reverses_id.is_(None)) & (~is_reversed())
    persons = func.count(func.distinct(sql_case((stands, Case.person_id))))
    standing = func.count(func.distinct(sql_case((stands, ServiceLine.id))))
    for value, count, lines in db.session.execute(base.with_only_columns(key, persons, standing).group_by(key)):
        found[value] = Total(value, count, lines)
    amount = LineAllocation.amount if shared else ServiceLine.cost
    for value, unit, currency, quantity, cost in db.session.execute(
        base.with_only_columns(
            key, ServiceLine.unit, ServiceLine.currency, func.sum(ServiceLine.quantity), func.sum(amount)
        ).group_by(key, ServiceLine.unit, ServiceLine.currency)
    ):
        total = found[value]
        total.quantities[unit] = total.quantities.get(unit, 0) + int(quantity)
        if currency is not None:
            total.costs[currency] = total.costs.get(currency, 0) + int(cost or 0)
    return sorted(found.values(), key=lambda total: (-total.persons, -total.lines, str(total.key)))


def _base(by: Actor, first: date | None, last: date | None, case_id: UUID | None, shared: bool) -> Select[Any]:
    statement: Select[Any] = visible_records(by, ServiceLine)
    if shared:
        statement = statement.join(LineAllocation, LineAllocation.line_id == ServiceLine.id)
        statement = statement.join(Fund, Fund.id == LineAllocation.fund_id)
    if case_id is not None:
        statement = statement.where(ServiceLine.case_id == case_id)
    if first is not None:
        statement = statement.where(ServiceLine.occurred_at > end_of_day(first - timedelta(days=1)))
    if last is not None:
        statement = statement.where(ServiceLine.occurred_at <= end_of_day(last))
    return statement
