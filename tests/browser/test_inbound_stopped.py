"""A return that the person stops: nothing travels, the seat is free, the family is no longer asked about."""

from __future__ import annotations

from tests.browser import registering, returning
from tests.browser.conftest import Enter
from tests.browser.hands import Hands
from tests.browser.server import Served
from tests.browser.world import Person

BORDER = "Sample Border Office, Poipet"
WHO = Person("Testfamily", "Willow", "+66 80 000 4321")


def test_who_takes_the_agreement_back_does_not_travel(enter: Enter, served: Served, width: int) -> None:
    officer = enter("mission.officer")
    registering.register(officer, WHO)
    case = registering.contact(officer, WHO)
    returning.plan(officer)
    family(officer, case)
    seat(officer, case)
    takes_back(officer, case)
    stops(officer, case)
    border = enter("border.officer")
    border.open(f"{case}/return")
    border.sees("Page not found")
    border.open("/journeys")
    border.misses("Bus of the mission")


def family(officer: Hands, case: str) -> None:
    """Nobody is asked about the family before she agrees."""
    ask(officer)
    officer.sees("Ask the person first: nobody is asked about the family without agreement.")
    registering.consent(officer, "Tracing the family", BORDER, "Family and household")
    officer.open(f"{case}/return")
    ask(officer)
    officer.sees("The request is recorded.", "An uncle in town")
    officer.click("Back to the return")


def ask(officer: Hands) -> None:
    """The least that is needed, and the words agreed with her."""
    officer.click("Ask about the family")
    officer.choose("Or another party", "the local authority")
    officer.choose("How", "Individual tracing")
    officer.type("What the request tells", "The name of the mother and the village.")
    officer.type("What the family is told: who asks, and why", "A school friend asks.")
    officer.type("Who must not be asked or told", "An uncle in town")
    officer.click("Record request")


def seat(officer: Hands, case: str) -> None:
    """Agreed, cleared, with a seat on a bus."""
    registering.consent(
        officer, "Return travel and its papers", BORDER, "Names, birth date, identity numbers",
        "Travel, documents, hand-over",
    )  # fmt: skip
    officer.open(f"{case}/return")
    returning.clear(officer, "Sample Mission, Bangkok")
    officer.click("Plan a journey")
    tomorrow = officer.served.now.date().replace(year=officer.served.now.year + 1)
    officer.date("Day of travel", tomorrow)
    officer.type("Vehicle", "Bus of the mission")
    officer.click("Plan journey")
    officer.sees("expected", WHO.family)


def takes_back(officer: Hands, case: str) -> None:
    """She takes back all she agreed to: travel goes back to the decision, the seat is free, the request stops."""
    officer.open(case)
    officer.tab("Consent")
    officer.main.get_by_role("link", name="Return travel and its papers").first.click()
    officer.pick("How was it said?", "Written signature")
    officer.tick("Take back all agreements with this office", "The person knows what happens next")
    officer.click("Take back")
    officer.open(f"{case}/return")
    officer.sees("No travel yet.", "did not board", "The person took the agreement back")


def stops(officer: Hands, case: str) -> None:
    """She stays: the return ends, and what was done stays written."""
    officer.open(f"{case}/return")
    officer.click("Stop the return")
    officer.pick("Why the return stops", "The person decided to stay")
    officer.click("Stop return")
    officer.sees("The return is stopped.", "stopped", "The person decided to stay")
    officer.open("/returns")
    officer.misses(WHO.family)
