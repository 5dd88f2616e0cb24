"""Holidays of a country: typed in, taken off, and those on fixed days copied to the next year."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.access.service.history import remember
from casework.audit import recorder
from casework.codes.models import Holiday
from casework.codes.queries import holidays_in
from casework.codes.service.checks import check
from casework.codes.service.revision import touch
from casework.db import db
from casework.errors import Conflict, InvalidInput, NotVisible, n_

LONGEST_NAME = 120
FIRST, LAST = 2000, 2100
"""Years whose holidays can be kept."""


def add_holiday(day: date, *, label: str, by: Actor, country: str = "KHM", moves: bool = False) -> Holiday:
    """Keep a day free, or take back that it was taken off. Raises Conflict when it is kept already."""
    require(by, Permission.SYSTEM_MANAGE)
    check("country", country, field="country")
    _check_year(day.year)
    label = " ".join(label.split())
    if not 2 <= len(label) <= LONGEST_NAME:
        raise InvalidInput(n_("Enter a name of 2 to 120 characters."), field="label")
    row = _holiday(day, country)
    if row is not None and row.active:
        raise Conflict(n_("This day is a holiday already."), field="day")
    before = _said(row) if row else {}
    if row is None:
        row = Holiday(country=country, day=day, label=label, source="own")
        db.session.add(row)
    row.active, row.label, row.moves = True, label, moves
    db.session.flush()
    remember("holiday", row.id, by=by, before=before, after=_said(row))
    recorder.record(by, "holiday.added", subject=("holiday", row.id), body={"country": country, "day": day.isoformat()})
    touch()
    return row


def take_off_holiday(day: date, *, by: Actor, country: str = "KHM") -> Holiday:
    """Make a holiday a working day again."""
    require(by, Permission.SYSTEM_MANAGE)
    row = _holiday(day, country)
    if row is None or not row.active:
        raise NotVisible
    before = _said(row)
    row.active = False
    remember("holiday", row.id, by=by, before=before, after=_said(row))
    body = {"country": country, "day": day.isoformat()}
    recorder.record(by, "holiday.taken_off", subject=("holiday", row.id), body=body)
    touch()
    return row


def copy_fixed(country: str, year: int, *, by: Actor) -> int:
    """Keep in `year` what the year before kept on fixed days. A day taken off in `year` stays off. Gives the number."""
    require(by, Permission.SYSTEM_MANAGE)
    check("country", country, field="country")
    _check_year(year)
    standing = {row.day for row in holidays_in(country, year)}
    fixed = [row for row in holidays_in(country, year - 1) if row.active and not row.moves]
    wanted = [(row, date(year, row.day.month, row.day.day)) for row in fixed if (row.day.month, row.day.day) != (2, 29)]
    added = [add_holiday(day, label=row.label, by=by, country=country) for row, day in wanted if day not in standing]
    if not added:
        raise InvalidInput(n_("The year before has no further holiday on a fixed day."))
    return len(added)


def _holiday(day: date, country: str) -> Holiday | None:
    return db.session.scalar(select(Holiday).where(Holiday.country == country, Holiday.day == day))


def _said(row: Holiday) -> dict[str, object]:
    return {"label": row.label, "active": row.active, "moves": row.moves}


def _check_year(year: int) -> None:
    if not FIRST <= year <= LAST:
        raise InvalidInput(n_("Enter a year between 2000 and 2100."), field="day")
