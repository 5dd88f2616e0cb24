"""A supervisor's Monday: what waits is read and decided on the board, late work is looked at, a colleague's leave is
covered by handing the cases over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from casework.access.models import Organisation
from casework.access.queries import actor_for, organisation_by_code, teams
from casework.cases.models import Case
from casework.cases.queries import carriers, visible_cases
from casework.cases.service import add_task, exclude
from casework.db import db, today, utcnow
from casework.people.names import Names
from casework.people.service import PersonData, register
from casework.reintegration import service as reintegration
from casework.writes.orchestrator import transaction
from tests import factories, scenes
from tests.browser.conftest import Enter
from tests.browser.hands import Hands
from tests.browser.server import Served
from tests.browser.world import HOME, SHELTER

GOAL = "I want to sew at home."
LIFE = "She lives with her sister and works in a shop."
MATE, OTHER = "Home Second", "Home Third"


@dataclass
class Monday:
    """Codes of the cases that the worker carries: one with a plan, one to be closed, one that the mate may not see."""

    plan: str
    closing: str
    away: str


def prepare(served: Served) -> Monday:
    """Weeks of work in one office, done by the services."""
    with served.inside(), transaction():
        home = organisation_by_code(HOME)
        team = teams(home.id)[0]
        for name in ("home.second", "home.third"):
            factories.user("case_worker", at_office=home, team=team, name=name)
    served.wait(days=40)
    with served.inside(), transaction():
        cases = [_case(number) for number in range(3)]
        _work(cases, organisation_by_code(SHELTER))
        return Monday(*(case.code for case in cases))


def _case(number: int) -> Case:
    worker = actor_for("home.worker")
    person = PersonData(names=Names(latin_family="Testfamily", latin_given=f"No{number}"))
    return scenes.case(worker, person_id=register(person, by=worker).id)


def _work(cases: list[Case], shelter: Organisation) -> None:
    worker, boss = actor_for("home.worker"), actor_for("home.supervisor")
    plan = reintegration.start_plan(cases[0], by=worker)
    reintegration.add_goal(plan, cases[0], by=worker, domain="Livelihood", goal=GOAL)
    reintegration.send_plan(plan, cases[0], by=worker)
    reintegration.request_closure(
        cases[1],
        by=worker,
        reason="goals_met_agreed",
        person_view="agrees",
        told_on=today(),
        explanation="",
        situation=LIFE,
        outcomes=["goals_all", "lives_family"],
        recontact=False,
        recontact_rule="",
    )
    due = utcnow() - timedelta(days=5)
    add_task(cases[2], by=worker, kind="todo", due_at=due, text="Call the school")
    add_task(cases[2], by=worker, kind="return_step", due_at=due, waiting_for_org_id=shelter.id)
    mate = actor_for("home.second")
    exclude(cases[2], user_id=mate.user_id, reason="related_to_person", by=boss)


def test_a_supervisor_decides_looks_and_hands_over_on_monday(enter: Enter, served: Served, width: int) -> None:
    week = prepare(served)
    boss = enter("home.supervisor")
    boss.click("Board")
    decided(boss, week)
    looked(boss)
    handed_over(boss, served, week)


def decided(boss: Hands, week: Monday) -> None:
    """The plan is approved; closing is sent back, first without a reason."""
    boss.misses(GOAL, LIFE)
    boss.click("Decide: Plan")
    boss.sees(GOAL, week.plan, "Late")
    fits(boss)
    boss.pick("Decision", "Approve")
    boss.click("Record decision")
    boss.sees("The decision is recorded.")
    assert boss.path().partition("#")[0] == "/board"
    boss.click("Decide: Closure")
    boss.sees(LIFE)
    boss.pick("Decision", "Send back")
    boss.click("Record decision")
    boss.sees("Say what should be changed.", LIFE)
    boss.type("Reason", "Visit her once more first.")
    boss.click("Record decision")
    boss.sees("The decision is recorded.", "Nothing waits for your decision.")


def looked(boss: Hands) -> None:
    """What is late, and whom it waits for."""
    boss.click("Late work")
    boss.sees("Sample Shelter, Poipet", "your own office")
    fits(boss)
    boss.click("Board", within=boss.main)


def handed_over(boss: Hands, served: Served, week: Monday) -> None:
    """The worker goes on leave: two colleagues share the cases; one of them may not take one of them."""
    boss.click("Home Worker", within=boss.main)
    boss.sees("Home Worker carries 3 open cases.")
    boss.click("Hand cases over")
    boss.tick(MATE, legend="To whom")
    boss.pick("Why", "The worker is away or has left")
    boss.click("Look at who gets what")
    boss.sees("This will happen", "None of the chosen colleagues may take this case.")
    fits(boss)
    boss.unfold("Choose otherwise")
    boss.tick(OTHER, legend="To whom")
    boss.click("Look again")
    boss.misses("None of the chosen colleagues may take this case.")
    boss.click("Hand 3 cases over")
    boss.sees("3 cases have a new worker.")
    with served.inside():
        by = actor_for("home.supervisor")
        held = {case.code: case.id for case in db.session.scalars(visible_cases(by))}
        carried = carriers(by, list(held.values()))
        mate, other = (actor_for(name).user_id for name in ("home.second", "home.third"))
        assert carried[held[week.away]] == other
        assert set(carried.values()) == {mate, other}


def fits(hands: Hands) -> None:
    """Nothing sticks out of the page."""
    assert hands.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), hands.where()
