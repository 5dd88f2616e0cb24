"""Pages of code lists and holidays: what is changed is kept with what stood before, and nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from casework.access.models import SettingHistory
from casework.audit.models import AuditEvent
from casework.codes import queries, service, workingdays
from casework.codes.catalogue import Kind, described, info
from casework.codes.models import CodeEntry
from casework.db import db
from tests import factories
from tests.client import Client
from tests.overview.counting import statements
from tests.signin import enter

Browsers = Callable[[], Client]
DONORS = "/administration/lists/donor"


@pytest.fixture
def root(app: Flask, client: Browsers) -> Client:
    queries.forget()
    service.seed()
    return enter(client(), factories.actor("system_admin", factor=True).username)


def test_every_list_has_a_name_and_a_place_on_the_page(root: Client) -> None:
    page = root.get("/administration/lists")
    lists = set(db.session.scalars(select(CodeEntry.list).distinct()))
    assert set(described()) <= lists
    assert len(page.query("main li a")) == len(lists)


@pytest.mark.parametrize("name", ["donor", "repatriation_step", "data_class", "indicator"])
def test_a_list_shows_all_its_codes_in_few_statements(root: Client, name: str) -> None:
    with statements() as asked:
        page = root.get(f"/administration/lists/{name}")
    assert len(page.query("tbody td a")) == len(queries.entries(name))
    assert len(asked) <= 12


def test_a_code_is_added_renamed_and_taken_out_of_use(root: Client) -> None:
    form = root.get(f"{DONORS}/new").location
    page = root.fill(form, label_en="Invented fund", label_km="មូលនិធិ", code="INVENTED")
    assert page.status == 303, page.words()
    path = page.location
    assert root.get(path).words("main h2") == "Invented fund"
    change = root.get(f"{path}/change").location
    assert root.fill(change, label_en="Fund of the river").status == 303
    fields = root.get(change).fields()
    fields.pop("active")
    assert root.post(root.get(f"{path}/change").location, fields).status == 303
    words = root.get(path).words()
    assert "Out of use" in words
    assert "Words in English: Invented fund → Fund of the river" in words
    assert "Offered on forms: yes → no" in words
    # A record that holds the code still says its words; no form offers it.
    assert queries.label("donor", "INVENTED") == "Fund of the river"
    assert "INVENTED" not in {code.code for code in queries.choices("donor")}
    acts = db.session.scalars(select(AuditEvent.action).where(AuditEvent.subject_kind == "code")).all()
    assert sorted(acts) == ["code.added", "code.edited", "code.edited"]


def test_a_code_changed_meanwhile_is_not_overwritten(root: Client) -> None:
    change = root.get(f"{DONORS}/codes/us_jtip/change").location
    fields = root.get(change).fields()
    assert root.fill(root.get(f"{DONORS}/codes/us_jtip/change").location, label_en="By another").status == 303
    page = root.post(change, {**fields, "label_en": "Mine"})
    assert page.status == 409
    assert "By another" in page.words()
    assert queries.label("donor", "us_jtip") == "By another"


@pytest.mark.parametrize("typed", [{"code": "a b"}, {"code": "us_jtip"}, {"code": ""}, {"label_en": " "}])
def test_a_wrong_code_gets_a_sentence_and_loses_nothing(root: Client, typed: dict[str, str]) -> None:
    values = {"label_en": "Kept words", "label_km": "ពាក្យ", "code": "NEW_ONE", **typed}
    page = root.fill(root.get(f"{DONORS}/new").location, **values)
    assert page.status == 422
    assert page.query(".govuk-error-message")
    assert page.fields()["label_km"] == "ពាក្យ"


def test_a_new_kind_of_help_says_its_class_of_data_and_keeps_it(root: Client) -> None:
    form = root.get("/administration/lists/service_type/new").location
    values = {"label_en": "Art group", "code": "art_group", "group": "psychosocial"}
    assert root.fill(form, **values).status == 422
    page = root.fill(form, **values, data_class="psychosocial")
    assert page.status == 303, page.words()
    assert queries.get("service_type", "art_group").extra["data_class"] == "psychosocial"
    assert "data_class" not in root.get(root.get(f"{page.location}/change").location).fields()


def test_fixed_lists_keep_their_codes_and_their_attributes(root: Client) -> None:
    assert info("data_class").kind is Kind.FIXED
    assert root.get("/administration/lists/data_class/new").status == 404
    change = root.get("/administration/lists/data_class/codes/health/change").location
    assert "active" not in root.get(change).fields()
    assert root.fill(change, label_en="Health of the person").status == 303
    assert queries.get("data_class", "health").extra["access_class"] == "health"
    again = root.get("/administration/lists/data_class/codes/health/change").location
    assert root.fill(again, active="yes").status == 422
    assert root.get("/administration/lists/nothing").status == 404
    assert root.get(f"{DONORS}/codes/nothing").status == 404


def test_the_template_of_a_visit_and_of_a_step_takes_new_days(root: Client) -> None:
    visit = root.get("/administration/lists/follow_up_schedule/codes/standard_W01/change").location
    assert root.fill(visit, offset_value="x").status == 422
    assert root.fill(visit, offset_value="", offset_unit="week").status == 422
    assert root.fill(visit, offset_value="10", offset_unit="day").status == 303
    first = queries.choices("follow_up_schedule")[0]
    assert (first.extra["offset_value"], first.extra["offset_unit"], first.extra["sequence"]) == ("10", "day", "1")
    step = root.get("/administration/lists/repatriation_step/codes/IN03_nationality/change").location
    assert root.fill(step, default_due_days="-3", owner="Ministry by the river").status == 303
    extra = queries.get("repatriation_step", "IN03_nationality").extra
    assert (extra["default_due_days"], extra["owner"], extra["direction"]) == ("-3", "Ministry by the river", "INBOUND")


def test_the_limit_of_an_urgency_moves_together_with_its_reminder_and_its_escalation(root: Client) -> None:
    change = root.get("/administration/lists/referral_priority/codes/emergency/change").location
    assert {"before_value": "12", "after_value": "12"}.items() <= root.get(change).fields().items()
    for typed in ({}, {"before_value": "3"}, {"after_value": "3"}, {"before_value": "6", "after_value": "3"}):
        page = root.fill(change, due_value="6", **typed)
        assert page.status == 422
        assert "Enter less than the time within which an answer is due." in page.words()
    assert root.fill(change, due_value="6", before_value="3", after_value="").status == 303
    extra = queries.get("referral_priority", "emergency").extra
    assert (extra["due_value"], extra["before_value"], extra["after_value"], extra["phone"]) == ("6", "3", "", "yes")
    assert "Remind so long before" in root.get("/administration/lists/referral_priority").words()


def test_a_step_that_the_program_works_with_stays_in_use_and_the_page_says_so(root: Client) -> None:
    steps = "/administration/lists/repatriation_step"
    page = root.get(f"{steps}/codes/IN05_decision/change").location
    assert "active" not in root.get(page).fields()
    assert "so it stays in use" in root.get(page).words()
    assert "so it stays in use" in root.get(f"{steps}/codes/IN05_decision").words()
    assert root.fill(page, default_due_days="9").status == 303
    row = queries.entry("repatriation_step", "IN05_decision")
    assert (row.active, queries.get("repatriation_step", row.code).extra["default_due_days"]) == (True, "9")
    kept = [row for row in root.get(steps).query("tbody tr") if "stays in use" in row.to_text()]
    assert len(kept) == 12
    assert "active" in root.get(root.get(f"{steps}/codes/IN06_document/change").location).fields()


def test_holidays_are_typed_in_taken_off_and_copied(root: Client) -> None:
    form = root.get("/administration/holidays/new?country=THA").location
    typed = {"day-day": "13", "day-month": "4", "day-year": "2026"}
    assert root.get(form).fields()["country"] == "THA"
    page = root.fill(form, label="Songkran", moves="yes", **typed)
    assert page.status == 303
    assert page.location.endswith("country=THA&year=2026")
    second = root.get("/administration/holidays/new?country=THA").location
    assert root.fill(second, label="Again", **typed).status == 422
    third = {"day-day": "6", "day-month": "12", "day-year": "2026"}
    assert root.fill(second, label="National day", **third).status == 303
    assert not workingdays.is_working(date(2026, 4, 13), "THA")
    page = root.fill("/administration/holidays?country=THA&year=2027", "form[action$='/copy']")
    assert page.status == 303
    # The day that follows the moon is not copied; what was taken off is not put back by a copy.
    assert [row.day for row in queries.holidays_in("THA", 2027)] == [date(2027, 12, 6)]
    assert root.fill("/administration/holidays?country=THA&year=2027", "form[action$='/off']").status == 303
    assert workingdays.is_working(date(2027, 12, 6), "THA")
    words = root.get("/administration/holidays?country=THA&year=2027").words()
    assert "taken off: a working day" in words
    assert "Kept free: yes → no" in words
    copied = root.fill("/administration/holidays?country=THA&year=2027", "form[action$='/copy']")
    assert copied.status == 400
    assert "no further holiday" in copied.words()
    assert root.fill("/administration/holidays?country=THA&year=2027", "form[action$='/on']").status == 303
    assert [row.active for row in queries.holidays_in("THA", 2027)] == [True]
    assert len(db.session.scalars(select(SettingHistory).where(SettingHistory.kind == "holiday")).all()) == 5


@pytest.mark.parametrize("asked", ["country=XYZ", "year=abc", "year=99999", "year=1", "country=", "year=២០២៧"])
def test_any_address_of_the_holidays_gives_a_page(root: Client, asked: str) -> None:
    assert root.get(f"/administration/holidays?{asked}").status == 200
