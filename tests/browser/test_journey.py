"""One case, five people, four offices: from registering abroad to closing at home, on a phone and on a screen."""

from __future__ import annotations

from tests.browser import following, helping, registering, returning, steps
from tests.browser.conftest import Enter
from tests.browser.hands import Hands
from tests.browser.registering import NEEDED_AT_THE_BORDER, TESTIMONY
from tests.browser.server import Served
from tests.browser.world import Person

BORDER, SHELTER, HOME = "Sample Border Office, Poipet", "Sample Shelter, Poipet", "Sample House, Battambang"
HELP_ONLY = (
    "Names, birth date, identity numbers",
    "Sex, age band, citizenship, province",
    "Needs, risk, plan",
    "Assistance given",
    "Where the person lives now",
)
WHO = Person("Testfamily", "Alder", "+66 80 000 1234")


def test_five_people_of_four_offices_carry_one_case_home(enter: Enter, served: Served, width: int) -> None:
    officer, border = enter("mission.officer"), enter("border.officer")
    shelter, worker = enter("shelter.worker"), enter("home.worker")
    case, costs = abroad(officer)
    for other in (border, shelter, worker):
        nothing_of(other, case)

    costs["accept referral"] = home_to_the_border(officer, border, case)
    nothing_of(shelter, case)
    costs |= under_a_roof(border, shelter, case)
    officer.open(f"{case}/help")
    officer.misses("Sample house")
    lines = " ".join(officer.main.locator("table").all_inner_texts())  # the usual things stand above as buttons
    assert "Cooked meal" not in lines, lines
    nothing_of(worker, case)
    supervisor = enter("home.supervisor")
    handed_home(border, worker, supervisor, case)
    costs["record a visit"] = followed(worker, served)
    closed(worker, enter("home.supervisor"), case)
    steps.hold(costs, width)


def abroad(officer: Hands) -> tuple[str, steps.Costs]:
    """The mission in Bangkok: registers, asks, screens, decides, plans the return."""
    cost = registering.register(officer, WHO)
    case = registering.contact(officer, WHO)
    registering.screen(officer)
    registering.decide(officer)
    returning.plan(officer)
    registering.consent(
        officer, "Return travel and its papers", BORDER, "Names, birth date, identity numbers",
        "Travel, documents, hand-over",
    )  # fmt: skip
    registering.consent(officer, "Referral to a named agency", BORDER, *NEEDED_AT_THE_BORDER)
    helping.refer(officer, "Night at a transit centre", BORDER, "A bed for some nights after the border.")
    return case, {"register": cost}


def home_to_the_border(officer: Hands, border: Hands, case: str) -> steps.Effort:
    """The border office sees the packet, accepts, receives her, takes the case over."""
    border.open(case)
    border.sees("Page not found")
    border.click("Casework")
    cost = helping.accept(border, "Answer a referral: Night at a transit centre")
    border.sees(f"{WHO.family} {WHO.given}", "presumed")
    border.misses(TESTIMONY)
    returning_clear(officer, case)
    returning.hand_over(officer, BORDER)
    returning.receive(border)
    officer.open(case)
    helping.transfer(officer, BORDER, "Please carry the case from the border on.")
    helping.accept(border, "Answer: take over a case")
    officer.open(case)
    officer.misses("Worker:", "read the contact rule first")
    return cost


def returning_clear(officer: Hands, case: str) -> None:
    """Back on the case, the conditions of travel."""
    officer.open(case)
    returning.clear(officer, f"{BORDER}, Night at a transit centre")


def under_a_roof(border: Hands, shelter: Hands, case: str) -> steps.Costs:
    """First hour, food and a bed at the border; then a shelter of the town, which sees its part only."""
    helping.first_hour(border, food="Given now", bed="Wanted")
    cost = helping.log_food(border)
    again = helping.same_again(border, "Cooked meal, 1 meal")
    helping.stay(border)
    helping.first_hour(border, bed="Given now")
    registering.consent(border, "Referral to a named agency", SHELTER, *HELP_ONLY)
    helping.refer(border, "Night at a shelter", SHELTER, "Three nights, food, rest.")
    helping.accept(shelter, "Answer a referral: Night at a shelter")
    border.open(case)
    helping.leave(border, "Moved to another shelter")
    shelter.sees(f"{WHO.family} {WHO.given}")
    shelter.misses(TESTIMONY, "Auntie", "presumed", WHO.phone)
    helping.stay(shelter)
    helping.log_food_anyway(shelter)
    helping.leave(shelter, "Went home")
    return {"log food": cost, "log the same food": again}


def handed_home(border: Hands, worker: Hands, supervisor: Hands, case: str) -> None:
    """Battambang takes the case over; the plan is written by one and approved by another."""
    border.open(case)
    returning.finish(border)
    registering.consent(border, "Referral to a named agency", HOME, *NEEDED_AT_THE_BORDER, "Family and household")
    helping.transfer(border, HOME, "She goes home to Battambang.")
    helping.accept(worker, "Answer: take over a case")
    following.plan(worker)
    following.approve(supervisor, "Plan")
    following.assess(worker)
    following.plan_visits(worker)


def followed(worker: Hands, served: Served) -> steps.Effort:
    """A week later: signed in anew, the first visit."""
    served.wait(days=7)
    worker.sign_in("home.worker")
    return following.visit(worker)


def closed(worker: Hands, supervisor: Hands, case: str) -> None:
    """Asked by one, approved by another; then nothing more is due."""
    worker.open(case)
    following.ask_to_close(worker)
    following.approve(supervisor, "Closure")
    worker.open(case)
    worker.sees("closed")


def nothing_of(hands: Hands, case: str) -> None:
    """Absent, for this office: no page, no line, no match."""
    hands.open(case)
    hands.sees("Page not found")
    hands.open("/cases")
    hands.misses(WHO.family)
    hands.type("Find a person or a case", WHO.family, within=hands.page.get_by_role("search"))
    hands.click("Find")
    hands.misses(WHO.given, case)
    hands.open("/")
