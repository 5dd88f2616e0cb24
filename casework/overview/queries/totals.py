"""Totals for observers: no case, no code, no small number (domain reference, 13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, extract, func, literal, select, union_all

from casework.access.permissions import Actor
from casework.access.queries import provinces_of
from casework.cases.models import STATIONS, Case
from casework.cases.suppression import Line, rounded, suppress
from casework.codes.queries import choices
from casework.db import db, end_of_day, today
from casework.identification.kinds import COUNTED_ROLES, ELEMENT_LISTS
from casework.identification.models import EventCase, EventCode, Screening, ScreeningIndicator
from casework.people.models import Person

TABLES = ("stage", "sex", "age", "form", "month")
MONTHS = 12
"""Months told one by one; what is older stands together."""
ORDER = {
    "stage": (*STATIONS, "closed"),
    "sex": ("female", "male", "other", "unknown"),
    "age": ("child", "adult", "unknown"),
    "form": ("labour", "sexual", "other", "several", "unknown"),
}
Key = tuple[str, str]
TOTAL: Key = ("total", "")


@dataclass(frozen=True, slots=True)
class Totals:
    """The tables as they may be shown: None = withheld. `until` is the last day counted."""

    until: date
    total: int | None
    tables: dict[str, list[tuple[str, int | None]]]
    provinces: list[str]


def totals(by: Actor) -> Totals:
    """The tables for an observer's office: of the provinces it serves, or of the whole country if it names none.

    Counted are cases recorded before this month, so that nobody learns of one new case by looking every day.
    """
    first_of_month = today().replace(day=1)
    provinces = provinces_of(by.organisation_id)
    months = _months(first_of_month)
    counts = _counts(first_of_month, provinces, months)
    keys: dict[str, Sequence[str]] = {**ORDER, "month": ["earlier", *months]}
    values: dict[Key, int] = {(table, code): counts.get((table, code), 0) for table in TABLES for code in keys[table]}
    values[TOTAL] = counts.get(TOTAL, 0)
    lines = [Line(TOTAL, [(table, code) for code in keys[table]]) for table in TABLES]
    shown = suppress(values, lines)
    tables = {table: [(code, shown[(table, code)]) for code in keys[table]] for table in TABLES}
    until = date.fromordinal(first_of_month.toordinal() - 1)
    return Totals(until, rounded(shown[TOTAL]), tables, provinces)


def _months(first_of_month: date) -> list[str]:
    """The twelve months before this one, oldest first, as '2026-11'."""
    place = first_of_month.year * 12 + first_of_month.month - 1
    return [f"{one // 12:04}-{one % 12 + 1:02}" for one in range(place - MONTHS, place)]


def _counts(before: date, provinces: list[str], months: Sequence[str]) -> dict[Key, int]:
    """All counts from one statement: one row for each combination that occurs."""
    counted: dict[Key, int] = {}
    for stage, sex, age, form, year, month, count in db.session.execute(_query(before, provinces)):
        opened = f"{int(year):04}-{int(month):02}"
        codes = (stage, sex, age, form, opened if opened in months else "earlier")
        for key in (*zip(TABLES, codes, strict=True), TOTAL):
            counted[key] = counted.get(key, 0) + count
    return counted


def _query(before: date, provinces: list[str]) -> Select[Any]:
    forms = _forms().subquery()
    form = case((forms.c.kinds > 1, "several"), else_=func.coalesce(forms.c.form, "unknown"))
    stage = case((Case.status == "closed", "closed"), else_=Case.stage)
    age = case(
        (Person.minor_until.is_(None), "unknown"), (Person.minor_until >= Case.opened_on, "child"), else_="adult"
    )
    year, month = extract("year", Case.opened_on), extract("month", Case.opened_on)
    start = end_of_day(date.fromordinal(before.toordinal() - 1))
    rows = (
        select(
            stage.label("stage"),
            Person.sex.label("sex"),
            age.label("age"),
            form.label("form"),
            year.label("year"),
            month.label("month"),
        )
        .join(Person, Person.id == Case.person_id)
        .outerjoin(forms, forms.c.case_id == Case.id)
        .where(Case.published, Case.recorded_at <= start, Case.opened_on < before)
    )
    if provinces:
        rows = rows.where(Person.origin_province.in_(provinces))
    part = rows.subquery()
    columns = [part.c[name] for name in ("stage", "sex", "age", "form", "year", "month")]
    return select(*columns, func.count()).group_by(*columns)


def _forms() -> Select[Any]:
    """Case -> form of exploitation as statistics count it, and how many different ones were noted."""
    purposes = ELEMENT_LISTS["purpose"]
    events = (
        select(EventCase.case_id.label("case_id"), _form_of(EventCode.code).label("form"))
        .join(EventCode, EventCode.event_id == EventCase.event_id)
        .where(EventCase.role.in_(COUNTED_ROLES), EventCode.list == purposes)
    )
    screened = (
        select(Screening.case_id, _form_of(ScreeningIndicator.code))
        .join(ScreeningIndicator, ScreeningIndicator.screening_id == Screening.id)
        .where(Screening.state == "finished", ScreeningIndicator.list == purposes)
    )
    noted = union_all(events, screened).subquery()
    return (
        select(
            noted.c.case_id,
            func.min(noted.c.form).label("form"),
            func.count(func.distinct(noted.c.form)).label("kinds"),
        )
        .where(noted.c.form.is_not(None))
        .group_by(noted.c.case_id)
    )


def _form_of(code: Any) -> ColumnElement[Any]:
    """The reporting form of an exploitation code, by the attribute of the code list; NULL for none."""
    forms: dict[str, str] = {
        entry.code: entry.extra["report_form"]
        for entry in choices(ELEMENT_LISTS["purpose"])
        if entry.extra.get("report_form")
    }
    return case(forms, value=code, else_=None) if forms else literal(None)
