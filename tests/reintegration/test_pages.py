"""Pages of reintegration, as a worker and a supervisor use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from casework.cases.models import Approval
from casework.codes.dates import UNKNOWN
from casework.db import at, db, today, utcnow
from casework.people.queries import get_person
from casework.people.service import ContactData, add_contact
from casework.reintegration.models import FollowUp
from casework.reintegration.service import note_fact, plan_visit, plan_visits
from tests.assistance.world import World
from tests.client import Client, Page
from tests.signin import enter

Browsers = Callable[[], Client]


def at_form(client: Client, path: str, **values: object) -> Page:
    """Open the fresh form at `path`, fill it and send it."""
    opened = client.get(path)
    assert opened.status == 303, opened.status
    return client.fill(opened.location, **values)


def day(name: str, ahead: int = 0) -> dict[str, str]:
    """The three boxes of a date field."""
    value = today() + timedelta(days=ahead)
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def base(world: World) -> str:
    return f"/cases/{world.case.id}"


def test_a_plan_goes_from_the_person_to_the_supervisor_and_back(app: Flask, world: World, client: Browsers) -> None:
    worker, boss = enter(client(), world.worker.username), enter(client(), world.supervisor.username)
    started = at_form(worker, f"{base(world)}/plan/new")
    plan = started.location
    for goal in ("My own sewing shop.", "My papers."):
        page = at_form(worker, f"{plan}/goals/new", domain="Livelihood", goal=goal)
        assert page.status == 303, page.words()
    page = worker.get(plan)
    remove = [form for form in page.query("main form") if form.attrs["action"].endswith("/remove")][-1]
    assert worker.post(remove.attrs["action"], page.fields()).status == 303
    page = worker.get(plan)
    assert "My papers." not in page.words()
    send = page.query("main form")[-1].attrs["action"]
    assert "waiting for approval" in worker.follow(worker.post(send, page.fields())).words()
    approval = db.session.scalars(select(Approval)).one()
    path = f"{base(world)}/decide/{approval.id}"
    assert worker.get(path).status == 403
    opened = boss.get(path)
    assert "My own sewing shop." in boss.get(opened.location).words()
    assert boss.fill(opened.location, decision="returned", reason="").status == 422
    assert at_form(boss, path, decision="approved").status == 303
    page = worker.get(plan)
    assert "approved" in page.words()
    reached = next(form for form in page.query("main form") if form.attrs["action"].endswith("/reached"))
    assert "reached" in worker.follow(worker.post(reached.attrs["action"], page.fields())).words()


def test_a_visit_is_recorded_with_two_fields_and_the_rule_comes_first(
    app: Flask, world: World, client: Browsers
) -> None:
    add_contact(
        get_person(world.case.person_id),
        ContactData(
            channel="voice_call",
            number="012 000 111",
            phone_owner="self",
            name_to_use="Auntie Test",
            unsafe_persons="the neighbour",
        ),
        by=world.worker,
    )
    visit = plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    worker = enter(client(), world.worker.username)
    opened = worker.get(f"{base(world)}/visits/{visit.id}/record")
    words = worker.get(opened.location).words()
    assert words.index("Auntie Test") < words.index("How things are")
    assert "the neighbour" in words
    page = worker.fill(opened.location, situation="Works in the shop of her aunt.")
    assert page.status == 303, page.words()
    assert "Works in the shop of her aunt." in worker.follow(page).words()


def test_scores_are_asked_at_the_start_and_at_six_months_and_not_between(
    app: Flask, world: World, client: Browsers
) -> None:
    rows = plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today())
    worker = enter(client(), world.worker.username)
    by_template = {row.template: row for row in rows}
    first = worker.follow(worker.get(f"{base(world)}/visits/{by_template['standard_W01'].id}/record"))
    assert first.query("input[name=score_safety]")
    early = worker.follow(worker.get(f"{base(world)}/visits/{by_template['standard_W02'].id}/record"))
    assert not early.query("input[name=score_safety]")
    page = at_form(
        worker, f"{base(world)}/visits/{by_template['standard_M06'].id}/record", situation="Well.", score_safety="3"
    )
    assert "Safety 3" in worker.follow(page).words()


def test_missed_moved_and_tried_are_each_one_form(app: Flask, world: World, client: Browsers) -> None:
    one = plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    two = plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    worker = enter(client(), world.worker.username)
    path = f"{base(world)}/visits"
    assert at_form(worker, f"{path}/{one.id}/missed", result="not_found").status == 422
    page = at_form(worker, f"{path}/{one.id}/missed", result="not_found", note="House closed.", **day("again_on", 3))
    assert "House closed." in worker.follow(page).words()
    assert at_form(worker, f"{path}/{two.id}/move", reason="person_asked", **day("due_on", 5)).status == 303
    assert at_form(worker, f"{base(world)}/attempts/new").status == 303
    assert "Tried 2 times" in worker.get(f"{base(world)}/reintegration").words()


def test_an_old_page_of_a_visit_shows_both_versions(app: Flask, world: World, client: Browsers) -> None:
    visit = plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    worker = enter(client(), world.worker.username)
    opened = worker.get(f"{base(world)}/visits/{visit.id}/move").location
    old = worker.get(opened).fields()
    assert at_form(worker, f"{base(world)}/visits/{visit.id}/move", reason="office", **day("due_on", 9)).status == 303
    assert worker.post(opened, old | {"reason": "office"} | day("due_on", 4)).status == 409
    assert db.session.get_one(FollowUp, visit.id).due_on == today() + timedelta(days=9)


def test_visits_are_planned_and_one_comes_by_itself(app: Flask, world: World, client: Browsers) -> None:
    worker = enter(client(), world.worker.username)
    assert at_form(worker, f"{base(world)}/visits/plan", rhythm="standard", **day("home_on")).status == 303
    assert at_form(worker, f"{base(world)}/visits/plan", rhythm="light", **day("home_on")).status == 422
    assert at_form(worker, f"{base(world)}/visits/add", mode="safe_call", **day("due_on", 1)).status == 303
    assert at_form(worker, f"{base(world)}/visits/came", situation="Asked for the bus fare.").status == 303
    words = worker.get(f"{base(world)}/reintegration").words()
    assert "Asked for the bus fare." in words
    assert at_form(worker, f"{base(world)}/stage", stage="integration").status == 303


@pytest.mark.parametrize(
    ("kind", "words"), [("dead", "has died"), ("missing", "is missing"), ("did_not_arrive", "did not arrive")]
)
def test_a_fact_is_said_with_dignity_and_stops_the_buttons(
    app: Flask, world: World, client: Browsers, kind: str, words: str
) -> None:
    plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    worker = enter(client(), world.worker.username)
    page = at_form(worker, f"{base(world)}/what-happened/{kind}", source="phone", known="Her aunt called.", kin="told")
    shown = worker.follow(page)
    assert words in shown.words()
    assert "Her aunt called." in shown.words()
    assert not [link for link in shown.query("main a") if "/visits/" in link.attrs["href"]]
    assert at_form(worker, f"{base(world)}/visits/came", situation="x").status == 422


def test_found_brings_them_back(app: Flask, world: World, client: Browsers) -> None:
    plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    note_fact(world.case, by=world.worker, kind="missing", occurred=UNKNOWN)
    with at(utcnow() + timedelta(seconds=5)):
        worker = enter(client(), world.worker.username)
        shown = worker.follow(at_form(worker, f"{base(world)}/what-happened/found", reason="seen", source="seen"))
        assert [link for link in shown.query("main a") if link.attrs["href"].endswith("/record")]


def test_a_case_is_closed_and_opened_again_on_its_pages(app: Flask, world: World, client: Browsers) -> None:
    worker, boss = enter(client(), world.worker.username), enter(client(), world.supervisor.username)
    path = f"{base(world)}/closure"
    values = {"reason": "goals_met_agreed", "person_view": "agrees", "situation": "Lives with her sister."}
    assert at_form(worker, path, **values).status == 422
    page = at_form(worker, path, **values, recontact="yes", goals="goals_all", living="lives_family")
    assert page.status == 303, page.words()
    approval = db.session.scalars(select(Approval)).one()
    decision = boss.get(f"{base(world)}/decide/{approval.id}")
    assert "Lives with her sister." in boss.get(decision.location).words()
    assert boss.fill(decision.location, decision="approved").status == 303
    assert db.session.merge(world.case).status == "closed"
    assert at_form(worker, f"{base(world)}/reopen", reason="asked_for_help").status == 303


def test_a_stranger_gets_the_same_as_for_nothing(app: Flask, world: World, client: Browsers) -> None:
    visit = plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    stranger = enter(client(), world.stranger.username)
    for path in (
        "reintegration", "plan/new", f"plan/{visit.id}", "stage", "visits/plan", "visits/add", "visits/came",
        f"visits/{visit.id}/record", f"visits/{visit.id}/missed", f"visits/{visit.id}/move", "attempts/new",
        "what-happened/dead", "what-happened/found", "closure", "reopen", "visits/own", "place",
        "threats/new", "outcomes",
    ):  # fmt: skip
        assert stranger.get(f"{base(world)}/{path}").status == 404, path
