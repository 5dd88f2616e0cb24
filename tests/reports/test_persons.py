"""Persons helped, counted once each: equal to sets of persons made by plain loops over what the test wrote."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert

from casework.assistance.models.funds import Fund, LineAllocation
from casework.assistance.models.lines import ServiceLine
from casework.cases.models import Case, CaseStatistic
from casework.db import at, db, uuid7
from casework.people.kinds import SEXES
from casework.people.models import Person
from casework.reports.queries.indicators import Period
from casework.reports.queries.persons import AGES, age_of, persons
from tests.client import Client
from tests.overview.counting import statements
from tests.reports.world import NOW, World
from tests.signin import enter

MAY = datetime(2026, 5, 5, 3, tzinfo=UTC)
PERIOD = Period(date(2026, 4, 1), date(2026, 6, 30))
SERVICES = ("rice", "shelter_night", "cooked_meal")
DONORS = ("us_prm", "us_jtip", "idf")
Row = dict[str, Any]


class Year:
    """Cases of one office with help of a year, from three funds; `rows` is what stands, as the test knows it."""

    def __init__(self, world: World, cases: int, seed: int) -> None:
        self.world, self.dice = world, random.Random(seed)
        self.people: dict[UUID, tuple[str, str]] = {}
        self.rows: list[Row] = []
        self.lines: list[Row] = []
        self.shares: list[Row] = []
        self.funds = [self._fund(donor) for donor in DONORS]
        self.cases = [world.case(world.worker) for _ in range(cases)]
        for case in self.cases:
            self._person(case)
            for _ in range(self.dice.randrange(6)):
                self._line(case)
        db.session.flush()
        db.session.execute(insert(ServiceLine), self.lines)
        db.session.execute(insert(LineAllocation), self.shares)
        db.session.flush()

    def _fund(self, donor: str) -> Fund:
        row = Fund(
            id=uuid7(), org_id=self.world.home.id, donor=donor, project="P", currency="USD", starts_on=NOW.date()
        )
        db.session.add(row)
        db.session.flush()
        return row

    def _person(self, case: Case) -> None:
        person = db.session.get_one(Person, case.person_id)
        person.sex = self.dice.choice(list(SEXES))
        born = self.dice.choice((1980, 2012, 2019, None))
        person.birth_year = born
        person.birth_precision = "unknown" if born is None else "year"
        person.minor_until = date(2060, 12, 31) if born is None else date(born + 18, 12, 31)
        bands = {1980: "18+", 2012: "12-17", 2019: "0-11", None: "unknown"}
        self.people[case.person_id] = (person.sex, bands[born])

    def _line(self, case: Case) -> None:
        day = date(2026, 1, 1) + timedelta(days=self.dice.randrange(300))
        back = self.dice.random() < 0.2
        other = self.dice.random() < 0.1
        line = {
            "id": uuid7(), "case_id": case.id, "author_org_id": self.world.partner.id if other else self.world.home.id,
            "author_user_id": self.world.worker.user_id, "data_class": "assistance", "source": "said",
            "recorded_at": NOW, "occurred_at": datetime(day.year, day.month, day.day, 3, tzinfo=UTC),
            "service_type": self.dice.choice(SERVICES), "quantity": 100, "unit": "kilogram", "receipt": "none",
            "over_cap": False, "given_by": self.world.worker.user_id, "unit_cost": 5, "cost": 500, "currency": "USD",
            "reverses_id": None, "reversal_reason": None,
        }  # fmt: skip
        self.lines.append(line)
        funds = self.dice.sample(self.funds, self.dice.randrange(3))
        for fund in funds:
            self.shares.append({"line_id": line["id"], "fund_id": fund.id, "share": 10_000 // len(funds), "amount": 1})
        if back:
            gone = {
                "id": uuid7(),
                "quantity": -100,
                "cost": -500,
                "reverses_id": line["id"],
                "reversal_reason": "twice",
            }
            self.lines.append({**line, **gone, "reversal_reason": "twice"})
        elif not other and PERIOD.first <= day <= PERIOD.last:
            donors = [fund.donor for fund in funds] or ["none"]
            self.rows.append({"person": case.person_id, "service": line["service_type"], "donors": donors})


@pytest.fixture
def year(world: World) -> Year:
    return Year(world, 60, seed=4)


def test_persons_equal_sets_made_by_hand(year: Year) -> None:
    by_service: dict[str, set[UUID]] = defaultdict(set)
    by_donor: dict[str, set[UUID]] = defaultdict(set)
    for one in year.rows:
        by_service[one["service"]].add(one["person"])
        for donor in one["donors"]:
            by_donor[donor].add(one["person"])
    helped = {one["person"] for one in year.rows}
    found = persons(year.world.coordinator, PERIOD)
    assert found is not None
    assert found.whole == len(helped) > 20
    assert found.tables["service"] == {code: len(people) for code, people in by_service.items()}
    assert found.tables["donor"] == {code: len(people) for code, people in by_donor.items()}
    crossed = {f"{sex}/{age}": sum(year.people[one] == (sex, age) for one in helped) for sex in SEXES for age in AGES}
    assert found.tables["sex_age"] == crossed
    assert sum(found.tables["age"].values()) == sum(found.tables["sex"].values()) == found.whole


def said_of(year: Year, answers: dict[UUID, str]) -> None:
    """What the health checks of the cases said, by person."""
    for one in year.cases:
        db.session.get_one(CaseStatistic, one.id).disability = answers.get(one.person_id, "yes")
    db.session.flush()


def test_disability_is_counted_once_for_each_person_and_rounded(year: Year) -> None:
    helped = sorted({one["person"] for one in year.rows})
    said_of(year, {person: "yes" if place < 12 else "no" for place, person in enumerate(helped)})
    # A later case of one of them, where nobody asked: the line of help stands on both.
    first = next(one for one in year.cases if one.person_id == helped[0])
    second = year.world.case(year.world.worker)
    second.person_id = first.person_id
    db.session.flush()
    line = next(one for one in year.lines if one["case_id"] == first.id and one["author_org_id"] == first.owner_org_id)
    db.session.execute(insert(ServiceLine), [{**line, "id": uuid7(), "case_id": second.id, "occurred_at": MAY,
                                              "reverses_id": None, "reversal_reason": None, "quantity": 100,
                                              "cost": 500}])  # fmt: skip
    found = persons(year.world.coordinator, PERIOD)
    assert found is not None
    assert found.whole == len(helped) >= 24
    without = len(helped) - 12
    assert found.disability == {"yes": 10, "no": (without + 2) // 5 * 5, "unknown": 0}


def test_few_with_a_disability_are_withheld_and_follow_from_nothing(year: Year) -> None:
    helped = sorted({one["person"] for one in year.rows})
    said_of(year, {person: "yes" if place < 3 else "no" for place, person in enumerate(helped)})
    found = persons(year.world.coordinator, PERIOD)
    assert found is not None
    assert found.disability == {"yes": None, "no": None, "unknown": 0}
    assert not [one for one in found.measures() if one.key == "persons_disability" and one.part != "unknown"]


def test_one_donor_counts_what_that_donor_paid(year: Year) -> None:
    for donor in (*DONORS, "none"):
        paid = {one["person"] for one in year.rows if donor in one["donors"]}
        found = persons(year.world.coordinator, PERIOD, donor)
        assert found is not None
        assert found.whole == len(paid)


def test_who_reads_no_help_counts_nobody(year: Year) -> None:
    by = year.world.coordinator
    assert persons(replace(by, classes=by.classes - {"assistance"}), PERIOD) is None
    found = persons(year.world.partner_worker, PERIOD)
    assert found is not None
    assert found.whole == 0


@pytest.mark.parametrize(
    ("year", "until", "day", "band"),
    [
        (2008, date(2026, 12, 31), date(2026, 12, 31), "12-17"),
        (2008, date(2026, 12, 31), date(2027, 1, 1), "18+"),
        (2015, date(2033, 12, 31), date(2026, 5, 1), "0-11"),
        (2014, date(2032, 12, 31), date(2026, 5, 1), "12-17"),
        (None, date(2060, 12, 31), date(2026, 5, 1), "unknown"),
    ],
)
def test_who_could_be_a_child_is_one(year: int | None, until: date, day: date, band: str) -> None:
    assert age_of(year, until, day) == band


def test_the_page_counts_with_few_statements(year: Year, client: Callable[[], Client]) -> None:
    with at(NOW):
        browser = enter(client(), year.world.coordinator.username)
        path = "/reports/persons?first-day=1&first-month=4&first-year=2026&last-day=30&last-month=6&last-year=2026"
        browser.get(path)
        with statements() as sent:
            page = browser.get(path)
        assert len(sent) <= 9, sent
        found = persons(year.world.coordinator, PERIOD)
        assert found is not None
        assert f"Persons helped {found.whole}" in page.words()
        assert browser.get(f"{path}&donor=none").status == 200
        assert browser.get("/reports/persons?first-day=40").status == 422
