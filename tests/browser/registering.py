"""Abroad: the mission registers, asks, screens, decides."""

from __future__ import annotations

from tests.browser.hands import Effort, Hands
from tests.browser.world import Person


def register(officer: Hands, who: Person) -> Effort:
    """Search first, then the first page: the case stands after it. Gives what that much cost."""
    before = officer.so_far()
    officer.click("New person")
    officer.type("Name, phone or document number", f"{who.family} {who.given}")
    officer.click("Search")
    officer.sees("Nobody of your office's cases is found under these words.")
    officer.click("This is a new person")
    officer.pick("Sex, as on papers", "Female")
    officer.type("Age, if the date of birth is not known", "31")
    officer.pick("How the person came", "Has not come back yet")
    officer.click("Register")
    officer.sees("Registered. The case is open.")
    return officer.so_far().since(before)


def contact(officer: Hands, who: Person) -> None:
    """How to reach her safely, then past the papers, then her language: the case page follows."""
    officer.choose("How to reach the person", "Telegram")
    officer.type("Phone number", who.phone)
    officer.pick("Whose phone it is", "Self")
    officer.tick("Saturday", "Sunday")
    officer.type("Safe from", "18:00")
    officer.type("Safe until", "20:00")
    officer.type("Name to use when calling", "Auntie")
    officer.click("Record contact")
    officer.click("No papers now, go on")
    officer.choose("Language the person speaks best", "Khmer")
    officer.choose("Province in Cambodia", "Battambang")
    officer.click("Save")
    officer.sees("Registered.", f"{who.family} {who.given}")


def consent(officer: Hands, purpose: str, recipient: str, *classes: str) -> None:
    """Ask her about one purpose and one recipient; she agrees, by signature."""
    officer.click("Consent")
    officer.click("Record an answer")
    officer.pick("What does the person say?", "Agrees")
    officer.choose("What for?", purpose)
    officer.choose("With whom?", recipient)
    officer.tick(*classes, legend="What may be shared?")
    officer.pick("How was it said?", "Written signature")
    officer.click("Record answer")
    officer.sees("The answer is recorded.")
