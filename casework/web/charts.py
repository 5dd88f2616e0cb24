"""Numbers to the coordinates of small SVG charts; the templates draw them with the numbers as a table beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import Flask


class Bar(NamedTuple):
    """One bar: its words, its value (None = suppressed), its place and length in units of the drawing."""

    label: str
    value: int | None
    y: int
    width: float
    text_x: float


class Line(NamedTuple):
    """A small line: the points as SVG wants them, the dots, and the labels under them."""

    points: str
    dots: list[tuple[float, float]]


ROW = 42
"""Height of a bar with its words above it."""


def bars(
    rows: Sequence[tuple[str, int | None]], *, width: int = 320, offset: int = 0, most: int | None = None
) -> list[Bar]:
    """Horizontal bars for (words, value); `most` is the value of the full width, by default the largest."""
    largest = most or max((value or 0 for _, value in rows), default=0) or 1
    made = []
    for index, (words, value) in enumerate(rows):
        length = round(min(value or 0, largest) / largest * width, 1)
        made.append(Bar(words, value, index * ROW, length, round(offset + length + 6, 1)))
    return made


def line(values: Sequence[float | None], *, width: int = 320, height: int = 80, most: float | None = None) -> Line:
    """A line through the values from left to right; a missing value leaves its place out."""
    largest = most or max((value for value in values if value is not None), default=0) or 1
    step = width / max(len(values) - 1, 1)
    dots = [
        (round(index * step, 1), round(height - value / largest * height, 1))
        for index, value in enumerate(values)
        if value is not None
    ]
    return Line(" ".join(f"{x},{y}" for x, y in dots), dots)


def share(part: int, whole: int, width: int = 100) -> float:
    """How much of `width` is used: days used of days allowed; never more than the whole width."""
    return 0.0 if whole <= 0 else round(min(max(part, 0), whole) / whole * width, 1)


def install(app: Flask) -> None:
    """Give templates the functions."""
    app.jinja_env.globals.update(chart_bars=bars, chart_line=line, chart_share=share, CHART_ROW=ROW)
