"""What each step means to the program (data/steps.toml) and the steps of a direction (list repatriation_step)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casework.codes.queries import Code, choices, find
from casework.codes.workingdays import HOME

DATA = Path(__file__).parent.parent / "data" / "steps.toml"
FROM_TRAVEL = "travel date"
"""Value of the attribute clock_starts of steps that are due from the travel day."""


@dataclass(frozen=True, slots=True)
class StepRule:
    """What a step means; the file explains each."""

    station: str = "return"
    role: str = ""
    check: str = ""
    outcomes: tuple[str, ...] = ()
    outcome_list: str = ""
    ends: str = ""
    opens: str = ""
    elsewhere: bool = False
    calendar: str = ""
    official_for: str = ""

    @property
    def gated(self) -> bool:
        """True for the steps that no arranged travel passes before the gates are open."""
        return self.role in ("travel", "handover")

    @property
    def kept(self) -> bool:
        """True for the steps without which a return loses a meaning; the list says so too (attribute 'kept')."""
        return bool(self.role or self.check or self.ends or self.opens)


@cache
def rules() -> Mapping[str, StepRule]:
    """Step code -> rule."""
    with DATA.open("rb") as file:
        loaded = tomllib.load(file)
    return {code: StepRule(**row | {"outcomes": tuple(row.get("outcomes", ()))}) for code, row in loaded.items()}


def rule(code: str) -> StepRule:
    """The rule of a step; one that the file does not name has no further meaning."""
    return rules().get(code, StepRule())


@dataclass(frozen=True, slots=True)
class Template:
    """A step as the list has it, with its clock."""

    code: str
    sequence: int
    days: int | None
    working: bool
    from_travel: bool
    rule: StepRule

    def calendar(self, to_country: str) -> str:
        """The country whose working days count."""
        return to_country if self.rule.calendar == "to" else HOME


def template(code: Code) -> Template:
    """A step of the list, read from its attributes."""
    days = code.extra.get("default_due_days", "")
    return Template(
        code=code.code,
        sequence=int(code.extra["sequence"]),
        days=int(days) if days else None,
        working=code.extra.get("working_days") == "yes",
        from_travel=code.extra.get("clock_starts") == FROM_TRAVEL,
        rule=rule(code.code),
    )


def templates(direction: str) -> list[Template]:
    """The steps of a direction in their order."""
    found = [template(code) for code in choices("repatriation_step") if code.extra.get("direction") == direction]
    return sorted(found, key=lambda row: row.sequence)


def official(code: str, to_country: str) -> str:
    """The source of an official clock, or '' where the time is only our default, which is never shown as law."""
    found, official_for = find("repatriation_step", code), rule(code).official_for
    return found.source if found and official_for and official_for == to_country else ""
