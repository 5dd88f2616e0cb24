"""A survivor from Viet Nam goes home from Cambodia: official clocks, papers, a journey, a hand-over signed on paper."""

from __future__ import annotations

from datetime import timedelta

from casework.db import PHNOM_PENH
from casework.writes.orchestrator import transaction
from tests import factories
from tests.browser import registering
from tests.browser.conftest import Enter
from tests.browser.hands import Hands
from tests.browser.server import Served

ABROAD = "Sample Social Office, Tay Ninh"
HOME = "Sample House, Battambang"


def test_a_return_to_viet_nam_runs_by_official_clocks(enter: Enter, served: Served, width: int) -> None:
    with served.inside(), transaction():
        factories.office("VN-SAMPLE", type="foreign_authority", country="VNM", has_users=False).name = ABROAD
    worker = enter("home.worker")
    found_here(worker)
    planned(worker)
    served.wait(days=9)
    worker.sign_in("home.worker")
    verified(worker)
    decided(worker)
    papers(worker, served)
    travels(worker, served)
    received(worker)


def found_here(worker: Hands) -> None:
    """Registered where she was found."""
    worker.click("New person")
    worker.type("Name, phone or document number", "Vidu Planted")
    worker.click("Search")
    worker.pick("Sex, as on papers", "Female")
    worker.type("Age, if the date of birth is not known", "24")
    worker.pick("How the person came", "Has not come back yet")
    worker.click("Register")
    worker.sees("Registered. The case is open.")


def planned(worker: Hands) -> None:
    """The return begins with the request to Viet Nam: twenty working days, by its own circular."""
    worker.tab("Return")
    worker.click("Plan a return")
    worker.pick("Which way home", "Home from Cambodia")
    worker.choose("The other country", "Viet Nam")
    worker.pick("Do we arrange the travel?", "Yes")
    worker.choose("Where it begins with us", "Verification by local police in Viet Nam")
    worker.click("Plan return")
    worker.sees("0 of 20 working days", "official: Viet Nam verification circular 2008", "No travel yet.")
    worker.unfold("More for this step", within=worker.main.locator("li[aria-current=step]"))
    worker.click("Wait for an office")
    worker.choose("Or another party", "the home authority")
    worker.click("Record")
    worker.sees("waiting for the home authority")


def verified(worker: Hands) -> None:
    """Days went by on Viet Nam's own calendar; the answer opens the ten days of its immigration office."""
    worker.open("/returns?country=VNM")
    worker.sees("Returns in work", "Verification by local police in Viet Nam", "the home authority")
    worker.main.locator("table .cw-code").first.click()
    worker.misses("0 of 20 working days")
    worker.pick("How it ended", "Confirmed")
    worker.click("Step is done")
    worker.sees("0 of 10 working days")
    worker.pick("How it ended", "Confirmed")
    worker.click("Step is done")
    worker.sees("Family and safety assessment in the home country", "our usual time")
    worker.pick("How it ended", "Yes, with conditions")
    worker.click("Step is done")
    worker.sees("The step is done.")


def decided(worker: Hands) -> None:
    """She needs time, and the clock stands; then she decides, told what she can expect."""
    worker.unfold("More for this step", within=worker.main.locator("li[aria-current=step]"))
    worker.main.get_by_role("button", name="Wait for the person").first.click()
    worker.sees("The clock stands still until the person is ready.")
    worker.main.get_by_role("button", name="The person is ready").first.click()
    case = worker.path().removesuffix("/return")
    registering.consent(
        worker, "Return travel and its papers", ABROAD, "Names, birth date, identity numbers",
        "Travel, documents, hand-over",
    )  # fmt: skip
    worker.open(f"{case}/return")
    worker.main.get_by_role("link", name="Record the person's decision").first.click()
    worker.pick("What did the person decide?", "Wants to return")
    worker.pick("How was the person informed?", "Told in person, with an interpreter")
    worker.tick("It can be taken back until the hand-over", "Other choices: stay, another place, later")
    worker.click("Record decision")
    worker.sees("Not ticked as explained")


def papers(worker: Hands, served: Served) -> None:
    """A one-way paper that would end before the journey is seen at once, and put right."""
    travel = (served.now + timedelta(days=6)).astimezone(PHNOM_PENH).date()
    worker.click("Set the day of travel")
    worker.date("Day of travel", travel)
    worker.click("Set the day")
    worker.sees("No paper to travel with is issued yet.")
    worker.click("Record a paper")
    worker.choose("Which paper", "Laissez-passer")
    worker.pick("Where it stands", "issued")
    worker.date("Valid until", travel - timedelta(days=1))
    worker.click("Record paper")
    worker.sees("before the day of travel")
    worker.main.get_by_role("link", name="Change").first.click()
    later = travel + timedelta(days=60)
    for part in ("day", "month", "year"):
        worker.main.locator(f"input[name=valid_until-{part}]").fill(str(getattr(later, part)))
    worker.click("Record paper")
    worker.misses("before the day of travel")


def travels(worker: Hands, served: Served) -> None:
    """The conditions, the journey with its manifest, and the hand-over at the border."""
    worker.choose("How it ended", "Laissez-passer")
    worker.click("Step is done")
    worker.click("Record a result")
    worker.pick("What was checked", "Fit to travel")
    worker.pick("Result", "Yes")
    worker.click("Record result")
    worker.click("Name who receives the person")
    worker.choose("Who receives the person", ABROAD)
    worker.pick("Has accepted", "Yes")
    worker.click("Record")
    worker.sees("The person may travel.")
    worker.click("Plan a journey")
    worker.type("Vehicle", "Van of the house")
    worker.click("Plan journey")
    worker.main.get_by_role("button", name="On board").first.click()
    worker.sees("on board")
    worker.click("Manifest for paper")
    worker.sees("Viet Nam", "18-59")
    worker.misses("Planted", "Wants to return")
    worker.page.go_back()
    worker.click("The journey leaves")
    worker.main.locator("table .cw-code").first.click()


def received(worker: Hands) -> None:
    """Signed by us, and on paper by the office abroad; then its three days run."""
    for _ in range(3):
        if worker.main.get_by_role("link", name="Record the hand-over").count():
            break
        worker.click("Step is done")
    worker.click("Record the hand-over")
    when = (worker.served.now - timedelta(minutes=5)).astimezone(PHNOM_PENH)
    worker.choose("The other office", ABROAD)
    worker.date("When", when.date())
    worker.type("Time, such as 14:05", when.strftime("%H:%M"))
    worker.choose("Crossing", "Bavet")
    worker.type("Officer who hands over", "Worker Sample")
    worker.type("Officer who receives", "Officer Example")
    worker.click("Record hand-over")
    worker.click("Sign")
    worker.click("Signed on paper")
    worker.type("Who signed, and where the paper lies", "Officer Example, blue folder")
    worker.click("Record signature")
    worker.sees("signed by both sides")
    worker.tab("Return")
    worker.sees("Receiving social authority acts on the notice", "official: Viet Nam Joint Circular 01/2014")
