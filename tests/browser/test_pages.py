"""Every kind of page, on a phone and on a screen: usable with a reader, as wide as the screen, light on a slow line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, Response

from casework.access.service.demo import PASSWORD
from casework.vault import keys
from tests.browser.conftest import WIDTHS
from tests.browser.ground import code_of, demo_served, find
from tests.browser.hands import Hands
from tests.browser.kinds import KINDS
from tests.browser.server import Served
from tests.engines import Databases

FIRST, LATER = 55_000, 12_000
"""Compressed bytes of a first visit with style and script, and of every later page (issue, must show 9)."""
SERIOUS = ("serious", "critical")
AXE = Axe()


class Ground:
    """The demo served, with each user signed in at most once."""

    def __init__(self, served: Served, browser: Browser) -> None:
        self.served, self.browser, self.found = served, browser, find(served)
        self._people: dict[str, Hands] = {}

    def hands(self, username: str) -> Hands:
        """The browser of this user; '' is somebody not signed in."""
        if username not in self._people:
            hands = Hands(self.browser.new_context(locale="en-GB").new_page(), self.served)
            if username:
                hands.sign_in(username, password=PASSWORD, code=code_of(self.served, username))
            self._people[username] = hands
        return self._people[username]

    def open(self, kind: str, width: int) -> tuple[Hands, Response]:
        """A kind of page at a width."""
        username, where = KINDS[kind]
        hands = self.hands(username)
        hands.page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        answer = hands.page.goto(self.served.url + where.format_map(self.found))
        assert answer is not None
        return hands, answer


@pytest.fixture(scope="module")
def ground(databases: Databases, key_folder: object, browser: Browser) -> Iterator[Ground]:
    """The demo, loaded once for all kinds of pages."""
    keys.install(keys.load(databases.keys))
    with demo_served(databases) as served:
        yield Ground(served, browser)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_this_kind_serves_everybody(ground: Ground, kind: str, width: int) -> None:
    hands, answer = ground.open(kind, width)
    assert answer.status == (404 if kind == "not found" else 200)
    wrong = _findings(hands.page)
    assert not wrong, "\n".join(wrong)
    wide = hands.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{kind} is {wide} px wider than the screen at {width} px: {_too_wide(hands)}"


def test_the_check_sees_a_field_without_a_label(ground: Ground) -> None:
    hands, _ = ground.open("find", 360)
    hands.page.evaluate("document.querySelectorAll('main label').forEach(label => label.remove())")
    assert any(line.startswith("label:") for line in _findings(hands.page))


def _findings(page: Page) -> list[str]:
    """What axe finds that is serious or critical."""
    found = AXE.run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {node['html'][:300]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def _too_wide(hands: Hands) -> object:
    script = """[...document.querySelectorAll('main *, header *')]
        .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
        .slice(0, 5).map(e => e.outerHTML.slice(0, 200) + getComputedStyle(e).position)"""
    return hands.page.evaluate(script)


@pytest.mark.parametrize("kind", ["my day", "cases", "case", "help", "board", "referral report", "visit", "return"])
def test_a_page_weighs_little(ground: Ground, kind: str) -> None:
    hands, _ = ground.open(kind, 360)
    context = ground.browser.new_context(storage_state=hands.page.context.storage_state())
    page = context.new_page()
    first = _bytes_of_visit(page, hands.page.url)
    later = _bytes_of_visit(page, hands.page.url)
    context.close()
    print(f"{kind}: first visit {first} bytes, later {later}")  # noqa: T201
    assert first <= FIRST
    assert later <= LATER


def _bytes_of_visit(page: Page, url: str) -> int:
    """Encoded bytes of all answers of one visit, fonts apart; what comes out of the cache costs nothing."""
    sizes: list[int] = []

    def finished(request: Request) -> None:
        if request.resource_type != "font":
            sizes.append(max(0, request.sizes()["responseBodySize"]))  # below nothing: it came out of the cache

    page.on("requestfinished", finished)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.remove_listener("requestfinished", finished)
    return sum(sizes)


ORDERED = ["my day", "cases", "case", "record help", "holidays", "board", "account", "about", "sign-in"]


@pytest.mark.parametrize("kind", ORDERED)
def test_without_styles_a_page_reads_header_heading_body(ground: Ground, kind: str) -> None:
    """What a reader or an old browser gets: the order of the source, nothing of the page before its heading."""
    hands, _ = ground.open(kind, 360)
    order = hands.page.evaluate(
        """() => [...document.querySelectorAll('.govuk-skip-link, header, .cw-identity, main, main h1, footer')]
            .map(e => e.matches('main h1') ? 'h1' : e.matches('.cw-identity') ? 'bar'
                : e.matches('.govuk-skip-link') ? 'skip' : e.localName)"""
    )
    assert [one for one in order if one != "bar"] == ["skip", "header", "main", "h1", "footer"]
    assert order.index("bar") == 2 if "bar" in order else True
    before = hands.page.evaluate(
        """() => { const range = document.createRange(); const main = document.querySelector('main');
            range.setStart(main, 0); range.setEndBefore(main.querySelector('h1'));
            return range.toString().trim().length }"""
    )
    assert before < 120, "something stands between the header and the heading"
