"""Small numbers withheld from tables that leave the circle of those who may see the cases (docs/domain.md 13)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

LEAST = 11
"""Counts from 1 to 10 are withheld, 0 is shown (the Counter Trafficking Data Collaborative uses k = 11)."""
ROUNDED_TO = 5
"""Totals are rounded to this (a default)."""

K = TypeVar("K", bound=Hashable)
Row = dict[K, Fraction]


@dataclass(frozen=True, slots=True)
class Line(Generic[K]):
    """A published sum: the value of `total` is the sum of the values of `parts`. A row, a column, a group."""

    total: K
    parts: Sequence[K]

    @property
    def members(self) -> list[K]:
        """Total and parts."""
        return [self.total, *self.parts]


def suppress(values: Mapping[K, int], lines: Iterable[Line[K]] = (), *, least: int = LEAST) -> dict[K, int | None]:
    """The values with None for those withheld, so that no withheld one follows from those shown through the lines.

    Tables that are released together are handed in together. A cell is withheld when it is small. Then, as long as
    the withheld parts of a line with a shown total sum below `least`, or a withheld cell can be worked out from the
    lines, the smallest other part of its line that is not zero goes too, and the total when no such part is left.
    Of equal cells the first in order goes, so the same numbers always give the same table.
    """
    listed = list(lines)
    order = {key: place for place, key in enumerate(values)}
    hidden = {key for key, value in values.items() if 0 < value < least}
    while (more := _next(listed, values, hidden, order, least)) is not None:
        hidden.add(more)
    return {key: None if key in hidden else value for key, value in values.items()}


def _next(
    lines: Sequence[Line[K]], values: Mapping[K, int], hidden: set[K], order: Mapping[K, int], least: int
) -> K | None:
    """The next cell that must go, or None when the table tells nothing about the withheld ones."""
    for line in lines:
        parts = [key for key in line.parts if key in hidden]
        if parts and line.total not in hidden and sum(values[key] for key in parts) < least:
            return _another(line, values, hidden, order)
    told = known_cells(lines, hidden)
    if not told:
        return None
    affected = [line for line in lines if told & set(line.members)]
    rest = [line for line in lines if line not in affected and hidden & set(line.members)]
    choices = (_another(line, values, hidden, order) for line in (*affected, *rest))
    return next((key for key in choices if key is not None), None)


def _another(line: Line[K], values: Mapping[K, int], hidden: set[K], order: Mapping[K, int]) -> K | None:
    """The smallest shown part of a line that is not zero, else its total; None when nothing is left to withhold."""
    shown = [key for key in line.parts if key not in hidden and values[key]]
    if shown:
        return min(shown, key=lambda key: (values[key], order[key]))
    return line.total if line.total not in hidden and values[line.total] else None


def known_cells(lines: Iterable[Line[K]], hidden: set[K]) -> set[K]:
    """The withheld cells that somebody could work out: each sum is an equation, and these have one solution only."""
    rows: list[Row[K]] = []
    for line in lines:
        row: Row[K] = {key: Fraction(1) for key in line.parts if key in hidden}
        if line.total in hidden:
            row[line.total] = Fraction(-1)
        _reduce(rows, row)
    return {next(iter(row)) for row in rows if len(row) == 1}


def _reduce(rows: list[Row[K]], new: Row[K]) -> None:
    """Add an equation to equations in reduced form: each has a leading cell that stands in no other."""
    for row in rows:
        lead = next(iter(row))
        if lead in new:
            new = _minus(new, row, new[lead])
    if not new:
        return
    lead = next(iter(new))
    new = {key: value / new[lead] for key, value in new.items()}
    for place, row in enumerate(rows):
        if lead in row:
            rows[place] = _minus(row, new, row[lead])
    rows.append(new)


def _minus(row: Row[K], other: Row[K], times: Fraction) -> Row[K]:
    """`row` less `times` the other; the leading cell stays first."""
    left = dict(row)
    for key, value in other.items():
        rest = left.get(key, Fraction(0)) - times * value
        if rest:
            left[key] = rest
        else:
            left.pop(key, None)
    return left


def rounded(value: int | None, to: int = ROUNDED_TO) -> int | None:
    """A total as it is published: to the nearest `to`; None stays withheld, and one that is shown never becomes 0."""
    if not value:
        return value
    return max((value + to // 2) // to * to, to)
