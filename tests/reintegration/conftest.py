"""A case of an office with its people, for the tests of reintegration."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistance.world import World


@pytest.fixture
def world(session: Any) -> World:
    """One office, a worker, two supervisors, a nurse, one open case."""
    return World()
