"""Chromium of Debian, a running program with its offices, and one browser for each person."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext
from sqlalchemy import select

from casework.access.models import User
from casework.access.service import factors
from casework.db import db
from casework.vault import keys
from tests.browser.hands import Hands
from tests.browser.server import Served
from tests.browser.world import WITH_CODE, people
from tests.engines import Databases

WIDTHS = {360: 740, 1280: 900}
"""Width of the page -> its height: an old phone, an office screen."""

Enter = Callable[..., Hands]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; Playwright's own is not needed."""
    path = shutil.which("chromium")
    assert path, "These tests need Chromium: apt-get install chromium"
    return {"executable_path": path, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture
def served(databases: Databases, ring: keys.Ring) -> Iterator[Served]:
    """The program on a database of its own, with the offices and their people in it."""
    url = databases.copy("sqlite")
    running = Served(databases.program(url))
    people(running)
    yield running
    running.close()
    databases.discard(running.app, url)


@pytest.fixture(params=sorted(WIDTHS), ids=lambda width: f"{width}px")
def width(request: pytest.FixtureRequest) -> int:
    """How wide the page is."""
    return int(request.param)


@pytest.fixture
def enter(browser: Browser, served: Served, width: int) -> Iterator[Enter]:
    """`enter("border.officer")` gives the hands of somebody signed in on a browser of their own."""
    opened: list[BrowserContext] = []

    def sit_down(username: str = "", **settings: Any) -> Hands:
        size: Any = {"width": width, "height": WIDTHS[width]}
        context = browser.new_context(viewport=size, locale="en-GB", **settings)
        context.set_default_timeout(20_000)
        opened.append(context)
        hands = Hands(context.new_page(), served)
        if username:
            hands.sign_in(username, code=code_of(served, username) if username in WITH_CODE else "")
        return hands

    yield sit_down
    for context in opened:
        context.close()


def code_of(served: Served, username: str) -> str:
    """The one-time code that the phone of this user shows."""
    with served.inside():
        return factors.fresh_code(db.session.scalars(select(User).where(User.username == username)).one())
