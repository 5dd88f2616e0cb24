"""The page of claims and its forms, as a legal worker uses them; and how others do not learn of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casework.claims import queries, service
from casework.claims.service import LossData
from casework.db import today
from tests.claims.world import Scene, heard, prosecuted, scene
from tests.client import Client, Page
from tests.overview.counting import statements
from tests.signin import enter


@pytest.fixture
def found(session: Any) -> Scene:
    """A case with its worker and its lawyer."""
    return scene()


def arrive(browser: Client, path: str) -> tuple[str, Page]:
    """To the form behind a 'new' address."""
    path = browser.get(path).location
    return path, browser.get(path)


def test_a_claim_from_the_loss_to_the_money(found: Scene, client: Callable[[], Client]) -> None:
    browser, base = enter(client(), found.lawyer.username), f"/cases/{found.case.id}/claims"
    assert "Nothing is recorded." in browser.get(base).words()
    path, _ = arrive(browser, f"{base}/losses/new")
    typed = {
        "kind": "unpaid_wages", "description": "Planted months", "party": "Planted Boss", "amount": "1,200.50",
        "currency": "USD", "state": "open", "holder": "employer", "since-year": "2024",
    }  # fmt: skip
    page = browser.follow(browser.fill(path, **typed))
    for words in ("1,200.50 USD", "Planted months", "Planted Boss", "not claimed yet", "2024"):
        assert words in page.words()
    path, page = arrive(browser, f"{base}/proceedings/new?kind=labour")
    offered = {option.attrs.get("value") for option in page.query("select[name=stage] option")}
    assert "wage_claim" in offered
    assert "arrest" not in offered
    assert browser.fill(path, role="claimant", stage="arrest").status == 422
    page = browser.follow(browser.fill(path, role="claimant", stage="wage_claim", office="Planted office"))
    assert "Wage claim" in page.words()
    (row,) = (view.proceeding for view in queries.proceedings_of(found.lawyer, found.case.id))
    path, _ = arrive(browser, f"{base}/proceedings/{row.id}/stage")
    values = {"stage": "wage_paid", "paid": "800", "currency": "USD", "over": "yes", "note": "Planted words"}
    page = browser.follow(browser.fill(path, **values))
    for words in ("Wages recovered", "800.00 USD", "over", "Planted words"):
        assert words in page.words()


def test_a_hearing_is_planned_and_settled(found: Scene, client: Callable[[], Client]) -> None:
    browser, base = enter(client(), found.lawyer.username), f"/cases/{found.case.id}/claims"
    row = prosecuted(found)
    path, _ = arrive(browser, f"{base}/proceedings/{row.id}/dates/new")
    day = {"due_at-day": "3", "due_at-month": "5", "due_at-year": str(today().year + 1), "due_at-time": "09:30"}
    page = browser.follow(browser.fill(path, kind="hearing", place="Planted court", **day))
    assert "Planted court" in page.words()
    assert f"3 May {today().year + 1}" in page.words()
    (view,) = queries.proceedings_of(found.lawyer, found.case.id)
    path, _ = arrive(browser, f"{base}/dates/{view.hearings[0].hearing.id}")
    refused = browser.fill(path, what="moved")
    assert "Enter the new day and time." in refused.words("#moved_to-error")
    page = browser.follow(browser.fill(path, what="held", outcome="Planted outcome"))
    assert "Planted outcome" in page.words()


def test_two_lawyers_in_one_loss_get_the_page_of_two_versions(found: Scene, client: Callable[[], Client]) -> None:
    browser, base = enter(client(), found.lawyer.username), f"/cases/{found.case.id}/claims"
    row = service.add_loss(found.case, LossData("passport"), by=found.lawyer)
    (first, _), (second, _) = (arrive(browser, f"{base}/losses/{row.id}") for _ in range(2))
    typed = {**browser.get(second).fields(), "state": "settled"}
    assert browser.fill(first, state="claimed").status == 303
    assert browser.post(second, typed).status == 409


def test_who_may_not_see_it_is_told_that_there_is_nothing(found: Scene, client: Callable[[], Client]) -> None:
    heard(found, prosecuted(found))
    browser, base = enter(client(), found.worker.username), f"/cases/{found.case.id}"
    page = browser.get(base)
    assert "/claims" not in page.text
    assert "Planted" not in page.words("main")
    assert browser.get(f"{base}/claims").status == 404
    assert browser.get(f"{base}/claims/losses/new/01890000-0000-7000-8000-000000000000").status == 404
    assert "hearing" not in browser.get("/").words("main").lower()


def test_the_page_costs_the_same_with_many_rows(found: Scene) -> None:
    def fill(rows: int) -> None:
        for _ in range(rows):
            service.add_loss(found.case, LossData("passport", party="Planted"), by=found.lawyer)
            heard(found, prosecuted(found))

    def cost() -> int:
        with statements() as counted:
            queries.losses_of(found.lawyer, found.case.id)
            queries.proceedings_of(found.lawyer, found.case.id)
        return len(counted)

    fill(1)
    few = cost()
    fill(5)
    assert cost() == few
