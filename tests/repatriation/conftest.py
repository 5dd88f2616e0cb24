"""One world per test."""

from __future__ import annotations

from typing import Any

import pytest

from tests.repatriation.world import World


@pytest.fixture
def world(session: Any) -> World:
    """A mission, an NGO, a commune, one case."""
    return World()
