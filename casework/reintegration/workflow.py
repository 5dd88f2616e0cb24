"""Words and rules of reintegration that need no database: dates of a schedule, states of plan, visit and closure."""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from casework.codes.queries import Code
from casework.errors import InvalidInput, InvalidTransition, n_

PLAN_WORDS = {
    "draft": n_("draft"),
    "waiting": n_("waiting for approval"),
    "approved": n_("approved"),
    "returned": n_("returned to change"),
    "replaced": n_("replaced by a newer plan"),
}
PLAN_MOVES: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"waiting"}),
    "waiting": frozenset({"approved", "returned"}),
    "returned": frozenset({"waiting"}),
    "approved": frozenset({"replaced"}),
    "replaced": frozenset(),
}
ADULT = 18
UNKNOWN_BIRTH = 9999
"""The year in which somebody grows up whose birth nobody knows (people.models)."""
LOST = "lost_contact"
"""The reason of closing that the page of tries counts towards."""
EDITABLE = frozenset({"draft", "returned"})
"""States in which goals may be added and taken out; an approved plan is replaced, not edited."""
LIVING = EDITABLE | {"approved"}
"""States in which steps may be added and marked: while it is written, and while it is lived."""
MOST_OWN = 40
GOAL_WORDS = {"open": n_("open"), "reached": n_("reached"), "dropped": n_("given up")}
VISIT_WORDS = {"planned": n_("planned"), "done": n_("done"), "missed": n_("missed"), "cancelled": n_("cancelled")}
RHYTHM_WORDS = {
    "standard": n_("Standard: weeks 1 to 4, each month to month 6, then months 9, 12, 18 and 24"),
    "child": n_("Child: as standard, and months 30 and 36"),
    "light": n_("Light, for low risk: weeks 1, 2 and 4, then months 3, 6 and 12"),
}
"""Groups of follow_up_schedule as the page offers them."""
CANCEL_WORDS = {
    "rhythm_changed": n_("another rhythm was chosen"),
    "closed": n_("the case was closed"),
    "dead": n_("the person died"),
    "missing": n_("the person is missing"),
    "did_not_arrive": n_("the person did not arrive"),
}
MOVE_REASONS = {
    "person_asked": n_("The person asked for another day"),
    "not_safe": n_("That day is not safe"),
    "office": n_("Our office can't on that day"),
    "travel": n_("Roads, weather or transport"),
    "trip": n_("It goes along on a trip"),
}
VIEW_WORDS = {
    "agrees": n_("The person agrees"),
    "disagrees": n_("The person disagrees"),
    "could_not_be_asked": n_("The person could not be asked"),
}
CLOSURE_WORDS = {
    "waiting": n_("waiting for approval"),
    "second": n_("waiting for a second supervisor"),
    "approved": n_("approved"),
    "returned": n_("returned"),
}
REOPEN_REASONS = {
    "asked_for_help": n_("The person asked for help again"),
    "found": n_("The person was found"),
    "new_need": n_("A new need or danger"),
    "closed_by_mistake": n_("It was closed by mistake"),
}


def check_plan_move(before: str, after: str) -> None:
    """Raise InvalidTransition unless a plan may go from one state to the other."""
    if after not in PLAN_MOVES[before]:
        raise InvalidTransition(n_("This plan can't take that step now. Load the page again."))


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def add_months(day: date, months: int) -> date:
    """The same day of a later month; a month that is too short gives its last day: 31 Jan + 1 → 28 or 29 Feb."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_on(home_on: date, template: Code) -> date:
    """The day of a template's visit, counted from the day of return home (docs/domain.md 7). Raises InvalidInput."""
    try:
        value = int(template.extra["offset_value"])
        unit = template.extra["offset_unit"]
        if unit == "month":
            return add_months(home_on, value)
        return home_on + timedelta(days=value * {"week": 7, "day": 1}[unit])
    except (KeyError, ValueError, OverflowError) as error:
        raise InvalidInput(
            n_("The template of visits is not complete. Ask the administrator."), field="rhythm"
        ) from error


def own_days(first: date, every: int, unit: str, count: int) -> list[date]:
    """The days of a rhythm of the person's own: the first, then one after each so many weeks or months."""
    if unit not in ("week", "month") or not 1 <= every <= 24:
        raise InvalidInput(n_("Choose weeks or months."), field="unit")
    if not 1 <= count <= MOST_OWN:
        raise InvalidInput(n_("Plan between 1 and %(most)s visits."), field="count", most=MOST_OWN)
    if unit == "month":
        return [add_months(first, every * number) for number in range(count)]
    return [first + timedelta(weeks=every * number) for number in range(count)]


def mode_of(template: Code) -> str:
    """The mode proposed for a visit of a template: a code of followup_type."""
    modes: dict[str, str] = _read("schedules")["mode"]
    return modes.get(template.extra.get("contact_mode", ""), "home_visit")


def asks_scores(template: Code | None) -> bool:
    """True when the visit scores the six areas of life: the first one, as the start, and those of some months."""
    if template is None:
        return False
    if template.extra.get("sequence") in _read("schedules")["start_sequence"]:
        return True
    if template.extra.get("offset_unit") != "month":
        return False
    return int(template.extra.get("offset_value", "-1")) in _read("schedules")["score_months"]


def rhythm_for(*, minor: bool) -> str:
    """The rhythm offered first."""
    return str(_read("schedules")["offer"]["child" if minor else "adult"])


def check_rhythm(rhythm: str, risk_level: str | None) -> None:
    """Raise InvalidInput for a rhythm that this risk does not allow."""
    allowed = _read("schedules")["risk"].get(rhythm)
    if allowed is not None and risk_level not in allowed:
        raise InvalidInput(n_("This rhythm is for low risk only. Assess the risk, or choose another."), field="rhythm")


def counts_as_attempt(result: str) -> bool:
    """True when a visit missed with this result counts towards lost contact."""
    return result in _read("schedules")["attempt"]["results"]


def papers_of(stage: str) -> list[str]:
    """Papers that a stage asks for, in their order: keys of kinds.PAPER_WORDS."""
    return list(_read("stage_papers").get(stage, ()))


def page_language(language: str | None) -> str | None:
    """The language of pages that the person reads, from a code of the list language; None where we have none."""
    found: dict[str, str] = _read("schedules")["page_language"]
    return found.get(language or "")


def needs_safety_plan(risk_level: str | None) -> bool:
    """True when the risk is so great that a plan to stay safe is asked for (docs/domain.md 7)."""
    return risk_level in _read("safety")["asked_for"]


def stay() -> timedelta:
    """How long a visit is expected to last when the worker goes in."""
    return timedelta(minutes=_read("trips")["stay_minutes"])


def alarm_after() -> timedelta:
    """How long after the expected end the supervisors are told (docs/domain.md 7)."""
    return timedelta(minutes=_read("trips")["alarm_minutes"])


def most_visits() -> int:
    """How many visits fit into one trip."""
    return int(_read("trips")["most_visits"])


def ahead() -> int:
    """Days that the page of coming visits looks ahead."""
    return int(_read("trips")["ahead_days"])


def travel_modes() -> list[str]:
    """Modes of visits for which somebody travels."""
    return list(_read("trips")["travel_modes"])


def triage(hundredths: int) -> str:
    """How lasting a dimension is: 'high', 'medium' or 'low' need (docs/domain.md 7)."""
    bounds = _read("schedules")["triage"]
    return "high" if hundredths < bounds["high_below"] else "medium" if hundredths < bounds["medium_below"] else "low"


def retention_class(*, minor: bool) -> str:
    """The class of retention of a case that is closed: a code of the list."""
    return str(_read("closure_rules")["retention"]["child" if minor else "adult"])


def keep_until(closed_on: date, years: int, minor_until: date) -> date:
    """Until when: some years after closing; a child's until the 25th birthday if that is later.

    Who was alive at closing turns 25 within 25 years: the bound where no birth is known.
    """
    grown = _read("closure_rules")["retention"]["grown_years"]
    after = add_months(closed_on, years * 12)
    if closed_on > minor_until:
        return after
    latest = add_months(closed_on, grown * 12)
    birthday = latest if minor_until.year >= UNKNOWN_BIRTH else add_months(minor_until, (grown - ADULT) * 12)
    return max(after, min(latest, birthday))


@dataclass(frozen=True, slots=True)
class ClosureRule:
    """What a reason for closing needs."""

    attempts: int = 0
    days: int = 0
    transfer: bool = False
    station_done: str | None = None
    fact: str | None = None
    explanation: bool = False
    person_view: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    """Modes of a try that count: the safe channels."""


def closure_rule(reason: str) -> ClosureRule:
    """The rule of a reason; nothing beyond the usual for one that has none."""
    found = dict(_read("closure_rules").get(reason, {}))
    listed = {name: tuple(found.get(name, ())) for name in ("person_view", "modes")}
    return ClosureRule(**{**found, **listed})
