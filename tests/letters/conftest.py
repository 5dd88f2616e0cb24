"""One scene per test."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sharing.scene import Scene


@pytest.fixture
def scene(session: Any) -> Scene:
    """Offices, people and one case."""
    return Scene()
