"""Identification of a minor: a talk that stops when the child is tired, a suggestion by the rule for a child, time to
think about a formal decision; at the end nobody pressed anybody."""

from __future__ import annotations

from casework.identification.kinds import EXPLAINED_WORDS
from tests.browser import registering
from tests.browser.conftest import Enter
from tests.browser.hands import Hands
from tests.browser.world import Person

CHILD = Person("Testfamily", "Willow", "+855 12 000 777")
TOLD = "An aunt took me to sell flowers every night."


def test_a_child_is_heard_with_rests_and_presumed_without_any_means(enter: Enter, width: int) -> None:
    # Scripts stay off on the phone: every step is a plain form.
    worker = enter("shelter.worker", **({"java_script_enabled": False} if width == 360 else {}))
    case = registered(worker)
    begin(worker)
    first_part(worker)
    again(worker)
    decided(worker)
    time_to_think(worker)
    stranger = enter("home.worker")
    stranger.open(f"{case}/identification")
    stranger.sees("Page not found")


def registered(worker: Hands) -> str:
    """A girl of thirteen; the case stands after the first page."""
    worker.click("New person")
    worker.type("Name, phone or document number", f"{CHILD.family} {CHILD.given}")
    worker.click("Search")
    worker.pick("Sex, as on papers", "Female")
    worker.type("Age, if the date of birth is not known", "13")
    worker.pick("How the person came", "Has not come back yet")
    worker.click("Register")
    worker.sees("Registered. The case is open.")
    case = "/".join(worker.path().split("/")[:3])
    worker.open(case)
    return case


def begin(worker: Hands) -> None:
    """The talk does not begin before all of the conduct holds, nor with somebody the child does not want."""
    worker.tab("Identification")
    worker.sees("A child, or may have been one")
    worker.click("Start a screening")
    worker.choose("Country you are in", "Cambodia")
    worker.choose("Language of the talk", "Khmer")
    worker.pick("Whom would the person rather talk to?", "A woman")
    worker.pick("Who leads the talk", "A man")
    worker.pick("Is there an interpreter?", "No")
    worker.choose("Who else is in the room", "A person of trust, chosen by the person")
    worker.click("Go to the questions")
    worker.sees("Make sure of each of these first.")
    registering.prepare(worker, "A woman")
    worker.click("Go to the questions")


def first_part(worker: Hands) -> None:
    """A little is said; the child is tired; the page says what may be offered."""
    worker.sees("For a child it is enough")
    worker.pick("Is the child without a parent or guardian?", "Yes")
    worker.type("Who looks after the child now", "A neighbour")
    worker.click("Stop here, the person is tired")
    worker.sees("Let the person rest.", "A screening was stopped on", "Offer what is needed now")


def again(worker: Hands) -> None:
    """Taken up where it stopped; act and purpose suffice."""
    worker.click("Go on with the screening")
    worker.unfold("What was done, how, and what for")
    worker.tick("Transfer", legend="What was done")
    worker.tick("Forced begging", legend="What for")
    worker.unfold("A child")
    worker.tick("Begging or selling with a daily quota")
    worker.type("In the person's own words", TOLD)
    worker.click("Finish the screening", within=worker.main)


def decided(worker: Hands) -> None:
    """A person decides, with a reason."""
    worker.sees(
        "Presumed victim", "For a child it is enough to know what was done and what for.", "not needed for a child"
    )
    worker.choose("What is decided", "Presumed victim")
    worker.choose("Who decided", "NGO")
    worker.type("Reason", "Taken from her village and made to beg.")
    worker.click("Record decision")
    worker.sees("The decision is recorded.", "presumed")


def time_to_think(worker: Hands) -> None:
    """The formal decision is hers to ask for; she takes the thirty days."""
    worker.click("Record what the person says about it")
    worker.tick(*EXPLAINED_WORDS.values(), legend="Explained to the person")
    worker.choose("To which authority", "MoI Anti-Human Trafficking and Juvenile Protection")
    worker.pick("What does the person say?", "Wants time to think: 30 days")
    worker.click("Record")
    worker.sees("takes time to think", "Nobody presses the person.")
