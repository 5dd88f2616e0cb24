"""An office whose coordinator brings files in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask

from casework.access.permissions import Actor
from casework.cli import imports as commands
from casework.cli import main
from casework.db import db
from tests import factories

HEADING = (
    "Number,Family name,Given name,Family name Khmer,Given name Khmer,Sex,Date of birth,Age,Opened,How they came,"
    "Province,Phone,Note"
)
GOOD = "7,Sampleson,Dara,,,F,2001-05-04,,2026-02-01,deported,Battambang,012 000 111,Came with a cousin."


@pytest.fixture
def by(app: Flask) -> Actor:
    """The coordinator of an office."""
    made = factories.actor("coordinator", factor=True)
    db.session.commit()
    return made


class Told(NamedTuple):
    """How a command ended and everything it said."""

    exit_code: int
    output: str


@pytest.fixture
def bring(
    app: Flask, by: Actor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Told]:
    """Run `casework import cases` inside the test's program."""
    monkeypatch.setattr(commands, "program", lambda: nullcontext(app))

    def go(path: Path, *words: str, mapping: str = "running_cases") -> Told:
        line = ["import", "cases", str(path), "--map", mapping, "--organisation", by.organisation_code]
        code = main([*line, "--as", by.username, *words])
        return Told(code, "".join(capsys.readouterr()))

    return go


def table(folder: Path, *rows: str, heading: str = HEADING) -> Path:
    """A CSV file of running cases."""
    path = folder / "cases.csv"
    path.write_text("\n".join([heading, *rows, ""]), encoding="utf-8")
    return path
