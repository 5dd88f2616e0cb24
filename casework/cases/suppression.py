"""Small numbers withheld from tables that leave the circle of those who may see the cases (domain reference, 13)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 11
"""Counts from 1 to 10 are withheld, 0 is shown (the Counter Trafficking Data Collaborative uses k = 11)."""
ROUNDED_TO = 5
"""Totals are rounded to this (a default)."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Line(Generic[K]):
    """A published sum: the value of `total` is the sum of the values of `parts`. A row, a column, a group."""

    total: K
    parts: Sequence[K]


def suppress(values: Mapping[K, int], lines: Iterable[Line[K]] = (), *, least: int = LEAST) -> dict[K, int | None]:
    """The values with None for those withheld, so that no withheld one follows from those shown through the lines.

    Tables that are released together are handed in together. A cell is withheld when it is small; then, in each line
    with a shown total, as long as only one part is withheld or the withheld ones sum below `least`, the smallest other
    part that is not zero goes too, and the total when no such part is left. A line whose total is withheld keeps at
    least one part back. Repeated until nothing changes; of equal cells the first in order goes.
    """
    listed = list(lines)
    order = {key: place for place, key in enumerate(values)}
    hidden = {key for key, value in values.items() if 0 < value < least}
    while True:
        more = next((key for line in listed if (key := _needed(line, values, hidden, order, least)) is not None), None)
        if more is None:
            return {key: None if key in hidden else value for key, value in values.items()}
        hidden.add(more)


def _needed(line: Line[K], values: Mapping[K, int], hidden: set[K], order: Mapping[K, int], least: int) -> K | None:
    """The next cell of one line that must go, or None when the line tells nothing."""
    parts = [key for key in line.parts if key in hidden]
    shown = [key for key in line.parts if key not in hidden and values[key]]
    if line.total in hidden:
        told = not parts and bool(shown)
    else:
        told = len(parts) == 1 or (bool(parts) and sum(values[key] for key in parts) < least)
    if not told:
        return None
    if shown:
        return min(shown, key=lambda key: (values[key], order[key]))
    return line.total


def rounded(value: int | None, to: int = ROUNDED_TO) -> int | None:
    """A total as it is published: to the nearest `to`, halves up; None stays withheld, a shown one is never 0."""
    if value is None or value == 0:
        return value
    return max((value + to // 2) // to * to, to)
