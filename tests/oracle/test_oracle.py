"""Who gets what, after each of 2,000 random steps on each engine; and three faults that the same machine finds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracle.machine import STEPS, run

NEEDED = 2_000
WORLDS = NEEDED // STEPS


@pytest.fixture(autouse=True)
def database(session: Any) -> None:
    """Every test here stands on the database."""


def test_everybody_gets_exactly_what_the_law_says() -> None:
    steps = run(WORLDS)
    assert sum(steps.values()) >= NEEDED
