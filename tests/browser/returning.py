"""The way home: planned by the mission, conditions in words, handed over at the border and signed by both sides."""

from __future__ import annotations

from datetime import timedelta

from casework.db import PHNOM_PENH
from tests.browser.hands import Hands


def plan(officer: Hands) -> None:
    """Plan the return. Nobody travels before the conditions are met."""
    officer.tab("Return")
    officer.click("Plan a return")
    officer.pick("Which way home", "Home to Cambodia")
    officer.choose("The other country", "Thailand")
    officer.pick("Do we arrange the travel?", "Yes")
    officer.choose("Where it begins with us", "Fitness to travel, escort, travel plan, receiving agency accepts")
    officer.click("Plan return")
    officer.sees("No travel yet.", "No office has accepted to receive the person.")


def clear(officer: Hands, receiver: str) -> None:
    """Her decision, the results, the office that receives her: now she may travel."""
    officer.tab("Return")
    officer.click("Record the person's decision")
    officer.pick("What did the person decide?", "Wants to return")
    officer.pick("How was the person informed?", "Told in person, in the person's own language")
    officer.click("Record decision")
    for what in ("Family and safety assessment", "Fit to travel"):
        officer.click("Record a result")
        officer.pick("What was checked", what)
        officer.pick("Result", "Yes")
        officer.click("Record result")
    officer.click("Name who receives the person")
    officer.choose("Who receives the person", receiver)
    officer.pick("Has accepted", "Yes")
    officer.click("Record")
    officer.sees("The person may travel.")


def hand_over(officer: Hands, other: str) -> None:
    """At the border: the record, and the signature of the side that hands over."""
    officer.click("Step is done")
    officer.click("Record the hand-over")
    when = (officer.served.now - timedelta(minutes=5)).astimezone(PHNOM_PENH)
    officer.choose("The other office", other)
    officer.date("When", when.date())
    officer.type("Time, such as 14:05", when.strftime("%H:%M"))
    officer.choose("Crossing", "Poipet")
    officer.type("Officer who hands over", "Officer Sample")
    officer.type("Officer who receives", "Officer Example")
    officer.tick("Laissez-passer (one-way travel document)")
    officer.click("Record hand-over")
    officer.sees("waiting for signatures")
    officer.click("Sign")


def receive(officer: Hands) -> None:
    """The other side signs; then nothing of it can be changed."""
    officer.tab("Return")
    officer.main.get_by_role("link", name="Hand-over of").click()
    officer.click("Sign")
    officer.sees("signed by both sides")


def finish(officer: Hands) -> None:
    """The steps after the border, one after the other."""
    officer.tab("Return")
    while officer.main.get_by_role("button", name="Step is done").count():
        officer.click("Step is done")
        officer.sees("The step is done.")
