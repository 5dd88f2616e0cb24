"""Abroad: the mission registers a person, asks for consent, screens and decides."""

from __future__ import annotations

from casework.identification.kinds import CONDUCT_WORDS
from tests.browser.hands import Effort, Hands
from tests.browser.world import Person

NEEDED_AT_THE_BORDER = (
    "Names, birth date, identity numbers",
    "Phone, handle, address",
    "Safe-contact rule and unsafe persons",
    "Sex, age band, citizenship, province",
    "Status, authority, forms",
    "Needs, risk, plan",
    "Assistance given",
    "Travel, documents, hand-over",
)
TESTIMONY = "They kept my passport in the office and paid nothing."


def register(officer: Hands, who: Person) -> Effort:
    """Search first, then the first page: the case stands after it. Gives what that much cost."""
    before = officer.so_far()
    officer.click("New person")
    officer.type("Name, phone or document number", f"{who.family} {who.given}")
    officer.click("Search")
    officer.sees("Nobody of your office's cases is found under these words.")
    officer.pick("Sex, as on papers", "Female")
    officer.type("Age, if the date of birth is not known", "31")
    officer.pick("How the person came", "Has not come back yet")
    officer.click("Register")
    officer.sees("Registered. The case is open.")
    return officer.so_far().since(before)


def contact(officer: Hands, who: Person) -> str:
    """How to reach her safely, then past the papers, then her language. Gives the address of the case."""
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
    officer.misses(who.phone)
    return officer.path()


def consent(officer: Hands, purpose: str, recipient: str, *classes: str) -> None:
    """Ask her about one purpose and one recipient; she agrees, by signature."""
    officer.tab("Consent")
    officer.click("Record an answer")
    officer.pick("What does the person say?", "Agrees")
    officer.choose("What for?", purpose)
    officer.choose("Who may see it?", recipient)
    officer.tick(*classes, legend="What may be shared?")
    officer.pick("How was it said?", "Written signature")
    officer.click("Record answer")
    officer.sees("The answer is recorded.")


def screen(officer: Hands) -> None:
    """The talk: what was noted adds up to a suggestion; a person decides on the page after it."""
    consent(
        officer,
        "Screening or assistance interview",
        "Our own office: it keeps and uses the record",
        "Act, means, route, exploitation",
    )
    officer.tab("Identification")
    officer.click("Start a screening")
    officer.sees("Consent to the interview with your office: agreed")
    officer.choose("Country you are in", "Thailand")
    officer.choose("Language of the talk", "Khmer")
    prepare(officer, "A woman")
    officer.pick("Is there an interpreter?", "No")
    officer.choose("Who else is in the room", "Nobody else")
    officer.click("Go to the questions")
    officer.sees("Nothing is noted yet, so nothing is suggested.")
    officer.tick("Deceived about wages or earnings")
    officer.unfold("The work, or what the person had to do")
    officer.tick("Excessive working days or hours", "Low or no salary", legend="How was the work?")
    officer.unfold("Free to leave, or not")
    kept = "Was the person forced, threatened or kept there?"
    officer.tick("Confiscation of documents", "Withholding of wages", legend=kept)
    officer.type("In the person's own words", TESTIMONY)
    officer.click("Finish the screening")


def decide(officer: Hands) -> None:
    """She is presumed; the authority that may say more is another one."""
    officer.sees("What this suggests", "Presumed victim")
    officer.choose("What is decided", "Presumed victim")
    officer.choose("Who decided", "Cambodian diplomatic mission (MoFAIC)")
    officer.type("Reason", "Wages were kept back and papers taken.")
    officer.tick("Identification is done for now")
    officer.click("Record decision")
    officer.sees("The decision is recorded.", "presumed")


def prepare(officer: Hands, sex: str) -> None:
    """What must hold before the first question; the person talks to whom they would rather talk to."""
    officer.tick(*CONDUCT_WORDS.values(), legend="Before you begin")
    officer.pick("Whom would the person rather talk to?", sex)
    officer.pick("Who leads the talk", sex)
