"""The first evening with thirty men from one boat: typed in by keyboard, fed, left in peace, talked with one by one."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Enter
from tests.browser.hands import Hands

MEN = 30
WRONG, AGE = 7, "19"
CONTACT = {"Who must not know": "The captain's brother", "Name to use when calling": "Uncle"}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_thirty_men_from_one_boat(enter: Enter, width: int, scripts: bool) -> None:
    officer = enter("border.officer", java_script_enabled=scripts)
    officer.page.set_default_timeout(60_000)
    officer.click("New person")
    officer.click("Take in a family, a crew or a bus at once")
    shared(officer)
    rows(officer)
    officer.click("Register all")
    officer.sees("Look at this again")
    put_right(officer)
    officer.click("Register all")
    officer.sees("All are registered.", "30 people", "Demo Star 7", "Talked with alone: 0 of 30")
    fits(officer, width)
    group = officer.path()
    man = first_evening(officer)
    fits(officer, width)
    nothing_more_is_asked(officer, man)
    officer.open(group)
    officer.page.get_by_role("row", name="Crew01").get_by_role("button", name="Talked alone").click()
    officer.sees("Talked with alone: 1 of 30", "do not ask now", "Food and water: given")
    officer.open("/first-evening/form")
    fits(officer, width)


def shared(officer: Hands) -> None:
    """What is the same for all thirty, once."""
    officer.pick("What kind of group", "Boat crew")
    officer.type("Name of the group", "Men of the Demo Star")
    officer.type("Boat, bus or compound", "Demo Star 7")
    officer.type("Where they were found or put ashore", "An invented pier")
    officer.pick("How they came", "Deported or sent back")
    officer.choose("Language of most of them", "Khmer")


def rows(officer: Hands) -> None:
    """Thirty rows with nothing but the keyboard; each wants food; one age is mistyped."""
    _box(officer, "Row 1: Family name").focus()
    keyboard = officer.page.keyboard
    for number in range(1, MEN + 1):
        for text in (f"Crew{number:02}", "Sample", "M", "999" if number == WRONG else AGE):
            keyboard.type(text)
            keyboard.press("Tab")
        _box(officer, f"Row {number}: Food and water", "checkbox").focus()
        keyboard.press("Space")
        if number < MEN:
            _box(officer, f"Row {number + 1}: Family name").focus()


def _box(officer: Hands, name: str, role: Literal["textbox", "checkbox"] = "textbox") -> Locator:
    """A box by the name that a screen reader says: that of its row and of its column."""
    return officer.main.get_by_role(role, name=name, exact=True)


def put_right(officer: Hands) -> None:
    """The mistyped row says so; the others stand as they were typed."""
    box = _box(officer, f"Row {WRONG}: Age")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(_box(officer, f"Row {MEN}: Family name")).to_have_value(f"Crew{MEN}")
    expect(_box(officer, f"Row {MEN}: Food and water", "checkbox")).to_be_checked()
    box.fill(AGE)


def first_evening(officer: Hands) -> str:
    """One of them: fed at once, how to reach him, and no more questions today. Gives the address of his case."""
    officer.page.get_by_role("row", name="Crew01").get_by_role("link", name="First evening").click()
    officer.pick("Food and water", "Given now")
    for label, text in CONTACT.items():
        officer.type(label, text)
    officer.choose("How to reach the person", "Voice call")
    officer.type("Phone number", "+855 00 000 0123")
    officer.tick("Do not ask more today")
    officer.click("Record", role="button")
    officer.sees("Recorded.", "Do not ask more now.", "Wished by: The person")
    officer.misses("0123")
    return officer.path().removesuffix("/help")


def nothing_more_is_asked(officer: Hands, case: str) -> None:
    """The wish stands before the questions too."""
    officer.open(f"{case}/screenings/new")
    officer.sees("Before the questions", "Do not ask more now.")


def fits(officer: Hands, width: int) -> None:
    """The page is no wider than the screen; only tables scroll, in their own box."""
    wide = officer.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{officer.path()} is {wide} wide"
