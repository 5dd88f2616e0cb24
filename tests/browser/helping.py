"""Between offices and in Cambodia: referrals, the first hour, food, a bed."""

from __future__ import annotations

from tests.browser.hands import Effort, Hands

NEEDS = {"food": "Food and water", "bed": "A bed for tonight"}


def refer(worker: Hands, need: str, office: str, words: str) -> None:
    """From a need to an office, with the packet as they will see it before it goes."""
    worker.tab("Referrals")
    worker.click("Ask an office for help")
    worker.choose("What does the person need?", need)
    worker.click("Show who offers it")
    worker.click(office)
    worker.pick("How soon must they answer?", "Urgent")
    worker.type("What is needed", words)
    worker.click("Look at what will be sent")
    worker.sees("They will see exactly this", words)
    worker.click("Send referral")
    worker.sees("It is sent.", "waiting for reply")


def transfer(worker: Hands, office: str, words: str) -> None:
    """Hand the whole case over."""
    worker.tab("Referrals")
    worker.click("Hand the case over")
    worker.click(office)
    worker.pick("How soon must they answer?", "Normal")
    worker.type("What is needed", words)
    worker.click("Look at what will be sent")
    worker.click("Hand over")
    worker.sees("It is sent.", "Transfer of the case")


def accept(worker: Hands, news: str) -> Effort:
    """From my day: what is asked stands on the row, with its button; taking over a case is read first. Gives what it
    cost."""
    before = worker.so_far()
    worker.click("My day")
    row = worker.main.get_by_role("listitem").filter(has_text=news)
    row.first.wait_for()
    if row.get_by_role("button").count():
        row.get_by_role("button").first.click()
        worker.effort.clicks += 1
    else:
        worker.click(news)
        worker.click("Accept")
    worker.sees("Your answer is recorded.")
    cost = worker.so_far().since(before)
    worker.click("Open the case")
    return cost


def first_hour(worker: Hands, **needs: str) -> None:
    """Help that depends on nothing: what was given at once, what she wants."""
    worker.tab("Help")
    worker.click("First evening")
    for need, answer in needs.items():
        worker.pick(NEEDS[need], answer)
    worker.click("Record")


def log_food(worker: Hands) -> Effort:
    """One line of the ledger: a cooked meal, now. Gives what it cost from the case page on."""
    before = worker.so_far()
    worker.tab("Help")
    worker.click("Cooked meal, 1 meal")
    worker.sees("The help is recorded.")
    return worker.so_far().since(before)


def stay(worker: Hands) -> None:
    """A bed under a roof, by her own consent."""
    worker.tab("Help")
    worker.click("Stays")
    worker.click("Record arrival")
    worker.type("Name of the place", "Sample house, second floor")
    worker.type("Room or bed", "4")
    worker.pick("Consent to stay", "The person agreed to stay")
    worker.click("Record arrival")
    worker.sees("The arrival is recorded.")


def leave(worker: Hands, why: str) -> None:
    """She goes on."""
    worker.tab("Help")
    worker.click("Stays")
    worker.click("Record departure")
    worker.pick("Why", why)
    worker.click("Record departure")
    worker.sees("The departure is recorded.")


def feedback(worker: Hands, outcome: str) -> None:
    """The service was given: what came of it."""
    worker.click("Give feedback: what came of it")
    worker.pick("What came of it?", outcome)
    worker.type("Feedback", "She stayed three nights and ate well.")
    worker.click("Give feedback")
    worker.sees("The feedback is recorded.")


def log_food_anyway(worker: Hands) -> None:
    """A fourth meal on one day: the page warns, the worker knows better."""
    worker.tab("Help")
    worker.click("Record help")
    worker.choose("What was given", "Cooked meal")
    worker.click("Record help")
    worker.sees("Given as often as allowed that day already (3).")
    worker.tick("Record anyway")
    worker.click("Record help")
    worker.sees("The help is recorded.", "more than usual")


def same_again(worker: Hands, what: str) -> Effort:
    """What was given last, once more, with one tap."""
    before = worker.so_far()
    worker.click(what)
    worker.sees("The help is recorded.")
    return worker.so_far().since(before)
