"""Navigation by role, the search field, and the page about licences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casework.access.permissions import Actor
from casework.navigation import MOST, lies_at
from tests import factories
from tests.client import Client, Page
from tests.sharing.scene import Scene

Desk = Callable[[Actor], Client]
ROLES = (
    "case_worker", "supervisor", "coordinator", "clerk", "mission_officer", "police_identifier", "health_worker",
    "psychosocial_worker", "legal_worker", "org_admin", "observer", "system_admin", "auditor",
)  # fmt: skip


def places(page: Page) -> list[str]:
    return [" ".join(link.to_text().split()) for link in page.query(".cw-nav a")]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_at_most_five_words_that_all_lead_somewhere(session: Any, desk: Desk, role: str) -> None:
    browser = desk(factories.actor(role, factor=True))
    page = browser.get("/account")
    assert 1 <= len(places(page)) <= MOST
    for link in page.query(".cw-nav a"):
        assert browser.get(link.attrs["href"]).status in (200, 303), link.attrs["href"]


def test_the_place_one_stands_at_is_marked(scene: Scene, desk: Desk) -> None:
    browser = desk(scene.supervisor)
    for address, word in (("/", "My day"), ("/board", "Board"), (f"/cases/{scene.case.id}", "Cases")):
        marked = browser.get(address).query('.cw-nav a[aria-current="page"]')
        assert [" ".join(link.to_text().split()) for link in marked] == [word]


def test_an_administrator_is_offered_no_case_and_no_search(session: Any, desk: Desk) -> None:
    page = desk(factories.actor("org_admin", factor=True)).get("/account")
    assert not {"My day", "Cases", "Board"} & set(places(page))
    assert not page.query('form[role="search"]')


def test_the_search_field_finds_a_case(scene: Scene, desk: Desk) -> None:
    browser = desk(scene.worker)
    form = browser.get("/").query('form[role="search"]')[0]
    token = form.query("input[name=csrf_token]")[0].attrs["value"]
    found = browser.post(form.attrs["action"], {"csrf_token": token, "text": scene.case.code})
    assert found.location == f"/cases/{scene.case.id}"


def test_a_visitor_sees_no_navigation_but_may_read_about_the_program(client: Callable[[], Client]) -> None:
    page = client().get("/about")
    assert page.status == 200
    assert places(page) == []
    assert "General Directorate of Digital Economy" in page.words()
    assert "CC BY 4.0" in page.words()
    assert client().get("/sign-in").query('a[href="/about"]')


def test_addresses_below_a_place() -> None:
    assert lies_at("/cases/1", ("/cases",))
    assert not lies_at("/casesx", ("/cases",))
    assert not lies_at("/cases", ("/",))
    assert lies_at("/tasks/move", ("/", "/tasks"))
