"""A look over the shoulder, and a form that goes on at another desk: by one key, by the button, on both widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from casework.access.queries import actor_for
from casework.cases import service as cases
from casework.people.names import Names
from casework.people.service import PersonData, register
from casework.writes.orchestrator import transaction
from tests.browser.conftest import Enter
from tests.browser.hands import Hands
from tests.browser.server import Served
from tests.sharing.scene import GROWN

NAME = "Overshoulder"


@pytest.fixture
def case(served: Served) -> str:
    """The address of a case that the worker at home carries."""
    with served.inside(), transaction():
        by = actor_for("home.supervisor")
        worker = actor_for("home.worker")
        person = register(PersonData(names=Names(latin_family=NAME, latin_given="Testgiven"), birth=GROWN), by=by)
        row = cases.open_case(by=by, person_id=person.id)
        cases.assign(row, to_user_id=worker.user_id, by=by, reason="workload")
        return f"/cases/{row.id}"


def press(hands: Hands, key: str) -> None:
    """A single key, with nothing under the cursor."""
    hands.page.locator("body").press(key)


def test_names_hide_by_one_key_and_stay_hidden(enter: Enter, case: str) -> None:
    hands = enter("home.worker")
    hands.open("/cases")
    hands.sees(NAME)
    press(hands, "m")
    expect(hands.page.get_by_role("button", name="Show names")).to_be_visible()
    hands.misses(NAME)
    hands.open(case)
    hands.sees("name hidden")
    hands.misses(NAME)
    # The first key of the row of pages leads on without a mouse; the names stay hidden there.
    press(hands, "2")
    hands.page.wait_for_url("**/cases")
    hands.misses(NAME)
    hands.click("Show names")
    hands.sees(NAME)


def test_without_scripts_the_button_does_the_same(enter: Enter, case: str) -> None:
    hands = enter("home.worker", java_script_enabled=False)
    hands.open(case)
    hands.sees(NAME)
    hands.click("Hide names")
    assert hands.path() == case
    hands.misses(NAME)


def test_a_form_covers_names_but_for_who_is_typing(enter: Enter, case: str) -> None:
    hands = enter("home.worker")
    hands.open(case)
    hands.click("Hide names")
    hands.open(f"{case}/identity")
    box = hands.main.get_by_label("Family name, Latin letters").first
    expect(box).to_have_value(NAME)
    expect(box).to_have_css("color", "rgba(0, 0, 0, 0)")
    box.focus()
    expect(box).not_to_have_css("color", "rgba(0, 0, 0, 0)")


def test_hiding_names_loses_nothing_that_is_being_typed(enter: Enter, case: str) -> None:
    hands = enter("home.worker")
    hands.open(f"{case}/notes/new")
    hands.type("Note", "Half a talk")
    hands.click("Hide names")
    expect(hands.page.locator("html")).to_have_class("govuk-template cw-masked")
    expect(hands.main.get_by_label("Note").first).to_have_value("Half a talk")
    hands.open(case)
    hands.misses(NAME)


def test_what_was_begun_goes_on_at_another_desk(enter: Enter, case: str) -> None:
    phone = enter("home.worker")
    phone.open(f"{case}/notes/new")
    phone.type("Note", "Half a talk")
    phone.click("Save draft")
    phone.sees("It waits for you for 7 days")
    desk = enter("home.worker")
    desk.sees("You began 1 form and did not send it")
    desk.page.locator("#began a").first.click()
    expect(desk.main.get_by_label("Note").first).to_have_value("Half a talk")
    desk.choose("What it is about", "Free-text notes")
    desk.click("Record note")
    desk.open("/")
    expect(desk.page.locator("#began")).to_have_count(0)


def test_a_day_goes_by_keyboard(enter: Enter, case: str) -> None:
    hands = enter("home.worker")
    page = hands.page
    hands.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    press(hands, "/")
    assert page.evaluate("document.activeElement.id") == "header-search"
    page.keyboard.type("m")  # typed into the field, not a command
    expect(page.get_by_role("button", name="Hide names")).to_be_visible()
    hands.open(case)
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const e = document.activeElement; if (!e || e === document.body) return 'body';"
            " const s = getComputedStyle(e);"
            " const r = e.getBoundingClientRect();"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' || !r.width ? '' : e.outerHTML })()"
        )
        assert seen in ("", "body"), f"no visible focus: {seen}"
        if seen == "body":
            break
