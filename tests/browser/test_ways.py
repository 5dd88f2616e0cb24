"""Without scripts, by keyboard alone, in Khmer: the same work gets done."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import helping, registering
from tests.browser.conftest import Enter
from tests.browser.hands import Hands
from tests.browser.server import Served
from tests.browser.world import Person
from tests.factories import PASSWORD

KHMER = Person("សាកល្បង", "ដារា", "+855 12 000 123")
FOCUSED = """() => {
    const at = document.activeElement;
    const legend = at.type === 'radio' ? at.closest('fieldset').querySelector('legend').innerText + ': ' : '';
    return legend + (at.labels && at.labels.length ? at.labels[0].innerText : at.innerText).trim();
}"""
NARROW = pytest.mark.parametrize("width", [360], indirect=True)


@NARROW
def test_a_person_is_registered_and_fed_without_scripts(enter: Enter, width: int) -> None:
    officer = enter("mission.officer", java_script_enabled=False)
    who = Person("Testfamily", "Birch", "+66 80 000 1235")
    registering.register(officer, who)
    registering.contact(officer, who)
    helping.log_food(officer)
    helping.first_hour(officer, food="Given now")
    officer.sees("Cooked meal")


@NARROW
def test_what_was_typed_is_still_there_after_an_error_without_scripts(enter: Enter, width: int) -> None:
    officer = enter("mission.officer", java_script_enabled=False)
    officer.click("New person")
    officer.type("Name, phone or document number", "Testfamily Cedar")
    officer.click("Search")
    officer.type("Age, if the date of birth is not known", "31")
    officer.click("Register")
    officer.sees("Look at this again", "Choose how the person came.")
    expect(officer.main.get_by_label("Family name, Latin letters")).to_have_value("Testfamily")
    expect(officer.main.get_by_label("Age, if the date of birth is not known")).to_have_value("31")
    officer.click("Choose how the person came.")
    assert officer.page.url.endswith("#manner_of_return-0")


@NARROW
def test_leaving_quickly_needs_no_script_and_leaves_no_case_behind(enter: Enter, width: int) -> None:
    officer = enter("mission.officer", java_script_enabled=False)
    officer.click("Leave quickly")
    officer.misses("Casework", "Mission Officer")
    officer.open("/cases")
    assert officer.path().startswith("/sign-in")


@NARROW
def test_leaving_quickly_by_pressing_escape_three_times(enter: Enter, width: int) -> None:
    officer = enter("mission.officer")
    officer.page.wait_for_load_state()
    for _ in range(3):
        officer.page.keyboard.press("Escape")
    officer.page.wait_for_url("**/calendar")
    officer.page.go_back()
    officer.misses("My day")


@NARROW
def test_a_person_is_registered_by_keyboard_alone(enter: Enter, served: Served, width: int) -> None:
    page = enter().page
    page.goto(served.url + "/sign-in")
    _write(page, "User name", "mission.officer")
    _write(page, "Password", PASSWORD)
    page.keyboard.press("Enter")
    _go(page, "New person")
    _write(page, "Name, phone or document number", "Testfamily Dogwood")
    page.keyboard.press("Enter")
    _reach(page, "Sex, as on papers: Female")
    page.keyboard.press("Space")
    _write(page, "Age, if the date of birth is not known (optional)", "31")
    _reach(page, "How the person came: Has not come back yet")
    page.keyboard.press("ArrowDown")
    _go(page, "Register")
    expect(page.get_by_role("main")).to_contain_text("Registered. The case is open.")


@NARROW
def test_the_keyboard_reaches_the_page_past_the_header(enter: Enter, width: int) -> None:
    page = enter("mission.officer").page
    page.goto(page.url)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to the page"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "New person"


def test_khmer_names_and_pages_are_as_they_are_written(enter: Enter, width: int) -> None:
    officer = enter("mission.officer")
    officer.page.get_by_role("button", name="ភាសាខ្មែរ").click()
    assert officer.page.locator("html").get_attribute("lang") == "km"
    officer.open("/register")
    officer.main.get_by_role("textbox").fill(f"{KHMER.family} {KHMER.given}")
    officer.page.keyboard.press("Enter")
    officer.main.get_by_role("button").last.click()
    expect(officer.main.locator("#khmer_family")).to_have_value(KHMER.family)
    expect(officer.main.locator("#khmer_given")).to_have_value(KHMER.given)
    officer.main.locator("[name=sex]").first.check()
    officer.main.locator("[name=manner_of_return]").first.check()
    officer.main.locator(".govuk-button-group button").first.click()
    case = officer.path().split("/contacts")[0]
    officer.open(case)
    name = officer.page.locator(".cw-identity__name")
    expect(name).to_have_text(f"{KHMER.family} {KHMER.given}")
    assert _line_height(officer, ".cw-identity__name") >= 1.6
    assert officer.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def _line_height(hands: Hands, selector: str) -> float:
    script = "e => parseFloat(getComputedStyle(e).lineHeight) / parseFloat(getComputedStyle(e).fontSize)"
    return float(hands.page.locator(selector).evaluate(script))


def _reach(page: Page, label: str) -> None:
    """Press Tab until what has this label is focused, and can be seen to be."""
    page.get_by_role("main").wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == label:
            mark = page.evaluate("() => { const s = getComputedStyle(document.activeElement); "
                                 "return s.outlineStyle + s.boxShadow + s.backgroundColor; }")  # fmt: skip
            assert mark != "nonenonergba(0, 0, 0, 0)", f"nobody sees that {label!r} has the focus"
            return
    raise AssertionError(f"{label!r} is not reached by Tab on {page.url}")


def _write(page: Page, label: str, text: str) -> None:
    _reach(page, label)
    page.keyboard.type(text)


def _go(page: Page, name: str) -> None:
    _reach(page, name)
    page.keyboard.press("Enter")
    page.wait_for_load_state()
