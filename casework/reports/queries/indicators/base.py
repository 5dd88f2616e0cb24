"""What all indicators share: a period, a measured figure, and the cases an office answers for."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, not_, or_, select
from sqlalchemy.orm import aliased

from casework.access.permissions import Actor
from casework.cases.models import Case, CaseAccessClass, CaseRecord
from casework.cases.queries import sees_class, visible_cases, visible_records
from casework.codes import queries as codes
from casework.db import utcnow
from casework.errors import InvalidInput, n_
from casework.reintegration.models.closure import Closure
from casework.reports.workflow import start_of_day

R = TypeVar("R", bound=CaseRecord)
DATA = Path(__file__).parents[2] / "data" / "indicators.toml"
MERGED = aliased(Closure, name="merged")
LONGEST = timedelta(days=366 * 5)


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both counted. Raises InvalidInput for an end before its start and for over five years."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise InvalidInput(n_("The first day lies after the last day. Change one of them."), field="last")
        if self.last - self.first > LONGEST:
            raise InvalidInput(n_("Choose at most five years."), field="first")

    @property
    def starts_at(self) -> datetime:
        """The first moment counted."""
        return start_of_day(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first moment after the last day."""
        return start_of_day(self.last + timedelta(days=1))

    def holds(self, column: Any) -> ColumnElement[bool]:
        """Condition: a day lies in the period."""
        return and_(column >= self.first, column <= self.last)

    def holds_moment(self, column: Any) -> ColumnElement[bool]:
        """Condition: a moment lies in the period, by the days of Phnom Penh."""
        return and_(column >= self.starts_at, column < self.ends_at)


@dataclass(frozen=True, slots=True)
class Part:
    """One share of a figure: a band, a country, a currency, an area of life. `list` names the list of the code."""

    code: str
    numerator: float
    denominator: int | None = None
    value: float | None = None
    list: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator as measured. `value` is in the unit of the list: per cent, days, a mean; None where n is 0."""

    code: str
    numerator: float | None = None
    denominator: int | None = None
    value: float | None = None
    slow: float | None = None
    """Nine of ten took at most so long (90th centile, nearest rank); for times only."""
    parts: tuple[Part, ...] = ()


def percent(code: str, numerator: int, denominator: int) -> Figure:
    """A share in per cent, to a tenth."""
    return Figure(code, numerator, denominator, share(numerator, denominator))


def share(numerator: float, denominator: int) -> float | None:
    """Per cent to a tenth, half up; None of nothing."""
    return math.floor(1000 * numerator / denominator + 0.5) / 10 if denominator else None


def mean(code: str, numerator: float, denominator: int) -> Figure:
    """So many for each, to a hundredth."""
    return Figure(code, numerator, denominator, per(numerator, denominator))


def per(numerator: float, denominator: int) -> float | None:
    """To a hundredth, half up; None for nobody."""
    return math.floor(100 * numerator / denominator + 0.5) / 100 if denominator else None


def times(code: str, days: Iterable[int], parts: Sequence[Part] = ()) -> Figure:
    """Median and 90th centile of spans in days."""
    ranked = sorted(days)
    if not ranked:
        return Figure(code, denominator=0)
    slow = ranked[math.ceil(len(ranked) * 9 / 10) - 1]
    return Figure(code, denominator=len(ranked), value=median(ranked), slow=slow, parts=tuple(parts))


def median(ranked: Sequence[int]) -> float:
    """The middle of ranked numbers, of an even number the mean of the middle two."""
    count = len(ranked)
    return (ranked[(count - 1) // 2] + ranked[count // 2]) / 2


def banded(code: str, bands: Mapping[str, tuple[int, int | None]], counted: Mapping[int, int]) -> Figure:
    """How many lie in each band; `counted` is number -> how often."""
    whole = sum(counted.values())
    parts = []
    for name, (low, high) in bands.items():
        inside = sum(count for number, count in counted.items() if number >= low and (high is None or number <= high))
        parts.append(Part(name, inside, whole, share(inside, whole)))
    return Figure(code, denominator=whole, parts=tuple(parts))


def counted(rule: ColumnElement[bool]) -> ColumnElement[int]:
    """Rows for which the rule holds."""
    return func.coalesce(func.sum(case((rule, 1), else_=0)), 0)


def persons(rule: ColumnElement[bool]) -> ColumnElement[int]:
    """Different persons of the cases for which the rule holds."""
    return func.count(case((rule, Case.person_id)).distinct())


def answered_for(by: Actor) -> ColumnElement[bool]:
    """Condition on cases: the office answers for them. Historical records and merged doubles are left out (list kpi,
    'duplicates left out')."""
    double = MERGED.reason.in_(reasons("technical"))
    doubles = exists(select(1).where(MERGED.case_id == Case.id, MERGED.state == "approved", double))
    return and_(Case.owner_org_id == by.organisation_id, Case.historical.is_(False), not_(doubles))


def own_cases(by: Actor) -> Select[Case]:
    """Cases the office answers for, as far as the actor sees them."""
    return visible_cases(by).where(answered_for(by))


def own_records(by: Actor, model: type[R]) -> Select[R]:
    """Visible records of the cases the office answers for; the case is joined."""
    return visible_records(by, model).where(answered_for(by))


def has(by: Actor, model: type[CaseRecord], *rules: ColumnElement[bool]) -> ColumnElement[bool]:
    """Condition on cases: there is a record of this kind that the actor may see."""
    return exists(select(1).select_from(model).where(model.case_id == Case.id, sees_class(by, model), *rules))


def open_class(by: Actor, data_class: str, author: Any) -> ColumnElement[bool]:
    """Condition on cases: what the case row itself keeps of a class is open now, to the office and to the role.

    `author` is the column of the office that wrote it: an office sees its own where others' are closed to it.
    """
    if data_class not in by.classes:
        return false()
    now = utcnow()
    return exists(
        select(1).where(
            CaseAccessClass.org_id == by.organisation_id,
            CaseAccessClass.case_id == Case.id,
            CaseAccessClass.data_class == data_class,
            or_(CaseAccessClass.reach == "all", author == by.organisation_id),
            CaseAccessClass.starts_at <= now,
            CaseAccessClass.expires_at > now,
        )
    )


def active_in(period: Period) -> ColumnElement[bool]:
    """The case was open on at least one day of the period."""
    return and_(Case.opened_on <= period.last, or_(Case.closed_on.is_(None), Case.closed_on >= period.first))


def active_at_end(period: Period) -> ColumnElement[bool]:
    """The case was open when the period ended."""
    return and_(Case.opened_on <= period.last, or_(Case.closed_on.is_(None), Case.closed_on > period.last))


@cache
def settings() -> Mapping[str, Any]:
    """Which codes the indicators mean."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def reasons(name: str) -> list[str]:
    """Codes of closure_reason of one group."""
    return [row.code for row in codes.choices("closure_reason", settings()["reasons"][name])]
