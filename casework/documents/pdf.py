"""Letters as PDF: set by Typst inside the process, out of data alone; no network, no file is written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

HERE = Path(__file__).parent / "paper"
"""The layout and the fonts for Khmer and Thai; Latin comes with Typst."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table in a letter."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a letter says about one matter."""

    heading: str
    lines: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter in words, already in its language. Everything is text: nothing in it is taken for a command."""

    lang: str
    title: str
    sender: str
    sender_km: str
    number: str
    day: str
    copy: str
    opening: Sequence[str]
    parts: Sequence[Part]
    closing: Sequence[str]
    sign: Sequence[str]
    foot: str = ""


def letter_pdf(sheet: Sheet) -> bytes:
    """The letter as PDF. The words travel as data beside the layout, never inside it."""
    made: bytes = typst.compile(
        str(HERE / "letter.typ"),
        root=str(HERE),
        font_paths=[str(HERE)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"letter": json.dumps(asdict(sheet), ensure_ascii=False)},
    )
    return made
