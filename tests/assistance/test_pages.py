"""Pages of help, as a worker uses them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from casework.assistance.models import EmergencyNeed, Fund, ServiceLine
from casework.assistance.service import record_help
from casework.db import db
from tests import factories
from tests.assistance.world import World
from tests.client import Client, Page
from tests.signin import enter

Browsers = Callable[[], Client]


def at_form(client: Client, path: str, **values: object) -> Page:
    """Open the fresh form at `path`, fill it and send it."""
    opened = client.get(path)
    assert opened.status == 303, opened.status
    return client.fill(opened.location, **values)


def lines() -> int:
    return db.session.scalar(select(func.count()).select_from(ServiceLine)) or 0


def test_logging_food_takes_a_service_and_a_button(app: Flask, world: World, client: Browsers) -> None:
    worker = enter(client(), world.worker.username)
    page = at_form(worker, f"/cases/{world.case.id}/help/new", service_type="cooked_meal")
    assert page.status == 303, page.words()
    ledger = worker.follow(page)
    assert "Cooked meal" in ledger.words()
    assert "1 meal" in ledger.words()


def test_the_same_again_takes_one_tap_and_a_double_tap_has_one_effect(
    app: Flask, world: World, client: Browsers
) -> None:
    record_help(world.case, by=world.worker, service_type="rice", quantity=2)
    worker = enter(client(), world.worker.username)
    page = worker.get(f"/cases/{world.case.id}/help")
    form = page.query("main form")[0]
    for _ in range(2):
        assert worker.post(form.attrs["action"], page.fields()).status == 303
    assert lines() == 2


def test_a_warning_keeps_what_was_typed_and_asks(app: Flask, world: World, client: Browsers) -> None:
    record_help(world.case, by=world.worker, service_type="dry_food", quantity=1)
    worker = enter(client(), world.worker.username)
    opened = worker.get(f"/cases/{world.case.id}/help/new")
    page = worker.fill(opened.location, service_type="dry_food", note="She has five children.")
    assert page.status == 422
    assert "Record anyway" in page.words()
    assert "She has five children." in page.words()
    sent = worker.post(opened.location, page.fields() | {"anyway": "yes"})
    assert sent.status == 303
    assert lines() == 2


def test_a_repeat_that_warns_leads_to_the_filled_form(app: Flask, world: World, client: Browsers) -> None:
    record_help(world.case, by=world.worker, service_type="dry_food", quantity=1)
    worker = enter(client(), world.worker.username)
    page = worker.get(f"/cases/{world.case.id}/help")
    sent = worker.post(page.query("main form")[0].attrs["action"], page.fields())
    form = worker.follow(worker.follow(sent))
    assert form.fields()["service_type"] == "dry_food"
    assert lines() == 1


def test_an_error_stands_beside_its_field_and_saves_nothing(app: Flask, world: World, client: Browsers) -> None:
    worker = enter(client(), world.worker.username)
    path = f"/cases/{world.case.id}/help/new"
    for wrong in (
        {"service_type": ""},
        {"service_type": "tb_screening"},
        {"service_type": "rice", "quantity": "0"},
        {"service_type": "rice", "quantity": "a lot"},
        {"service_type": "hygiene_kit", "quantity": "1.5"},
        {"service_type": "rice", "unit_cost": "2.555"},
        {"service_type": "rice", "provider_org_id": str(world.case.id)},
    ):
        page = at_form(worker, path, **wrong)
        assert page.status == 422, wrong
        assert page.query("#error-summary"), wrong
    assert lines() == 0


def test_a_cost_is_split_between_funds(app: Flask, world: World, client: Browsers) -> None:
    admin = factories.user("org_admin", at_office=world.office, factor=True)
    boss = enter(client(), admin.username)
    for project in ("North", "South"):
        page = at_form(boss, "/settings/funds/new", donor="us_prm", project=project)
        assert page.status == 303, page.words()
    assert "North" in boss.get("/settings/funds").words()
    north, south = db.session.scalars(select(Fund).order_by(Fund.project))
    worker = enter(client(), world.worker.username)
    shares = {"fund": str(north.id), "share": "60", "fund_2": str(south.id)}
    values = {"service_type": "rice", "unit_cost": "1.00", **shares}
    assert at_form(worker, f"/cases/{world.case.id}/help/new", **values, share_2="30").status == 422
    assert at_form(worker, f"/cases/{world.case.id}/help/new", **values, share_2="40").status == 303


def test_a_line_is_reversed_on_its_page(app: Flask, world: World, client: Browsers) -> None:
    line = record_help(world.case, by=world.worker, service_type="rice", quantity=2)
    worker = enter(client(), world.worker.username)
    page = at_form(worker, f"/cases/{world.case.id}/help/{line.id}/reverse", reason="twice")
    assert "reversed" in worker.follow(page).words()
    assert at_form(worker, f"/cases/{world.case.id}/help/{line.id}/reverse", reason="twice").status == 422


def test_the_first_hour_is_one_page(app: Flask, world: World, client: Browsers) -> None:
    worker = enter(client(), world.worker.username)
    page = at_form(worker, f"/cases/{world.case.id}/first-hour", food="given", bed="wanted")
    assert page.status == 303, page.words()
    assert "A bed for tonight: wanted" in worker.follow(page).words()
    assert db.session.scalar(select(func.count()).select_from(EmergencyNeed)) == 2
    assert at_form(worker, f"/cases/{world.case.id}/first-hour").status == 422


def test_a_stay_begins_and_ends(app: Flask, world: World, client: Browsers) -> None:
    worker = enter(client(), world.worker.username)
    page = at_form(worker, f"/cases/{world.case.id}/stays/new", place="House by the river", admission="agreed")
    stays = worker.follow(page)
    assert "House by the river" in stays.words()
    leave = next(link.attrs["href"] for link in stays.query("main a") if link.attrs["href"].endswith("/leave"))
    assert "Went home" in worker.follow(at_form(worker, leave, reason="went_home")).words()


def test_a_stranger_gets_the_same_as_for_nothing(app: Flask, world: World, client: Browsers) -> None:
    line = record_help(world.case, by=world.worker, service_type="rice", quantity=2)
    stranger = enter(client(), world.stranger.username)
    for path in ("help", "help/new", "first-hour", "stays", f"help/{line.id}/reverse"):
        assert stranger.get(f"/cases/{world.case.id}/{path}").status == 404
        assert stranger.get(f"/cases/{line.id}/{path}").status == 404


def test_caps_are_changed_by_the_system_administrator(app: Flask, world: World, client: Browsers) -> None:
    admin = factories.user("system_admin", factor=True)
    boss = enter(client(), admin.username)
    link = boss.get("/settings/caps").query("main tbody a")[0].attrs["href"]
    assert at_form(boss, link, max_per_day="2").status == 303
    assert at_form(boss, link, max_per_day="", min_interval_hours="").status == 422
    assert enter(client(), world.worker.username).get("/settings/caps").status == 403
