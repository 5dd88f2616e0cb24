"""The script of the demo: who is in it and what happens when, read from the data files beside this module."""

from __future__ import annotations

import csv
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from casework.db import PHNOM_PENH

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Part:
    """One invented person and their case: a line of people.csv."""

    key: str
    story: str
    started: int
    """Days before today on which the story begins."""
    until: int | None
    """Day of the story after which nobody did anything more: that makes cases late."""
    family: str
    given: str
    sex: str
    age: int
    birth: str
    """How well the birth is known: day, year or estimate."""
    home: str
    """Province code in Cambodia, or an alpha-3 country for somebody from elsewhere."""
    work: str
    """Key of what happened, in words.toml."""
    group: str
    guardian: str
    number: int
    """Place in the file: for staggering and for phone numbers."""

    @property
    def minor(self) -> bool:
        """Whether the script holds the person for a child."""
        return self.age < 18


@dataclass(frozen=True, slots=True)
class Step:
    """One act: `day hh:mm user[@OFFICE] verb [label] [name=value ...]`."""

    moment: datetime
    user: str
    office: str | None
    verb: str
    label: str
    given: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        """A value said in the step."""
        return self.given.get(name, default)

    def listed(self, name: str, default: str = "") -> list[str]:
        """Several values said in the step, separated by commas."""
        return [one for one in self.get(name, default).split(",") if one]


@cache
def table(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def given_names() -> dict[str, str]:
    """Given name in Latin letters -> in Khmer letters."""
    return {str(latin): str(khmer) for latin, khmer in table("names")["given"].items()}


@cache
def parts() -> list[Part]:
    """Everybody in the demo, in the order of the file."""
    with (DATA / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Part(
            key=row["key"],
            story=row["story"],
            started=int(row["started"]),
            until=int(row["until"]) if row["until"] else None,
            family=row["family"],
            given=row["given"],
            sex=row["sex"],
            age=int(row["age"]),
            birth=row["birth"],
            home=row["home"],
            work=row["work"],
            group=row["group"],
            guardian=row["guardian"],
            number=number,
        )
        for number, row in enumerate(rows)
    ]


@cache
def _stories() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for file in sorted((DATA / "stories").glob("*.toml")):
        found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def _lines(story: str) -> list[tuple[int, str]]:
    """The steps of a story as (day, line), those of the story it goes on from first, up to its day `until`."""
    told = _stories()[story]
    lines = [(int(line.split(None, 1)[0]), line) for line in told["steps"]]
    if "after" not in told:
        return lines
    return [(day, line) for day, line in _lines(told["after"]) if day <= told["until"]] + lines


def steps(part: Part, today: date) -> Iterator[Step]:
    """What happens to one person, in order. People who come together are seen a few minutes apart."""
    begins = today - timedelta(days=part.started)
    for day, line in _lines(part.story):
        if part.until is None or day <= part.until:
            yield _step(line, begins + timedelta(days=day), timedelta(minutes=part.number % 10))


def _step(line: str, day: date, later: timedelta) -> Step:
    _, at, who, verb, *rest = shlex.split(line)
    user, _, office = who.partition("@")
    pairs = dict(word.split("=", 1) for word in rest if "=" in word)
    label = next((word for word in rest if "=" not in word), "")
    moment = datetime.combine(day, time.fromisoformat(at), PHNOM_PENH) + later
    return Step(moment, user, office or None, verb, label, pairs)
