"""At home: a plan that somebody else approves, visits, and closing with a second person."""

from __future__ import annotations

from casework.db import PHNOM_PENH
from tests.browser.hands import Effort, Hands


def plan(worker: Hands) -> None:
    """A plan with one goal in her words, sent for approval."""
    worker.tab("Reintegration")
    worker.click("Begin a plan with the person")
    worker.click("Begin plan")
    worker.click("Add a goal")
    worker.choose("Area of life", "Livelihood")
    worker.type("The goal, in the person's words", "I want to sew at home.")
    worker.click("Add goal")
    worker.click("Ask for approval")
    worker.sees("The plan waits for approval by somebody else.")


def assess(worker: Hands) -> None:
    """How safe she is now: the rhythm of the visits depends on it."""
    worker.tab("Identification")
    worker.click("Assess the risk")
    worker.pick("How great is the risk now?", "Low")
    worker.click("Record risk")


def approve(supervisor: Hands, what: str) -> None:
    """From the board: read it, approve it."""
    supervisor.click("Board")
    supervisor.click(f"Decide: {what}")
    supervisor.pick("Decision", "Approve")
    supervisor.click("Record decision")
    supervisor.sees("The decision is recorded.")


def plan_visits(worker: Hands) -> None:
    """The light rhythm, counted from yesterday's return home."""
    worker.tab("Reintegration")
    worker.click("Plan by rhythm")
    worker.pick("Rhythm", "Light, for low risk: weeks 1, 2 and 4, then months 3, 6 and 12")
    worker.date("Day of return home", worker.served.now.astimezone(PHNOM_PENH).date())
    worker.click("Plan visits")
    worker.sees("6 visits are planned.")


def visit(worker: Hands) -> Effort:
    """From my day: the rule for contact first, then how things stand. Gives what it cost."""
    before = worker.so_far()
    worker.click("My day")
    worker.click("Visit or call")
    worker.sees("18:00-20:00", "Auntie")
    worker.pick("How things stand", "Well, as planned")
    worker.click("Record visit")
    worker.sees("The visit is recorded.")
    return worker.so_far().since(before)


def ask_to_close(worker: Hands) -> None:
    """She agrees; what is unfinished is said first."""
    worker.tab("Reintegration")
    worker.click("Ask to close the case")
    worker.choose("Why the case is closed", "Goals met, closure agreed")
    worker.pick("What the person says to it", "The person agrees")
    worker.type("How the person lives now", "At home with her mother; she sews.")
    worker.pick("May we contact the person again?", "Yes")
    worker.click("Ask to close")
    worker.sees("Closing waits for approval by somebody else.")
