"""Pages of the assessment, the safety plan, promises, steps and papers, as a worker uses them."""

from __future__ import annotations

import io
from collections.abc import Callable

from flask import Flask

from casework.db import db
from casework.documents.service import add_document, spool
from casework.people.models import Person
from casework.reintegration.service import add_goal, enter_stage, promise, start_plan
from tests.assistance.world import World
from tests.client import Client
from tests.reintegration.test_pages import at_form, base, day
from tests.signin import enter

Browsers = Callable[[], Client]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def test_an_assessment_is_written_and_begins_from_the_last(app: Flask, world: World, client: Browsers) -> None:
    worker = enter(client(), world.worker.username)
    path = f"{base(world)}/assessment/new"
    assert at_form(worker, path, need_debt="urgent").status == 422
    page = at_form(
        worker, path, wishes="A shop of my own.", need_debt="urgent", risk_household="hh_debt",
        protection_community="neighbours_help",
    )  # fmt: skip
    assert page.status == 303, page.words()
    shown = worker.follow(page).words()
    assert "A shop of my own." in shown
    assert "Debt: urgent" in shown
    assert "Neighbours or friends who help" in shown
    assert "A shop of my own." in worker.get(f"{base(world)}/reintegration").words()
    again = worker.get(worker.get(path).location)
    fields = again.fields()
    assert (fields["need_debt"], fields["risk_household"]) == ("urgent", "hh_debt")


def test_a_safety_plan_is_missed_when_the_risk_is_medium(app: Flask, world: World, client: Browsers) -> None:
    world.case.risk_level, world.case.risk_org_id = "medium", world.office.id
    db.session.flush()
    worker = enter(client(), world.worker.username)
    page = f"{base(world)}/reintegration"
    assert "asks for a safety plan" in worker.get(page).words()
    assert at_form(worker, f"{base(world)}/safety-plan", signs="He drinks.").status == 422
    sent = at_form(worker, f"{base(world)}/safety-plan", signs="He drinks.", steps="Goes to her aunt.")
    words = worker.follow(sent).words()
    assert "Goes to her aunt." in words
    assert "asks for a safety plan" not in words


def test_a_promise_is_made_and_settled(app: Flask, world: World, client: Browsers) -> None:
    worker = enter(client(), world.worker.username)
    sent = at_form(worker, f"{base(world)}/promises/new", what="A bicycle.", **day("due_on", 5))
    page = worker.follow(sent)
    assert "A bicycle." in page.words()
    [link] = [one.attrs["href"] for one in page.query("main a") if one.attrs["href"].endswith("/settle")]
    assert at_form(worker, link, state="not_kept", why="late").status == 422
    sent = at_form(worker, link, state="not_kept", why="late", told="It comes in May.")
    assert "It takes longer than we said" in worker.follow(sent).words()


def test_a_paper_of_the_stage_is_ticked_with_its_scan(app: Flask, world: World, client: Browsers) -> None:
    enter_stage(world.case, by=world.worker, stage="case_closure", since_on=world.case.opened_on)
    spooled = spool("scan.pdf", io.BytesIO(PDF), root_id=world.case.person_id)
    scan = add_document(world.case, spooled, by=world.worker, title="Signed review", data_class="needs_risk")
    worker = enter(client(), world.worker.username)
    assert worker.get(f"{base(world)}/stage-papers/a_poem").status in (303, 404)
    sent = at_form(worker, f"{base(world)}/stage-papers/closing_review", document_id=str(scan.id))
    page = worker.follow(sent)
    links = [one.attrs["href"] for one in page.query("main a")]
    assert f"{base(world)}/documents/{scan.id}" in links, links
    [undo] = [form.attrs["action"] for form in page.query("main form") if form.attrs["action"].endswith("/untick")]
    after = worker.follow(worker.post(undo, page.fields()))
    assert not after.query("main form[action$=untick]")


def test_the_printed_plan_says_nothing_of_us_or_of_the_past(app: Flask, world: World, client: Browsers) -> None:
    plan = start_plan(world.case, by=world.worker)
    goal = add_goal(plan, world.case, by=world.worker, domain="Livelihood", goal="My own shop.")
    promise(world.case, by=world.worker, what="A sewing machine.", by_whom="Us")
    worker = enter(client(), world.worker.username)
    sent = at_form(worker, f"{base(world)}/goals/{goal.id}/steps/new", action="Ask the bank.", **day("due_on", 5))
    page = worker.follow(sent)
    [mark] = [form.attrs["action"] for form in page.query("main form") if form.attrs["action"].endswith("/done")]
    assert "done on" in worker.follow(worker.post(mark, page.fields("main form[action$=done]"))).words()
    printed = worker.get(f"{base(world)}/plan/{plan.id}/print")
    words = printed.words()
    assert "My own shop." in words
    assert "Ask the bank." in words
    assert "A sewing machine." in words
    assert "My plan" in words
    for secret in (world.case.code, world.office.name, "Livelihood", "traffick", "reintegration"):
        assert secret not in words, secret
    db.session.get_one(Person, world.case.person_id).language = "khm"
    db.session.flush()
    khmer = worker.get(f"{base(world)}/plan/{plan.id}/print")
    assert khmer.query("html")[0].attrs["lang"] == "km"
