"""Statistics of cases: one statement gives each combination that occurs with its count; tables are sums of these.

Whoever may see the cases gets exact tables. Observers get the tables of `totals`, small numbers withheld.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, extract, false, func, or_, select

from casework.access.permissions import Actor
from casework.access.queries import provinces_of
from casework.cases.models import Case, CaseAccessClass, CaseStatistic, CaseStatisticForm
from casework.cases.models.statistics import FORMS
from casework.cases.queries import may_see
from casework.cases.suppression import LEAST
from casework.consent.models import ConsentEntry
from casework.db import db, today, utcnow
from casework.people.models import Person
from casework.reports.tables import Combination, Tables, exact, withheld
from casework.reports.workflow import start_of_day

KINDS = ("all", "running", "historical")


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are counted. With a day, those whose whole time of opening lies on its side of it."""

    kind: str = "all"
    """'running', 'historical' (brought in from old records for statistics), or 'all'."""
    first: date | None = None
    last: date | None = None


def statistics(by: Actor, wanted: CaseFilter | None = None) -> Tables:
    """Exact tables over the cases whose class 'statistics' is open to the actor. One statement."""
    query = _combined(_open_to(by), wanted or CaseFilter())
    return exact(Combination(*row) for row in db.session.execute(query))


def totals(by: Actor) -> Tables:
    """Tables for observers, small numbers withheld: cases of the provinces the office serves, or of the country.

    Counted up to the end of last month, running cases by whole elevens, so that two looks never differ by a few
    persons (docs/domain.md 13, differencing). Who refused or withdrew the use for statistics is left out.
    """
    rule = and_(_within_reach(by), Case.recorded_at < start_of_day(counted_before()), _agreed())
    rule = and_(rule, or_(Case.historical, _whole_steps(rule)))
    rows = db.session.execute(_combined(rule, CaseFilter()))
    return withheld(Combination(*row) for row in rows)


def counted_before() -> date:
    """The first day that totals leave out: the first of this month."""
    return today().replace(day=1)


def _open_to(by: Actor) -> ColumnElement[bool]:
    """Condition on cases: visible, and their class 'statistics' open to the office as a whole and to the role."""
    if "statistics" not in by.classes:
        return false()
    now = utcnow()
    opened = exists(
        select(1).where(
            CaseAccessClass.org_id == by.organisation_id,
            CaseAccessClass.case_id == CaseStatistic.case_id,
            CaseAccessClass.data_class == "statistics",
            CaseAccessClass.reach == "all",
            CaseAccessClass.starts_at <= now,
            CaseAccessClass.expires_at > now,
        )
    )
    return and_(may_see(by, CaseStatistic.case_id, now), opened)


def _within_reach(by: Actor) -> ColumnElement[bool]:
    provinces = provinces_of(by.organisation_id)
    if not provinces:
        return and_(True)
    return exists(select(1).where(Person.id == Case.person_id, Person.origin_province.in_(provinces)))


def _agreed() -> ColumnElement[bool]:
    """The last word about anonymised statistics is not no. No word is no objection: nothing identifying is shared."""
    last = (
        select(ConsentEntry.answer)
        .where(ConsentEntry.case_id == Case.id, ConsentEntry.purpose == "anonymised_statistics")
        .order_by(ConsentEntry.recorded_at.desc(), ConsentEntry.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(last, "given") == "given"


def _whole_steps(rule: ColumnElement[bool]) -> ColumnElement[bool]:
    """Condition: the case is among the oldest n running ones, n the largest multiple of eleven there is."""
    running = select(Case.id).where(Case.published, rule, Case.historical.is_(False))
    count = db.session.scalar(select(func.count()).select_from(running.subquery())) or 0
    rest = count % LEAST
    if not rest:
        return and_(True)
    first_left_out = db.session.scalars(running.order_by(Case.id).offset(count - rest).limit(1)).one()
    return Case.id < first_left_out


def _combined(rule: ColumnElement[bool], wanted: CaseFilter) -> Select[Any]:
    """Each combination of codes among the published cases of a rule, with its count."""
    forms = [
        exists(select(1).where(CaseStatisticForm.case_id == CaseStatistic.case_id, CaseStatisticForm.form == form))
        for form in FORMS
    ]
    columns = {
        "first_year": extract("year", CaseStatistic.opened_from),
        "last_year": extract("year", CaseStatistic.opened_to),
        "sex": CaseStatistic.sex,
        "age_group": CaseStatistic.age_group,
        "origin_region": CaseStatistic.origin_region,
        "exploitation_region": CaseStatistic.exploitation_region,
        "historical": Case.historical,
    }
    query = (
        select(*(column.label(name) for name, column in columns.items()))
        .add_columns(*(rule.label(form) for form, rule in zip(FORMS, forms, strict=True)))
        .select_from(CaseStatistic)
        .join(Case, Case.id == CaseStatistic.case_id)
        .where(Case.published, rule)
    )
    if wanted.kind != "all":
        query = query.where(Case.historical.is_(wanted.kind == "historical"))
    if wanted.first is not None:
        query = query.where(CaseStatistic.opened_from >= wanted.first)
    if wanted.last is not None:
        query = query.where(CaseStatistic.opened_to <= wanted.last)
    listed = query.subquery()
    return select(*listed.c, func.count()).group_by(*listed.c)
