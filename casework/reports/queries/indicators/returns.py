"""Indicators over returns: time for nationality and family, the whole way, and what was there before travel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.queries import visible_records
from casework.codes import workingdays
from casework.db import PHNOM_PENH, db
from casework.repatriation.models.facts import ReturnCheck, ReturnDecision
from casework.repatriation.models.feedback import ReturnFeedback
from casework.repatriation.models.handover import Handover
from casework.repatriation.models.path import ReturnPath, ReturnStep
from casework.reports.queries.indicators.base import (
    Figure,
    Part,
    Period,
    median,
    own_records,
    percent,
    settings,
    times,
)

GOOD = ("yes", "with_conditions")


@dataclass(slots=True)
class Journey:
    """A return that ended with a hand-over in the period."""

    counterpart: str
    days: int
    travelled_on: date
    arranged: bool
    agreed: str | None = None
    """The person's newest answer up to the day of travel."""
    assessed: bool = False


def of_returns(by: Actor, period: Period) -> Iterator[Figure]:
    """All of them, for roles with the class 'travel'."""
    if "travel" not in by.classes:
        return
    yield times("days_nationality", _step_days(by, period, "days_nationality", working=True))
    yield times("days_family", _step_days(by, period, "days_family", working=False))
    journeys = _journeys(by, period)
    by_country: dict[str, list[int]] = defaultdict(list)
    for one in journeys.values():
        by_country[one.counterpart].append(one.days)
    parts = [
        Part(code, len(days), len(days), median(sorted(days)), "country") for code, days in sorted(by_country.items())
    ]
    yield times("days_return", (one.days for one in journeys.values()), parts)
    planned = [one for one in journeys.values() if one.arranged]
    safe = sum(one.agreed == "yes" and one.assessed for one in planned)
    yield percent("return_safeguarded", safe, len(planned))
    yield _feedback(by, period)


def _feedback(by: Actor, period: Period) -> Figure:
    """Of the cases of people who came home, closed in the period: those whose sending country was told how it went,
    or whose person said no to that, which counts as done."""
    home = own_records(by, ReturnPath).where(
        ReturnPath.direction == "INBOUND", ReturnPath.state != "stopped", period.holds(Case.closed_on)
    )
    closed = home.with_only_columns(Case.id).distinct()
    told = visible_records(by, ReturnFeedback).where(ReturnFeedback.case_id.in_(closed.correlate(None)))
    return percent(
        "feedback_sent",
        db.session.scalar(told.with_only_columns(func.count(ReturnFeedback.case_id.distinct()))) or 0,
        db.session.scalar(home.with_only_columns(func.count(Case.id.distinct()))) or 0,
    )


def _step_days(by: Actor, period: Period, name: str, *, working: bool) -> list[int]:
    """Days from the start of a step to its end, of steps that ended in the period."""
    query = (
        own_records(by, ReturnStep)
        .where(ReturnStep.code.in_(settings()["steps"][name]), ReturnStep.state == "done")
        .where(ReturnStep.started_on.is_not(None), period.holds(ReturnStep.done_on))
        .with_only_columns(ReturnStep.started_on, ReturnStep.done_on, ReturnStep.calendar)
    )
    return [
        workingdays.between(start, end, country) if working else (end - start).days
        for start, end, country in db.session.execute(query)
        if start is not None and end is not None
    ]


def _signed(by: Actor, period: Period) -> ColumnElement[bool]:
    """Condition on paths: handed over, signed by both sides, in the period."""
    query = visible_records(by, Handover).where(Handover.state == "signed", period.holds_moment(Handover.at))
    return ReturnPath.id.in_(query.with_only_columns(Handover.path_id).correlate(None))


def _journeys(by: Actor, period: Period) -> dict[UUID, Journey]:
    paths = own_records(by, ReturnPath).where(_signed(by, period))
    found: dict[UUID, Journey] = {}
    columns = (
        ReturnPath.id, ReturnPath.from_country, ReturnPath.to_country,
        ReturnPath.started_on, ReturnPath.travel_on, ReturnPath.arranged, Handover.at,
    )  # fmt: skip
    rows = paths.join(Handover, Handover.path_id == ReturnPath.id).where(
        Handover.state == "signed", period.holds_moment(Handover.at)
    )
    for key, start, end, started_on, travel_on, arranged, at in db.session.execute(
        rows.with_only_columns(*columns).order_by(Handover.at, Handover.id)
    ):
        handed = at.astimezone(PHNOM_PENH).date()
        other = start if start != workingdays.HOME else end
        found[key] = Journey(other, max(0, (handed - started_on).days), travel_on or handed, arranged)
    for path_id, answer, day in _facts(by, paths, ReturnDecision, ReturnDecision.answer, ReturnDecision.decided_on):
        if day <= found[path_id].travelled_on:
            found[path_id].agreed = answer
    checks = _facts(by, paths, ReturnCheck, ReturnCheck.result, ReturnCheck.checked_on, ReturnCheck.kind == "safety")
    for path_id, result, day in checks:
        if day <= found[path_id].travelled_on and result in GOOD:
            found[path_id].assessed = True
    return found


def _facts(
    by: Actor, paths: Select[Any], model: Any, value: Any, day: Any, *rules: ColumnElement[bool]
) -> list[tuple[UUID, str, date]]:
    """Path, value and day of the visible facts of some paths, in the order they were recorded."""
    query = visible_records(by, model).where(
        model.path_id.in_(paths.with_only_columns(ReturnPath.id).correlate(None)), *rules
    )
    rows = db.session.execute(query.with_only_columns(model.path_id, value, day).order_by(model.recorded_at, model.id))
    return [(path_id, what, on) for path_id, what, on in rows]
