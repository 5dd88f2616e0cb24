"""One letter to two offices for three people: one answers here, one by a letter that the sender writes down."""

from __future__ import annotations

from casework.access.models import Organisation, OrganisationService
from casework.access.queries import actor_for
from casework.cases.models import Case
from casework.db import db, uuid7
from casework.sharing import service
from casework.writes.orchestrator import transaction
from tests import factories
from tests.browser import helping
from tests.browser.conftest import Enter
from tests.browser.hands import Hands
from tests.browser.server import Served
from tests.browser.world import SHELTER
from tests.sharing.scene import case_of

CENTRE = "Sample Health Centre, on paper"
BED, CARE = "Night at a shelter", "First aid"
AGREED = ("identity", "demographic", "needs_risk", "health", "assistance")


def test_a_letter_for_three_people_to_two_offices(enter: Enter, served: Served, width: int) -> None:
    codes = three_people(served)
    officer = enter("border.officer")
    letter = written(officer, codes)
    fetched(officer, letter)
    answered_here(enter("shelter.worker"), letter, codes)
    answered_on_paper(officer, letter, codes[0])


def three_people(served: Served) -> list[str]:
    """Prepare: a health centre without accounts, three people who agreed to both offices."""
    with served.inside(), transaction():
        centre = factories.office("HC-PPT", type="NGO", has_users=False)
        centre.name = CENTRE
        db.session.add(OrganisationService(id=uuid7(), organisation_id=centre.id, service_type="first_aid"))
        by = actor_for("border.officer")
        shelter = db.session.query(Organisation).filter_by(code=SHELTER).one()
        cases: list[Case] = [case_of(by, name) for name in ("Testoak", "Testpine", "Testelm")]
        for case in cases:
            for office in (shelter, centre):
                service.record_given(
                    case, by=by, purpose="referral", form="written", recipient_org_id=office.id, classes=AGREED
                )
        return sorted(case.code for case in cases)


def written(officer: Hands, codes: list[str]) -> str:
    """A bed for all three, first aid for one; looked at, sent. Gives the address of the letter."""
    officer.click("Referrals")
    officer.click("Letter for several people")
    officer.tick(*codes, legend="For whom?")
    officer.tick(BED, CARE, legend="Which help?")
    officer.click("Go on")
    officer.pick("How soon must they answer?", "Urgent")
    officer.type("What is needed, for all of them", "Rest after the border.")
    for code in codes[1:]:
        officer.main.get_by_role("group", name=code).get_by_label(CARE).select_option("")
    officer.main.get_by_role("group", name=codes[0]).get_by_label("Only about this person").fill("She has a bad arm.")
    officer.click("Look at what will be sent")
    officer.sees("They will see exactly this", f"{CENTRE} sees:", "She has a bad arm.")
    assert officer.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    officer.click("Send letter")
    officer.sees("It is sent.", CENTRE, *codes)
    assert officer.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return officer.path()


def fetched(officer: Hands, letter: str) -> None:
    """The letter as PDF for each language, and its line in the register."""
    for name in ("PDF, English", "PDF, ភាសាខ្មែរ"):
        link = officer.main.get_by_role("link", name=name).first.get_attribute("href")
        answer = officer.page.request.get(f"{officer.served.url}{link}")
        assert answer.body()[:5] == b"%PDF-", answer.status
    officer.open("/letters")
    officer.sees(CENTRE)
    assert officer.main.get_by_role("row").count() == 2
    officer.open(letter)


def answered_here(shelter: Hands, letter: str, codes: list[str]) -> None:
    """The shelter accepts one from its day; of the letter it sees its own lines, and nothing of the other office."""
    helping.accept(shelter, f"Answer a referral: {BED}")
    shelter.open(letter)
    shelter.sees(*codes, "Accepted")
    shelter.misses(CENTRE, CARE)


def answered_on_paper(officer: Hands, letter: str, code: str) -> None:
    """The health centre wrote back: the answer, and later what came of it."""
    officer.open(letter)
    row = officer.main.get_by_role("row").filter(has_text=CARE)
    officer.click(code, within=row)
    officer.click("Record their answer")
    officer.type("Who told you?", "Nurse Exampla")
    officer.pick("How did it reach you?", "By letter")
    officer.type("Where does the paper lie?", "Blue folder, 14")
    officer.pick("What did they answer?", "They accept")
    officer.click("Record answer")
    officer.sees("Your answer is recorded.", "Blue folder, 14")
    officer.click("Give feedback: what came of it")
    officer.type("Who told you?", "Nurse Exampla")
    officer.pick("How did it reach you?", "By phone")
    officer.pick("What came of it?", "Given as asked")
    officer.click("Give feedback")
    officer.sees("The feedback is recorded.", "Given as asked")
