"""The access log: who, when, which code, why; for the auditor alone, and never what stands in a case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.access.permissions import Actor
from casework.cases.service import add_note, exclude
from casework.overview.queries import log as queries
from tests import factories
from tests.client import Client
from tests.overview.counting import statements
from tests.sharing.scene import Scene, case_of

Desk = Callable[[Actor], Client]


@pytest.fixture
def auditor(scene: Scene) -> Actor:
    return factories.actor("auditor", factor=True)


def test_a_case_is_found_by_its_code_and_shows_who_did_what_and_why(scene: Scene, auditor: Actor, desk: Desk) -> None:
    add_note(scene.case, by=scene.worker, text="A sentence that stays inside")
    exclude(scene.case, user_id=scene.worker.user_id, reason="related_to_person", by=scene.supervisor)
    other = case_of(scene.host, "Testother")
    browser = desk(auditor)
    found = browser.follow(browser.fill("/access-log", text=scene.case.code.lower()))
    words = found.words()
    assert scene.worker.display_name in words
    assert "Wrote a note" in words
    assert "related_to_person" in words
    assert scene.home.name in words
    assert other.code not in words
    for secret in ("Testdara", "A sentence that stays inside", "Sampleson"):
        assert secret not in found.text
    assert not found.query(f'a[href*="/cases/{scene.case.id}"]')


def test_a_user_is_found_by_name(scene: Scene, auditor: Actor, desk: Desk) -> None:
    case_of(scene.host)
    browser = desk(auditor)
    words = browser.follow(browser.fill("/access-log", text=scene.host.username)).words("main table")
    assert scene.host.display_name in words
    assert scene.worker.display_name not in words


def test_an_unknown_code_or_name_gets_a_sentence(auditor: Actor, desk: Desk) -> None:
    page = desk(auditor).fill("/access-log", text="nobody at all")
    assert page.status == 422
    assert "No case has this code" in page.words()
    assert desk(auditor).get("/access-log?case=x&user=y&after=z").status == 200


def test_the_look_of_the_auditor_stands_in_the_log_of_the_case(scene: Scene, auditor: Actor, desk: Desk) -> None:
    browser = desk(auditor)
    browser.get(f"/access-log?case={scene.case.id}")
    assert "Looked at the access log" in browser.get(f"/access-log?case={scene.case.id}").words()


def test_pages_hold_every_entry_once(scene: Scene) -> None:
    for _ in range(queries.PAGE + 10):
        add_note(scene.case, by=scene.worker, text="x")
    for which in ({"case_id": scene.case.id}, {"user_id": scene.worker.user_id}, {}):
        first = queries.log(**which)
        assert len(first.rows) == queries.PAGE
        rows, key = list(first.rows), first.next_key
        while key:
            page = queries.log(**which, after=queries.read_key(key))
            rows, key = rows + page.rows, page.next_key
        notes = [row for row in rows if row.action == "note.written" or row.action.startswith("note.")]
        assert len(notes) == queries.PAGE + 10


def test_nobody_else_opens_it(scene: Scene, desk: Desk) -> None:
    for by in (scene.worker, scene.supervisor, factories.actor("observer"), factories.actor("org_admin", factor=True)):
        assert desk(by).get("/access-log").status == 403


def test_the_number_of_statements_does_not_grow(scene: Scene, auditor: Actor, desk: Desk) -> None:
    browser = desk(auditor)
    numbers = []
    for more in (1, 30):
        for _ in range(more):
            add_note(scene.case, by=scene.worker, text="x")
        browser.get("/access-log")
        with statements() as sent:
            browser.get("/access-log")
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= 10, numbers
