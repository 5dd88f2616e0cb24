"""Funds of an office, and the caps of an installation. No case data."""

from __future__ import annotations

from datetime import date

from casework.access.permissions import Actor, Permission, require
from casework.assistance.models import Fund, ServiceCap
from casework.audit.recorder import record
from casework.codes.service import check
from casework.db import check_version, db, uuid7
from casework.errors import Conflict, InvalidInput, NotVisible, n_


def add_fund(
    *,
    by: Actor,
    donor: str,
    project: str,
    currency: str,
    starts_on: date,
    ends_on: date | None = None,
    budget: int | None = None,
) -> Fund:
    """A new fund of the actor's office: donor, the office's short name of the grant, currency, from and to."""
    require(by, Permission.ORGANISATION_MANAGE)
    check("donor", donor, field="donor")
    check("assistance_unit", currency, field="currency", group="money")
    project = " ".join(project.split())
    if not project:
        raise InvalidInput(n_("Enter a short name of the project."), field="project")
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInput(n_("The end lies before the beginning. Check both dates."), field="ends_on")
    if budget is not None and budget <= 0:
        raise InvalidInput(n_("Enter the budget, or leave it empty."), field="budget")
    same = db.select(Fund.id).where(Fund.org_id == by.organisation_id, Fund.donor == donor, Fund.project == project)
    if db.session.scalar(same) is not None:
        raise Conflict(n_("This project of this donor is there already."), field="project")
    fund = Fund(
        id=uuid7(),
        org_id=by.organisation_id,
        donor=donor,
        project=project,
        currency=currency,
        budget=budget,
        starts_on=starts_on,
        ends_on=ends_on,
        active=True,
    )
    db.session.add(fund)
    record(by, "fund.added", subject=("fund", fund.id), body={"donor": donor})
    db.session.flush()
    return fund


def end_fund(fund: Fund, *, by: Actor) -> None:
    """Take a fund out of use. What it paid stays."""
    require(by, Permission.ORGANISATION_MANAGE)
    if fund.org_id != by.organisation_id:
        raise NotVisible
    fund.active = False
    record(by, "fund.ended", subject=("fund", fund.id))
    db.session.flush()


def change_cap(
    cap: ServiceCap,
    *,
    by: Actor,
    min_interval_hours: int | None,
    max_per_day: int | None,
    active: bool = True,
    expected_version: int | None = None,
) -> None:
    """Change how often a service is given; whether it blocks or warns follows from the service, not from here."""
    require(by, Permission.SYSTEM_MANAGE)
    stands = {name: getattr(cap, name) for name in ("min_interval_hours", "max_per_day", "active")}
    check_version(cap, expected_version, stands)
    if min_interval_hours is None and max_per_day is None:
        raise InvalidInput(n_("Enter the hours between two, the times a day, or both."), field="max_per_day")
    cap.min_interval_hours, cap.max_per_day, cap.active = min_interval_hours, max_per_day, active
    record(by, "cap.changed", subject=("service_cap", cap.id), body={"service": cap.service_type})
    db.session.flush()
