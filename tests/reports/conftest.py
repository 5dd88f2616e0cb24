"""The world of the reports, at a fixed moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from casework.db import at
from tests.reports.world import NOW, World


@pytest.fixture
def world(session: Any) -> Iterator[World]:
    """Three offices with cases, on 20 November 2026."""
    with at(NOW):
        yield World()
