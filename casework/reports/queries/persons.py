"""Persons helped in a period: each counted once in each row, however many lines of help were written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select

from casework.access.permissions import Actor
from casework.assistance.models.funds import Fund, LineAllocation
from casework.assistance.models.lines import ServiceLine
from casework.assistance.queries.ledger import is_reversed
from casework.cases.models import Case, CaseStatistic
from casework.cases.suppression import Line, rounded, suppress
from casework.db import db
from casework.people.kinds import SEXES
from casework.people.models import Person
from casework.reports.measures import Measure
from casework.reports.queries.indicators.base import Period, own_records

AGES = ("0-11", "12-17", "18+", "unknown")
CHILD_UNTIL = 11
UNKNOWN = "unknown"
UNFUNDED = "none"
"""Row of help to which no fund was given."""
TABLES = ("service", "donor", "sex", "age", "sex_age")
DISABILITY = (UNKNOWN, "no", "yes")
"""Answers of health checks, by their weight: of a person with several cases the heaviest counts."""


@dataclass(slots=True)
class Persons:
    """Unique persons by row of each table. Rows of one table may share persons: 'service' and 'donor' do."""

    whole: int = 0
    tables: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in TABLES})
    disability: dict[str, int | None] = field(default_factory=dict)
    """Rounded, small numbers withheld (None): it comes from health checks, which who counts here may not read."""

    def measures(self) -> list[Measure]:
        """The tables as figures that can be frozen."""
        lists = {"service": "service_type", "donor": "donor"}
        found = [Measure("persons", value=self.whole, counted=self.whole)]
        for name, rows in self.tables.items():
            found += [Measure(f"persons_{name}", code, lists.get(name, ""), "count", n, n) for code, n in rows.items()]
        told = [(code, n) for code, n in self.disability.items() if n is not None]
        return found + [Measure("persons_disability", code, "", "count", n, n) for code, n in told]


def persons(by: Actor, period: Period, donor: str | None = None) -> Persons | None:
    """Persons whom the own office helped, on cases it answers for and the reader may see; lines taken back are out.

    None for a role that may not read help given, or who people are. Four statements.
    """
    if not {"assistance", "demographic"} <= by.classes:
        return None
    rules = _rules(by, period, donor)
    found = Persons()
    _people(by, rules, found)
    lines = own_records(by, ServiceLine).where(*rules)
    count = func.count(Case.person_id.distinct())
    services = lines.with_only_columns(ServiceLine.service_type, count).group_by(ServiceLine.service_type)
    found.tables["service"] = _ranked({code: n for code, n in db.session.execute(services)})
    found.tables["donor"] = _donors(by, rules)
    found.disability = _disability(by, rules, found.whole)
    return found


def _rules(by: Actor, period: Period, donor: str | None) -> list[ColumnElement[bool]]:
    rules = [
        ServiceLine.author_org_id == by.organisation_id,
        ServiceLine.reverses_id.is_(None),
        ~is_reversed(),
        period.holds_moment(ServiceLine.occurred_at),
    ]
    if donor == UNFUNDED:
        rules.append(ServiceLine.id.not_in(select(LineAllocation.line_id)))
    elif donor:
        paid = select(LineAllocation.line_id).join(Fund, Fund.id == LineAllocation.fund_id).where(Fund.donor == donor)
        rules.append(ServiceLine.id.in_(paid))
    return rules


def _people(by: Actor, rules: list[ColumnElement[bool]], found: Persons) -> None:
    """Each person once: sex, and the age on the day of the first help of the period."""
    first = func.min(ServiceLine.occurred_at)
    columns = (Case.person_id, Person.sex, Person.birth_year, Person.minor_until)
    query = own_records(by, ServiceLine).join(Person, Person.id == Case.person_id).where(*rules)
    combined: dict[tuple[str, str], int] = defaultdict(int)
    for _, sex, year, until, moment in db.session.execute(query.with_only_columns(*columns, first).group_by(*columns)):
        combined[sex, age_of(year, until, moment.date())] += 1
    found.whole = sum(combined.values())
    tables = found.tables
    tables["sex"] = {sex: sum(n for (one, _), n in combined.items() if one == sex) for sex in SEXES}
    tables["age"] = {age: sum(n for (_, one), n in combined.items() if one == age) for age in AGES}
    tables["sex_age"] = {f"{sex}/{age}": combined.get((sex, age), 0) for sex in SEXES for age in AGES}


def _disability(by: Actor, rules: list[ColumnElement[bool]], whole: int) -> dict[str, int | None]:
    """Each person once, by the health checks of their cases (Washington Group short set)."""
    weights = {answer: weight for weight, answer in enumerate(DISABILITY)}
    heaviest = func.max(case(weights, value=CaseStatistic.disability)).label("heaviest")
    lines = own_records(by, ServiceLine).join(CaseStatistic, CaseStatistic.case_id == Case.id).where(*rules)
    each = lines.with_only_columns(heaviest).group_by(Case.person_id).subquery()
    rows = db.session.execute(select(each.c.heaviest, func.count()).group_by(each.c.heaviest))
    counts: dict[int, int] = {weight: n for weight, n in rows}
    parts = {answer: counts.get(weights[answer], 0) for answer in reversed(DISABILITY)}
    shown = suppress({"whole": whole, **parts}, [Line("whole", list(parts))])
    return {answer: rounded(shown[answer]) for answer in parts}


def age_of(year: int | None, minor_until: date, day: date) -> str:
    """The age band on a day, from the year of birth: the exact day is sealed. Who could be a child is one."""
    if year is None:
        return UNKNOWN
    if minor_until < day:
        return "18+"
    return "0-11" if day.year - year <= CHILD_UNTIL else "12-17"


def _donors(by: Actor, rules: list[ColumnElement[bool]]) -> dict[str, int]:
    """Persons by donor; one whom two donors paid for stands in both rows."""
    query = (
        own_records(by, ServiceLine)
        .outerjoin(LineAllocation, LineAllocation.line_id == ServiceLine.id)
        .outerjoin(Fund, Fund.id == LineAllocation.fund_id)
        .where(*rules)
    )
    donor = func.coalesce(Fund.donor, UNFUNDED)
    rows = db.session.execute(query.with_only_columns(donor, func.count(Case.person_id.distinct())).group_by(donor))
    return _ranked({code: n for code, n in rows})


def _ranked(rows: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(rows.items(), key=lambda row: (-row[1], row[0])))


def donors_of(org_id: UUID) -> list[str]:
    """Codes of the donors whose funds an office has, for the filter."""
    return sorted(set(db.session.scalars(select(Fund.donor).where(Fund.org_id == org_id))))
