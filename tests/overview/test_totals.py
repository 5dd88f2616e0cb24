"""Totals: counted rightly, small numbers withheld, nothing that leads to a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from casework.access.models import OrganisationProvince
from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.codes.dates import PartialDate, Precision
from casework.codes.queries import choices
from casework.db import at, db, today, utcnow
from casework.identification.models import Screening
from casework.overview.queries import totals as queries
from casework.people.models import Person
from tests import factories, scenes
from tests.client import Client
from tests.overview.counting import statements

Desk = Callable[[Actor], Client]
GROWN = PartialDate(date(1990, 5, 4), date(1990, 5, 4), Precision.DAY)
CHILD = PartialDate(date(2019, 5, 4), date(2019, 5, 4), Precision.DAY)


@pytest.fixture
def worker(session: Any) -> Actor:
    return scenes.user(scenes.office(), "case_worker")


@pytest.fixture
def observer(session: Any) -> Actor:
    return factories.actor("observer")


def cases(by: Actor, number: int, *, days: int = 40, **person: Any) -> list[Case]:
    """So many cases, opened some days ago."""
    with at(utcnow() - timedelta(days=days)):
        values = {"birth": GROWN, "sex": "female"} | person
        return [scenes.case(by, person_id=scenes.person(by, **values)) for _ in range(number)]


def table(by: Actor, name: str) -> dict[str, int | None]:
    return {code: value for code, value in queries.totals(by).tables[name] if value != 0}


def test_all_offices_are_counted_by_stage_sex_and_age(worker: Actor, observer: Actor) -> None:
    cases(worker, 12)
    cases(scenes.user(scenes.office(), "case_worker"), 15, sex="male", birth=CHILD)
    found = queries.totals(observer)
    assert found.total == 25
    assert table(observer, "sex") == {"female": 12, "male": 15}
    assert table(observer, "age") == {"child": 15, "adult": 12}
    assert table(observer, "stage") == {"identification": 27}
    assert table(observer, "form") == {"unknown": 27}
    assert sum(value or 0 for value in table(observer, "month").values()) == 27


def test_small_numbers_and_what_would_tell_them_are_withheld(worker: Actor, observer: Actor, desk: Desk) -> None:
    cases(worker, 30)
    cases(worker, 3, sex="male")
    assert table(observer, "sex") == {"female": None, "male": None}
    page = desk(observer).get("/totals")
    assert page.status == 200
    assert "33" not in page.query("table")[1].to_text()
    assert "withheld" in page.words()


def test_a_case_of_this_month_is_not_counted_yet(worker: Actor, observer: Actor) -> None:
    cases(worker, 11)
    before = queries.totals(observer)
    cases(worker, 20, days=0)
    after = queries.totals(observer)
    assert before == after
    assert after.until == today().replace(day=1) - timedelta(days=1)


def test_forms_come_from_finished_screenings_and_several_are_one_of_their_own(worker: Actor, observer: Actor) -> None:
    forms = {code.extra["report_form"]: code.code for code in choices("exploitation_type") if code.extra["report_form"]}
    for number, case in enumerate(cases(worker, 36)):
        wanted = (("labour",), ("sexual",), ("labour", "sexual"))[number % 3]
        screened(case, worker, [forms[form] for form in wanted])
    for case in cases(worker, 12):
        screened(case, worker, [forms["labour"]], state="open")
    assert table(observer, "form") == {"labour": 12, "sexual": 12, "several": 12, "unknown": 12}


def screened(case: Case, by: Actor, codes: list[str], state: str = "finished") -> None:
    """A screening with what was noted, put beside the service: only its codes matter here."""
    from_columns = Screening.__table__.c
    row = Screening(case_id=case.id, author_org_id=by.organisation_id, author_user_id=by.user_id,
                    data_class="trafficking_history", state=state, source="said", started_at=utcnow())  # fmt: skip
    defaults = {"country": "THA", "language": "khm", "present": "nobody", "interpreter": False, "provenance": "here"}
    for name, value in defaults.items():
        if name in from_columns:
            setattr(row, name, value)
    if "finished_at" in from_columns and state == "finished":
        row.finished_at = utcnow()
    db.session.add(row)
    db.session.flush()
    for code in codes:
        db.session.add(
            queries.ScreeningIndicator(screening_id=row.id, list="exploitation_type", code=code, noted_at=utcnow())
        )
    db.session.flush()


def test_an_office_of_a_province_counts_its_province(worker: Actor, observer: Actor) -> None:
    db.session.add(OrganisationProvince(organisation_id=observer.organisation_id, province="02"))
    there, _ = cases(worker, 14), cases(worker, 14)
    for case in there:
        db.session.get_one(Person, case.person_id).origin_province = "02"
    db.session.flush()
    assert queries.totals(observer).total == 15
    assert table(observer, "sex") == {"female": 14}


def test_an_unpublished_import_is_not_counted(worker: Actor, observer: Actor) -> None:
    made = cases(worker, 24)
    for case in made[:12]:
        case.published = False
    db.session.flush()
    assert table(observer, "sex") == {"female": 12}


def test_only_observers_see_totals_and_they_see_nothing_else(worker: Actor, observer: Actor, desk: Desk) -> None:
    (case,) = cases(worker, 1)
    assert desk(worker).get("/totals").status == 403
    browser = desk(observer)
    assert browser.get(f"/cases/{case.id}").status == 403
    page = browser.get("/totals")
    assert case.code not in page.text
    assert not page.query("main a")


def test_two_statements_whatever_is_counted(worker: Actor, observer: Actor) -> None:
    cases(worker, 3)
    queries.totals(observer)
    with statements() as sent:
        queries.totals(observer)
    assert len(sent) == 2
