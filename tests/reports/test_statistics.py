"""Statistics equal an independent count; observers get no small number and nothing from which one follows."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, event, insert, update

from casework.access.models import OrganisationProvince
from casework.access.permissions import Actor
from casework.cases.models import Case, CaseStatistic, CaseStatisticForm
from casework.cases.service import exclude
from casework.cases.suppression import LEAST
from casework.consent.models import ConsentEntry
from casework.db import at, db, utcnow, uuid7
from casework.people.models import Person
from casework.reports import queries
from casework.reports.queries import CaseFilter
from casework.reports.tables import Combination, exact, withheld
from tests import factories as make
from tests import scenes
from tests.reports.world import NOW, World

PERIODS = {"2019": (date(2019, 1, 1), date(2019, 12, 31)), "2014-2018": (date(2014, 1, 1), date(2018, 12, 31)),
           "2026": (date(2026, 3, 4), date(2026, 3, 4)), "unknown": (None, None)}  # fmt: skip
REGIONS = ("Asia", "Europe", "unknown")


@dataclass
class Counted:
    """What the test knows of one case."""

    case_id: UUID
    period: str
    sex: str
    age: str
    origin: str
    where: str
    forms: frozenset[str]
    historical: bool


def counted(by: Actor, count: int, seed: int) -> list[Counted]:
    """Cases of one office with random statistics rows."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        with at(NOW - timedelta(days=100)):
            case = scenes.case(by)
        one = Counted(
            case.id, chance.choice(list(PERIODS)), chance.choice(("female", "male", "unknown")),
            chance.choice(("adult", "child", "unknown")), chance.choice(REGIONS), chance.choice(REGIONS),
            frozenset(chance.sample(("labour", "sexual", "other"), chance.randrange(3))), chance.random() < 0.4,
        )  # fmt: skip
        case.historical = one.historical
        db.session.flush()
        db.session.execute(delete(CaseStatistic).where(CaseStatistic.case_id == case.id))
        first, last = PERIODS[one.period]
        db.session.execute(insert(CaseStatistic).values(
            case_id=case.id, opened_from=first, opened_to=last, sex=one.sex, age_group=one.age,
            origin_region=one.origin, exploitation_region=one.where,
        ))  # fmt: skip
        for form in one.forms:
            db.session.execute(insert(CaseStatisticForm).values(case_id=case.id, form=form))
        made.append(one)
    db.session.commit()
    return made


def filled(rows: dict[str, int | None]) -> dict[str, int | None]:
    """The rows of a table that are not zero."""
    return {code: cases for code, cases in rows.items() if cases != 0}


def agrees(by: Actor, cases: list[Counted], wanted: CaseFilter | None = None) -> None:
    """Compare all tables with a count in Python."""
    found = queries.statistics(by, wanted)
    assert found.cases == len(cases)
    assert filled(found.tables["by_period"]) == Counter(one.period for one in cases)
    assert filled(found.tables["by_sex"]) == Counter(one.sex for one in cases)
    assert filled(found.tables["by_age_group"]) == Counter(one.age for one in cases)
    assert filled(found.tables["by_origin_region"]) == Counter(one.origin for one in cases)
    assert filled(found.tables["by_exploitation_region"]) == Counter(one.where for one in cases)
    assert filled(found.tables["by_form"]) == Counter(form for one in cases for form in one.forms or {"unknown"})
    assert filled(found.tables["by_kind"]) == Counter("historical" if c.historical else "running" for c in cases)
    crossed = Counter((form, one.sex, one.age) for one in cases for form in one.forms or {"unknown"})
    assert found.cross == crossed


def test_tables_equal_an_independent_count(world: World) -> None:
    statistician = make.actor("coordinator", at_office=make.office(), factor=True)
    worker = make.actor("case_worker", at_office=db.session.get_one(type(world.home), statistician.organisation_id))
    cases = counted(worker, 40, 1)
    agrees(statistician, cases)
    agrees(statistician, [one for one in cases if one.historical], CaseFilter("historical"))
    agrees(statistician, [one for one in cases if not one.historical], CaseFilter("running"))
    inside = [one for one in cases if one.period in ("2019", "2026")]
    agrees(statistician, inside, CaseFilter(first=date(2018, 6, 1)))
    agrees(statistician, [c for c in cases if c.period == "2014-2018"], CaseFilter("all", None, date(2018, 12, 31)))


def test_only_open_cases_of_the_office_are_counted(world: World) -> None:
    assert queries.statistics(world.coordinator).cases == len(world.ours)
    scenes.grant(world.theirs[0], world.home.id, ["assistance"])
    assert queries.statistics(world.coordinator).cases == len(world.ours)
    scenes.grant(world.theirs[0], world.home.id, ["statistics"])
    assert queries.statistics(world.coordinator).cases == len(world.ours) + 1
    scenes.grant(world.theirs[1], world.home.id, ["statistics"], reach="own")
    assert queries.statistics(world.coordinator).cases == len(world.ours) + 1
    boss = make.actor("supervisor", at_office=world.home)
    exclude(world.ours[0], user_id=world.coordinator.user_id, reason="related_to_person", by=boss)
    assert queries.statistics(world.coordinator).cases == len(world.ours)
    world.ours[1].published = False
    db.session.flush()
    assert queries.statistics(world.coordinator).cases == len(world.ours) - 1


def test_a_role_without_the_class_or_without_cases_counts_nothing(world: World) -> None:
    for role in ("clerk", "observer", "org_admin", "system_admin", "auditor"):
        assert queries.statistics(make.actor(role, at_office=world.home)).cases == 0


def test_statistics_take_one_statement(world: World) -> None:
    statements: list[str] = []

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", note)
    queries.statistics(world.coordinator)
    event.remove(connection, "before_cursor_execute", note)
    assert len(statements) == 1, statements


@pytest.fixture
def many(world: World) -> list[Case]:
    """Twenty-five cases of last month, besides the eight of the world."""
    with at(NOW - timedelta(days=40)):
        return [scenes.case(world.stranger) for _ in range(25)]


def test_observers_see_whole_elevens_of_finished_months(world: World, many: list[Case]) -> None:
    observer = make.actor("observer", at_office=make.office())
    assert queries.totals(observer).cases == 35  # 33 cases, to the nearest five
    scenes.case(world.stranger)  # of this month
    assert queries.totals(observer).cases == 35
    with at(NOW - timedelta(days=35)):
        late = [scenes.case(world.stranger) for _ in range(10)]
    assert queries.totals(observer).tables["by_sex"]["unknown"] == 33
    with at(NOW - timedelta(days=35)):
        scenes.case(world.stranger)
    assert queries.totals(observer).tables["by_sex"]["unknown"] == 44
    assert late


def test_who_said_no_to_statistics_is_left_out(world: World, many: list[Case]) -> None:
    observer = make.actor("observer", at_office=make.office())
    for answer, expected in (("refused", 22), ("given", 33)):
        now = utcnow()
        db.session.add(
            ConsentEntry(
                id=uuid7(),
                case_id=many[0].id,
                purpose="anonymised_statistics",
                answer=answer,
                recipient_kind="public",
                starts_at=now,
                ends_at=now + timedelta(days=365),
                form="written",
                giver="self",
                ground="consent",
                author_org_id=world.elsewhere.id,
                author_user_id=world.stranger.user_id,
                recorded_at=now + timedelta(seconds=expected),
            )
        )
        db.session.flush()
        assert queries.totals(observer).tables["by_sex"]["unknown"] == expected


def test_an_office_with_provinces_counts_only_those_who_come_from_there(world: World, many: list[Case]) -> None:
    observer = make.actor("observer", at_office=make.office())
    db.session.add(OrganisationProvince(organisation_id=observer.organisation_id, province="02"))
    db.session.flush()
    assert queries.totals(observer).cases == 0
    people = [case.person_id for case in many[:22]]
    db.session.execute(update(Person).where(Person.id.in_(people)).values(origin_province="02"))
    assert queries.totals(observer).tables["by_sex"]["unknown"] == 22


COMBINATIONS = st.lists(
    st.builds(
        Combination,
        st.sampled_from([2019, 2020]), st.sampled_from([2020, 2021]), st.sampled_from(["female", "male", "unknown"]),
        st.sampled_from(["adult", "child", "unknown"]), st.sampled_from(["Asia", "Europe"]), st.just("Asia"),
        st.booleans(), st.booleans(), st.booleans(), st.just(False), st.integers(1, 30),
    ),
    max_size=14,
)  # fmt: skip


@given(COMBINATIONS)
def test_no_small_number_is_shown_and_no_line_tells_one(combinations: list[Combination]) -> None:
    shown, true = withheld(combinations), exact(combinations)
    total = sum(one.cases for one in combinations)
    for table in (*shown.tables.values(), shown.cross):
        assert all(cases is None or cases == 0 or cases >= LEAST for cases in table.values())
        # What is withheld in a table with a shown total is at least eleven people.
        hidden = total - sum(cases or 0 for cases in table.values())
        if shown.cases is not None and None in table.values():
            assert hidden >= LEAST or total == 0
    for sex, cases in shown.tables["by_sex"].items():
        row = [cell for key, cell in shown.cross.items() if key[1] == sex]
        if cases is not None and None in row:
            assert cases - sum(cell or 0 for cell in row) >= LEAST
            assert row.count(None) > 1 or cases - sum(cell or 0 for cell in row) >= LEAST
    assert true.cases == total
    assert shown.cases is None or abs(shown.cases - total) <= 2 or total < 3
