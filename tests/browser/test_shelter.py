"""A shelter: an administrator sets the house up, a worker gives a bed, a nurse writes what nobody else finds."""

from __future__ import annotations

from tests.browser import helping, registering
from tests.browser.conftest import Enter
from tests.browser.hands import Hands
from tests.browser.world import Person

HOUSE = "Sample house Kapok"
TELLING = ("Coughs at night", "uberculosis", "ealth check", "Appointment", "isoniazid", "counts as disabled")
"""Words of the health record: whoever is no health worker finds none of them anywhere."""
WHO = Person("Testfamily", "Willow", "+855 10 000 999")


def test_a_bed_for_the_night_and_a_record_that_stays_with_the_nurse(enter: Enter, width: int) -> None:
    administrator, worker = enter("shelter.admin"), enter("shelter.worker")
    set_up(administrator)
    registering.register(worker, WHO)
    case = registering.contact(worker, WHO)
    under_a_roof(worker, case)
    nurse = enter("shelter.nurse")
    nurse.open(case)
    nurse.sees("Page not found")
    supervisor = enter("shelter.supervisor")
    bring_in(supervisor, case)
    written(nurse, case)
    for other in (worker, supervisor):
        nothing_of_health(other, case)
    handed_out(worker)
    gone(worker, case)


def set_up(administrator: Hands) -> None:
    """A house with a room for women."""
    administrator.click("Houses")
    administrator.click("Add a house")
    administrator.type("What you call this house", HOUSE)
    administrator.click("Add house")
    administrator.sees("The house is added. Add its rooms.", HOUSE)
    administrator.main.get_by_role("link", name=f"Add a room {HOUSE}").click()
    administrator.type("Number or letter of the room", "2")
    administrator.type("Beds", "2")
    administrator.pick("For whom", "Women and girls")
    administrator.pick("For which age", "Any age")
    administrator.click("Add room")
    administrator.sees("The room is added.")
    administrator.misses(WHO.family)


def under_a_roof(worker: Hands, case: str) -> None:
    """A free bed, by her own consent, with what was agreed."""
    worker.click("Beds")
    worker.sees(HOUSE, "Beds free tonight: 2 of 2")
    worker.open(case)
    worker.tab("Help")
    worker.click("Stays")
    worker.click("Record arrival")
    worker.choose("Bed in a house of the office", "Room 2, bed 1 (Women and girls)")
    worker.pick("Consent to stay", "The person agreed to stay")
    worker.type("Going out", "Free; back by nine")
    worker.type("Visitors and calls agreed on", "Her aunt on Sundays")
    worker.click("Record arrival")
    worker.sees("The arrival is recorded.", f"{HOUSE}, Room 2, bed 1", "Going out: Free; back by nine")
    worker.click("Beds", within=worker.main)
    worker.sees("Beds free tonight: 1 of 2", f"{WHO.family} {WHO.given}")


def bring_in(supervisor: Hands, case: str) -> None:
    """The supervisor brings the nurse in beside the worker who carries the case."""
    supervisor.open(f"{case}/assign")
    supervisor.pick("Colleague", "Shelter Nurse")
    supervisor.pick("What the colleague does", "Helps with it: health, counselling, law")
    supervisor.pick("Why", "Other skills are needed")
    supervisor.click("Give the case")
    supervisor.sees("The colleague sees the case now.")


def written(nurse: Hands, case: str) -> None:
    """A check with a sign of tuberculosis, a visit with the next day."""
    nurse.open(case)
    nurse.tab("Health")
    nurse.click("Health check")
    nurse.pick("Consent to this health check", "Agreed")
    nurse.pick("Cough", "Yes")
    nurse.pick("Walking or climbing steps", "A lot of difficulty")
    nurse.click("Record health check")
    nurse.sees("The health check is recorded.", "tuberculosis suspected", "counts as disabled")
    nurse.click("Record a session")
    nurse.choose("What kind", "Medicine")
    nurse.type("What was found or talked about", "Coughs at night")
    nurse.type("Medicine and treatment", "isoniazid")
    nurse.click("Record session")
    nurse.sees("It is recorded.", "Coughs at night", "Medicine and treatment: isoniazid")


def nothing_of_health(hands: Hands, case: str) -> None:
    """No page, no line, no task, no trace."""
    for path in ("/", "/cases", "/tasks", "/beds", case, f"{case}/help", f"{case}/seen"):
        hands.open(path)
        hands.misses(*TELLING)
    hands.open(f"{case}/health")
    hands.sees("Page not found")


def handed_out(worker: Hands) -> None:
    """All who stay in the house tonight get a meal."""
    worker.open("/beds")
    worker.click("Hand out to all who stay here tonight")
    worker.choose("What was given", "Cooked meal")
    worker.click("Record hand-out")
    worker.sees("The hand-out is recorded.", f"{WHO.family} {WHO.given}", "1 person")


def gone(worker: Hands, case: str) -> None:
    """She leaves, and the bed is free."""
    worker.open(case)
    helping.leave(worker, "Went home")
    worker.open("/beds")
    worker.sees("Beds free tonight: 2 of 2")
    worker.misses(WHO.family)
