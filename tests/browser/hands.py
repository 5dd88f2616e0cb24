"""Two hands on a keyboard and a mouse: they find things by what a person reads, and count what they do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.server import Served
from tests.factories import PASSWORD


@dataclass
class Effort:
    """What an act cost: taps or clicks, keys typed, pages that were loaded for it."""

    clicks: int = 0
    keys: int = 0
    pages: int = 0

    def since(self, before: Effort) -> Effort:
        """The difference to an earlier count."""
        return Effort(self.clicks - before.clicks, self.keys - before.keys, self.pages - before.pages)


@dataclass
class Hands:
    """One person at one browser page."""

    page: Page
    served: Served
    effort: Effort = field(default_factory=Effort)

    def __post_init__(self) -> None:
        self.page.on("framenavigated", lambda frame: self._counted(frame == self.page.main_frame))

    def _counted(self, main: bool) -> None:
        self.effort.pages += main

    def so_far(self) -> Effort:
        """The count until now."""
        return Effort(self.effort.clicks, self.effort.keys, self.effort.pages)

    @property
    def main(self) -> Locator:
        """The page without header, identity bar and footer."""
        return self.page.get_by_role("main")

    def open(self, path: str) -> None:
        """Type an address: for looking into what should not be there, not a way people go."""
        self.page.goto(self.served.url + path)

    def path(self) -> str:
        """Where we are."""
        return self.page.url.removeprefix(self.served.url)

    def where(self) -> str:
        """The address with what the page complains about: for messages."""
        return f"{self.path()} {self.page.locator('.govuk-error-summary li').all_inner_texts()}"

    def words(self) -> str:
        """The beginning of what the page says: for messages."""
        return " ".join(self.main.inner_text().split())[:1_500]

    def sees(self, *words: str) -> None:
        """Each of these is on the page for the eye."""
        for text in words:
            try:
                expect(self.page.locator("body")).to_contain_text(text, timeout=10_000)
            except AssertionError:
                raise AssertionError(f"{self.where()} does not show {text!r}: {self.words()}") from None

    def misses(self, *words: str) -> None:
        """None of these is anywhere on the page, not even hidden."""
        for text in words:
            assert text not in self.page.content(), f"{self.path()} holds {text!r}"

    def click(self, name: str, *, role: str = "", within: Locator | None = None) -> None:
        """Click the button or link of this name."""
        where = within or self.page
        if role:
            found = where.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        else:
            button, link = (where.get_by_role(kind, name=name, exact=True) for kind in ("button", "link"))  # type: ignore[arg-type]
            found = button.or_(link)
        try:
            found.first.click()
        except PlaywrightTimeout:
            raise AssertionError(f"{self.where()} has no {name!r}: {self.words()}") from None
        self.effort.clicks += 1

    def type(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Click into a field and type, key by key."""
        box = (within or self.main).get_by_label(_begins(label)).first
        box.click()
        box.fill("")
        box.press_sequentially(text)
        self.effort.clicks += 1
        self.effort.keys += len(text)

    def date(self, legend: str, day: date) -> None:
        """Type a day into its three boxes, with the tab key between them."""
        group = self.main.get_by_role("group", name=_begins(legend))
        parts = (str(day.day), str(day.month), str(day.year))
        group.get_by_label("Day", exact=True).click()
        self.effort.clicks += 1
        for number, part in enumerate(parts):
            self.page.keyboard.type(part)
            self.effort.keys += len(part)
            if number < 2:
                self.page.keyboard.press("Tab")
                self.effort.keys += 1

    def choose(self, label: str, option: str) -> None:
        """Choose from a list that opens: two clicks on a phone."""
        self.main.get_by_label(_begins(label)).first.select_option(label=option)
        self.effort.clicks += 2

    def pick(self, legend: str, option: str) -> None:
        """One of the round buttons of a question."""
        group = self.main.get_by_role("group", name=_begins(legend))
        group.get_by_role("radio", name=option, exact=True).check()
        self.effort.clicks += 1

    def tick(self, *names: str, legend: str = "") -> None:
        """Square boxes, on."""
        where = self.main.get_by_role("group", name=_begins(legend)) if legend else self.main
        for name in names:
            where.get_by_role("checkbox", name=name, exact=True).first.check()
            self.effort.clicks += 1

    def untick(self, *names: str, legend: str = "") -> None:
        """Square boxes, off."""
        where = self.main.get_by_role("group", name=_begins(legend)) if legend else self.main
        for name in names:
            where.get_by_role("checkbox", name=name, exact=True).first.uncheck()
            self.effort.clicks += 1

    def tab(self, name: str) -> None:
        """One of the parts of the case."""
        self.click(name, role="link", within=self.page.get_by_role("navigation", name="Parts of this case"))

    def unfold(self, words: str, *, within: Locator | None = None) -> None:
        """Open what is folded, if it is."""
        folded = (within or self.main).locator("details").filter(has=self.page.locator("summary", has_text=words)).first
        if folded.get_attribute("open") is None:
            folded.locator("summary").click()
            self.effort.clicks += 1

    def sign_in(self, username: str, *, password: str = PASSWORD, code: str = "") -> None:
        """Through the door, with a one-time code if there is one."""
        self.open("/sign-in")
        self.type("User name", username)
        self.type("Password", password)
        self.click("Sign in", within=self.main)
        if code:
            self.type("Code of six digits", code)
            self.click("Go on")


def _begins(label: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?\s*$")
