"""A scene of offices and one case, and a browser that is signed in at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casework.access.permissions import Actor
from tests.client import Client
from tests.sharing.scene import Scene
from tests.signin import enter


@pytest.fixture
def scene(session: Any) -> Scene:
    """Offices, people and one case."""
    return Scene()


@pytest.fixture
def desk(client: Callable[[], Client]) -> Callable[[Actor], Client]:
    """`desk(actor)`: a browser in which this actor is signed in."""
    return lambda by: enter(client(), by.username)
