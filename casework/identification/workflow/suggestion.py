"""The suggestion: from what was noted to a status, with the reasons. A person decides; nothing is set from here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from casework.codes.dates import is_minor
from casework.identification.workflow.rules import CHILD_NEEDS, DIMENSIONS, ELEMENTS, EXPLOITATION, ONE_OF, POSITIVE


@dataclass(frozen=True, slots=True)
class Item:
    """One thing noted: its list and code, and what the code list says of it."""

    list: str
    code: str
    strength: str = ""
    dimension: str = ""
    """D1 to D6 for the operational indicators, else empty: other sets have no counting rule."""
    element: str = ""
    """act, means or purpose, when it is one or points to one."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: what was noted in it by strength, and whether that makes it positive."""

    code: str
    items: tuple[Item, ...]
    rule: tuple[str, ...]
    """The line of the table that is met, as strengths; empty when none is."""
    missing: tuple[str, ...]
    """The fewest items that would make it positive; empty when it is, or when the set has too few items for it."""

    @property
    def positive(self) -> bool:
        """True when one line of the rule is met."""
        return bool(self.rule)

    @property
    def counts(self) -> dict[str, int]:
        """How many items of each strength were noted, strongest first."""
        found = Counter(item.strength for item in self.items)
        return {strength: found[strength] for strength in "SMW"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the noted things suggest, and why. `status` is a code of trafficking_status."""

    status: str
    child: bool
    dimensions: tuple[Dimension, ...]
    elements: Mapping[str, tuple[Item, ...]]
    others: tuple[Item, ...] = field(default=())
    """Signs from sets without a counting rule: shown by strength, for the person who decides."""

    @property
    def points_to_trafficking(self) -> bool:
        """True when the rule for this age is met."""
        return self.status == "presumed_victim"

    @property
    def exploitation(self) -> Dimension:
        """The dimension without which nothing is suggested for an adult."""
        return next(found for found in self.dimensions if found.code == EXPLOITATION)

    @property
    def supporting(self) -> tuple[Dimension, ...]:
        """The positive ones of the dimensions of which at least one is needed."""
        return tuple(found for found in self.dimensions if found.code in ONE_OF and found.positive)


def patterns() -> list[tuple[str, ...]]:
    """The lines of the rule with every choice written out, e.g. ('S', 'M') and ('S', 'W') for ('S', 'MW')."""
    return [tuple(choice) for line in POSITIVE for choice in product(*line)]


def met(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The first line of the rule that these counts by strength satisfy; empty when none."""
    return next((line for line in patterns() if not _short(line, counts)), ())


def missing(counts: Mapping[str, int], offered: Mapping[str, int]) -> tuple[str, ...]:
    """The fewest and weakest further items that would satisfy a line; a stronger one always does as well.

    `offered` is how many items of each strength the set holds: nothing is asked for that the list does not have.
    """
    reachable = [line for line in patterns() if not _short(line, offered)]
    return min((_short(line, counts) for line in reachable), key=_demand, default=())


def suggest(items: Iterable[Item], *, child: bool, offered: Mapping[str, Mapping[str, int]]) -> Suggestion:
    """What the items suggest, by the rule for an adult or for a child.

    `offered` says for each dimension how many items of each strength the code list holds. Nothing noted at all
    suggests 'no indication', which is not 'not trafficked'; too little noted suggests 'not enough information'.
    """
    noted = tuple(dict.fromkeys(items))
    dimensions = tuple(_dimension(code, noted, offered.get(code, {})) for code in DIMENSIONS)
    elements = {name: tuple(item for item in noted if item.element == name) for name in ELEMENTS}
    others = tuple(item for item in noted if item.strength and item.dimension not in DIMENSIONS)
    if child:
        enough = all(elements[name] for name in CHILD_NEEDS)
    else:
        positive = {found.code for found in dimensions if found.positive}
        enough = EXPLOITATION in positive and not positive.isdisjoint(ONE_OF)
    status = "presumed_victim" if enough else "insufficient_information" if noted else "no_indication"
    return Suggestion(status, child, dimensions, elements, others)


def child_then(minor_until: date, days: Iterable[date | None]) -> bool:
    """True when the person may have been under 18 on the earliest of the known days (Palermo Protocol Art. 3(d)).

    A child while it happened counts as one, though grown up when asked. Raises ValueError when no day is known.
    """
    return is_minor(minor_until, min(day for day in days if day is not None))


def _dimension(code: str, noted: tuple[Item, ...], offered: Mapping[str, int]) -> Dimension:
    items = tuple(item for item in noted if item.dimension == code)
    counts = Counter(item.strength for item in items)
    rule = met(counts)
    return Dimension(code, items, rule, () if rule else missing(counts, offered))


def _demand(items: tuple[str, ...]) -> tuple[int, int]:
    """Few before many, weak before strong."""
    return len(items), sum("WMS".index(strength) for strength in items)


def _short(line: tuple[str, ...], counts: Mapping[str, int]) -> tuple[str, ...]:
    """What of a line the counts do not cover."""
    lack = Counter(line) - Counter(dict(counts))
    return tuple(lack.elements())
