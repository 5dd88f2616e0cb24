"""Two years after coming home: a plan in her words, visits by the clock, outcomes drawn, closed with her agreement."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from casework.access.models import User
from casework.access.queries import actor_for
from casework.cases.models import Case
from casework.cases.service import open_case
from casework.db import PHNOM_PENH, db, today
from casework.people.names import Names
from casework.people.service import PersonData, register
from casework.reintegration.models import FollowUp
from casework.reintegration.service import miss_visit, record_visit
from casework.writes.orchestrator import transaction
from tests.browser import following
from tests.browser.conftest import Enter
from tests.browser.hands import Hands
from tests.browser.server import Served

SCORED = {"week 1": "1", "month 6": "2", "month 12": "3", "month 24": "4"}
AREAS = (
    "Safety", "Legal protection", "Mental wellbeing", "Economic means and education", "Social support",
    "Physical wellbeing",
)  # fmt: skip


def test_two_years_from_the_first_talk_to_an_agreed_end(enter: Enter, served: Served, width: int) -> None:
    case = came_home(served)
    worker = enter("home.worker")
    worker.open(f"/cases/{case}")
    assessed(worker)
    promised(worker)
    planned(worker)
    following.approve(enter("home.supervisor"), "Plan")
    served.wait(days=7)
    visited(worker, "1")
    for months, score in ((6, "2"), (12, "3"), (24, "4")):
        until_month(served, case, months)
        visited(worker, score)
    drawn(worker, case)
    kept(worker, case)
    following.ask_to_close(worker)
    following.approve(enter("home.supervisor"), "Closure")
    worker.open(f"/cases/{case}/reintegration")
    worker.sees("Kept until")
    worker.misses("Plan by rhythm")


def came_home(served: Served) -> UUID:
    """A woman who is home again and whose case the office carries."""
    with served.inside(), transaction():
        username = db.session.scalars(select(User.username).where(User.username == "home.worker")).one()
        by = actor_for(username)
        person = register(PersonData(Names("Twoyearsfam", "Given")), by=by)
        return open_case(by=by, person_id=person.id, stations={"reintegration": "open"}).id


def assessed(worker: Hands) -> None:
    """What she wants first, then what she needs."""
    worker.tab("Reintegration")
    worker.click("Assess with the person")
    worker.type("What the person wants, in their words", "To sew and to be left in peace.")
    worker.pick("Work and income", "some need")
    worker.click("Record assessment")
    worker.sees("Work and income: some need")
    worker.tab("Reintegration")


def promised(worker: Hands) -> None:
    """A promise with a day."""
    worker.click("Record a promise")
    worker.type("What was promised", "A sewing machine.")
    worker.click("Record promise")
    worker.sees("A sewing machine.")


def planned(worker: Hands) -> None:
    """A plan in her words, and the usual rhythm from today."""
    following.plan(worker)
    worker.tab("Reintegration")
    worker.click("Plan by rhythm")
    worker.pick("Rhythm", "Standard: weeks 1 to 4, each month to month 6, then months 9, 12, 18 and 24")
    worker.date("Day of return home", worker.served.now.astimezone(PHNOM_PENH).date())
    worker.click("Plan visits")
    worker.sees("13 visits are planned.")


def visited(worker: Hands, score: str) -> None:
    """The visit that is due, with the six areas of life; what was said last time stands beside each."""
    worker.sign_in("home.worker")
    worker.click("My day")
    worker.click("Visit or call")
    if score != "1":
        worker.sees(f"Last time: {int(score) - 1}")
    worker.pick("How things stand", "Well, as planned")
    for area in AREAS:
        worker.pick(area, score)
    worker.click("Record visit")
    worker.sees("The visit is recorded.")


def until_month(served: Served, case_id: UUID, months: int) -> None:
    """Time passes to the visit of this month; those before it are recorded by the office, one was missed."""
    with served.inside():
        due = db.session.scalars(
            select(FollowUp.due_on).where(FollowUp.case_id == case_id, FollowUp.template == f"standard_M{months:02}")
        ).one()
        days = (due - today()).days
    served.wait(days=days)
    with served.inside(), transaction():
        by = actor_for("home.worker")
        case = db.session.get_one(Case, case_id)
        before = FollowUp.due_on < today() - timedelta(days=1)
        rows = select(FollowUp).where(FollowUp.case_id == case_id, FollowUp.state == "planned", before)
        for number, visit in enumerate(db.session.scalars(rows.order_by(FollowUp.due_on)).all()):
            if number == 1:
                miss_visit(visit, case, by=by, result="declined", note="She works today.", missed_on=visit.due_on)
            else:
                record_visit(visit, case, by=by, done_on=visit.due_on, mode=visit.mode, situation="", standing="well")


def drawn(worker: Hands, case: UUID) -> None:
    """Six lines with four points each, and their tables."""
    worker.open(f"/cases/{case}/outcomes")
    lines = worker.main.locator("svg polyline")
    assert lines.count() == len(AREAS)
    assert {len((line.get_attribute("points") or "").split()) for line in lines.all()} == {len(SCORED)}
    worker.tab("Reintegration")


def kept(worker: Hands, case: UUID) -> None:
    """The promise was kept; the plan is printed for her without a word of us."""
    worker.click("Kept or not? A sewing machine.")
    worker.pick("What became of it", "kept")
    worker.click("Record")
    worker.sees("What became of the promise is recorded.")
    worker.open(f"/cases/{case}/reintegration")
    worker.click("Plan 1")
    worker.click("Print it for the person")
    worker.sees("I want to sew at home.")
    assert "Sample House" not in worker.main.inner_text()
    worker.open(f"/cases/{case}")
