"""Figures of any report as plain rows: what a frozen report keeps, and how it differs from today. No database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from casework.cases.suppression import LEAST, Line, suppress

SHARES = frozenset({"percent", "median days", "mean", "ratio", "hours", "money"})
"""Units whose value is worked out of the numbers beside it: shown only where n reaches LEAST."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with its definition as it was. `part` is '' for the figure itself, else a share of it."""

    key: str
    part: str = ""
    list: str = ""
    """Name of the list whose code the part is."""
    unit: str = "count"
    value: float | None = None
    counted: float | None = None
    n: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    """Language -> what it was called when it was frozen."""
    definition: Mapping[str, str] = field(default_factory=dict)
    """'numerator', 'denominator', each with its Khmer ('numerator_km'), 'target', 'note', as they stood then."""

    @property
    def place(self) -> tuple[str, str]:
        """What one measure has in common with the same one of another day."""
        return self.key, self.part


@dataclass(frozen=True, slots=True)
class Change:
    """A frozen figure beside today's. Either is None where it did not exist on that day."""

    then: Measure | None
    now: Measure | None

    @property
    def shown(self) -> Measure:
        """The one that gives the words."""
        return self.then or self.now or Measure("")

    @property
    def difference(self) -> float | None:
        """Today's value less the frozen one; None where one of them has none."""
        if self.then is None or self.now is None or self.then.value is None or self.now.value is None:
            return None
        return round(self.now.value - self.then.value, 2)

    @property
    def moved(self) -> bool:
        """Something of it is not as it was."""
        return _numbers(self.then) != _numbers(self.now)


def _numbers(one: Measure | None) -> tuple[float | None, float | None, int | None]:
    return (one.value, one.counted, one.n) if one else (None, None, None)


def changes(then: Sequence[Measure], now: Sequence[Measure]) -> list[Change]:
    """Each frozen figure beside today's, in the frozen order; what is new today comes last."""
    today = {one.place: one for one in now}
    found = [Change(one, today.pop(one.place, None)) for one in then]
    return found + [Change(None, one) for one in today.values()]


def withheld(measures: Sequence[Measure]) -> list[Measure]:
    """The same with small numbers withheld: for readers who are not entitled to the exact ones.

    Counts from 1 to 10 go, and those from which they follow; percentages, means and medians need n of LEAST.
    """
    values, lines = _cells(measures)
    shown = suppress(values, lines)
    return [_hidden(one, place, shown) for place, one in enumerate(measures)]


def _cells(measures: Sequence[Measure]) -> tuple[dict[Any, int], list[Line[Any]]]:
    """Every count and every n as a cell; the parts of a figure add up to its n where they are exclusive shares."""
    values: dict[Any, int] = {}
    lines: list[Line[Any]] = []
    for place, one in enumerate(measures):
        if one.counted is not None and one.unit != "money":
            values[place, "counted"] = int(one.counted)
        if one.n is not None:
            values[place, "n"] = one.n
        if one.counted is not None and one.n is not None and one.unit == "percent" and one.counted <= one.n:
            # n less what was counted is a number of people too.
            values[place, "rest"] = one.n - int(one.counted)
            lines.append(Line((place, "n"), [(place, "counted"), (place, "rest")]))
    return values, lines + _sums(measures, values)


def _sums(measures: Sequence[Measure], values: Mapping[Any, int]) -> list[Line[Any]]:
    """Totals and their parts: where the parts of one figure add up to its count or its n."""
    whole = {one.key: place for place, one in enumerate(measures) if not one.part}
    found = []
    for key, place in whole.items():
        parts = [(at, "counted") for at, one in enumerate(measures) if one.key == key and one.part]
        parts = [cell for cell in parts if cell in values]
        for end in ("counted", "n"):
            if parts and (place, end) in values and sum(values[cell] for cell in parts) == values[place, end]:
                found.append(Line((place, end), parts))
    return found + _tables(measures, values)


def _tables(measures: Sequence[Measure], values: Mapping[Any, int]) -> list[Line[Any]]:
    """Tables without a figure of their own that add up to the first figure of the report, and crossed ones
    ('female/0-11' of 'persons_sex_age') that add up to the rows of 'persons_sex' and of 'persons_age'."""
    at = {one.place: place for place, one in enumerate(measures)}
    tables: dict[str, list[Any]] = {}
    for place, one in enumerate(measures):
        if one.part and (one.key, "") not in at and (place, "counted") in values:
            tables.setdefault(one.key, []).append((place, "counted"))
    lines = [
        Line((0, "counted"), cells)
        for cells in tables.values()
        if sum(values[cell] for cell in cells) == values.get((0, "counted"))
    ]
    for key, cells in tables.items():
        margins: dict[int, list[Any]] = {}
        names = key.rsplit("_", 2)
        for cell in cells:
            halves = measures[cell[0]].part.split("/")
            for name, half in zip(names[1:], halves, strict=False):
                margin = at.get((f"{names[0]}_{name}", half))
                if len(halves) == 2 and margin is not None:
                    margins.setdefault(margin, []).append(cell)
        lines += [Line((margin, "counted"), parts) for margin, parts in margins.items()]
    return lines


def _hidden(one: Measure, place: int, shown: Mapping[Any, int | None]) -> Measure:
    counted = one.counted if one.unit == "money" else shown.get((place, "counted"), one.counted)
    n = shown.get((place, "n"), one.n)
    value = one.value
    if one.unit in SHARES:
        told = n is not None and n >= LEAST and (one.counted is None or counted is not None)
        value = value if told else None
        counted = counted if told or one.unit != "money" else None
    elif one.counted is not None or one.n is not None:
        value = value if counted is not None else None
    elif value is not None and 0 < value < LEAST:
        value = None
    return Measure(one.key, one.part, one.list, one.unit, value, counted, n, one.words, one.definition)


def written(measures: Iterable[Measure]) -> str:
    """The figures as JSON."""
    return json.dumps([asdict(one) for one in measures], ensure_ascii=False, sort_keys=True)


def read(text: str) -> list[Measure]:
    """The figures out of their JSON."""
    return [Measure(**row) for row in json.loads(text)]


def digest(*parts: str) -> str:
    """A fingerprint over texts, each with its length, so that no two lists of texts share one."""
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()
