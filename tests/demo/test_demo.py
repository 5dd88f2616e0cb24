"""The demo: loaded once for each engine through the services, whole, repeatable, and every account gets in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from casework.access.models import Organisation, User
from casework.access.permissions import Actor
from casework.access.queries import actor_for, members, organisations, policies
from casework.access.service import demo as access
from casework.access.service import passwords
from casework.assistance.models import Consultation, Handout, LineAllocation, ServiceLine, Stay
from casework.audit.models import AuditEvent
from casework.audit.verify import verify
from casework.cases.models import (
    Approval,
    Case,
    CaseChange,
    CaseGroup,
    Exclusion,
    GroupMember,
    Note,
    Task,
)
from casework.cases.queries import visible_cases, visible_records
from casework.cases.queries.lists import find
from casework.cli import main
from casework.consent.models import ConsentEntry, VitalOpening
from casework.db import db, today, utcnow
from casework.demo import load as loading
from casework.demo import script
from casework.overview.queries.my_day import the_day
from casework.people.models import PersonFact
from casework.people.queries import names_of, stopped
from casework.referrals.models import Letter, Referral
from casework.referrals.queries import waiting_for_us
from casework.reintegration.models import Assessment, FollowUp, Trip
from casework.repatriation.models import Movement, ReturnPath, TravelPaper
from casework.reports.models import FrozenReport
from casework.vault import keys
from tests.client import Client
from tests.engines import Databases

LEAVING = ("/static", "/calendar", "/leave", "/sign-in")
"""Addresses that lead out of the program."""
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture(scope="module")
def played(engine_name: str, databases: Databases) -> Iterator[tuple[Flask, loading.Loaded]]:
    """A program on a database of its own with the demo in it, and what loading it did."""
    url = databases.copy(engine_name)
    program = databases.program(url)
    keys.install(keys.load(databases.keys))
    passwords.use_light_hashes()
    with program.app_context():
        done = loading.load()
    yield program, done
    databases.discard(program, url)


@pytest.fixture
def stage(played: tuple[Flask, loading.Loaded]) -> Iterator[Flask]:
    """The program with the demo, in its context."""
    program, _ = played
    with program.app_context():
        yield program
        db.session.remove()


def counted(column: Any) -> Counter[Any]:
    """How many rows there are of each value of a column."""
    rows = db.session.execute(select(column, func.count()).group_by(column)).all()
    return Counter({row[0]: row[1] for row in rows})


def how_many(model: Any, *conditions: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def by(username: str, office: str | None = None) -> Actor:
    return actor_for(username, office)


def test_five_offices_with_accounts_and_some_without(stage: Flask) -> None:
    with_users = organisations(with_users=True)
    assert {row.code for row in with_users} == {
        "MISSION-BKK", "MOSVY-POIPET", "DOSVY-BTB", "NGO-LOTUS", "NGO-RIVER",
    }  # fmt: skip
    assert all(members(row.id) for row in with_users)
    assert how_many(Organisation, Organisation.has_users.is_(False)) >= 4


def test_fourteen_accounts_and_every_role(stage: Flask) -> None:
    assert how_many(User) == 14
    assert how_many(User, User.is_demo) == 14
    held = [member.roles for row in organisations(with_users=True) for member in members(row.id)]
    assert {len(roles) for roles in held} == {1}
    assert {code for roles in held for code in roles} == set(policies())


def test_sixty_cases_in_every_station_and_every_office(stage: Flask, played: tuple[Flask, loading.Loaded]) -> None:
    assert played[1].cases == how_many(Case) == 60
    assert set(counted(Case.stage)) == {"identification", "return", "arrival", "reintegration", "closure"}
    assert len(counted(Case.owner_org_id)) == 5
    assert counted(Case.status)["closed"] >= 3
    assert set(counted(Case.identified_as)) == {"unknown", "presumed", "formal", "no_indication"}


def test_every_direction_and_three_countries(stage: Flask) -> None:
    paths = db.session.execute(select(ReturnPath.direction, ReturnPath.from_country, ReturnPath.to_country)).all()
    ways = {tuple(row) for row in paths}
    assert {("INBOUND", "THA", "KHM"), ("INBOUND", "MYS", "KHM")} < ways
    assert {("OUTBOUND", "KHM", "VNM"), ("DOMESTIC", "KHM", "KHM")} < ways
    assert {"open", "done"} <= set(counted(ReturnPath.state))


def test_some_things_are_late_some_due_today_some_in_others_hands(stage: Flask) -> None:
    now = utcnow()
    open_ones = Task.state == "open"
    late = set(db.session.scalars(select(Task.kind).where(open_ones, Task.due_at < now)))
    assert {"return_step", "follow_up", "risk_review", "stay_review", "referral_answer"} <= late
    assert how_many(Task, open_ones, Task.due_at >= now, Task.due_at < now + timedelta(hours=24)) > 0
    assert how_many(Task, open_ones, Task.waiting_since.is_not(None)) > 5
    assert how_many(Referral, Referral.status == "sent", Referral.due_at < now) >= 2


def test_the_particular_cases_are_there(stage: Flask) -> None:
    assert {"given", "refused", "withdrawn"} == set(counted(ConsentEntry.answer))
    moves = {(row.kind, row.status) for row in db.session.scalars(select(Referral))}
    assert {("transfer", "done"), ("transfer", "sent"), ("referral", "rejected")} <= moves
    waiting = set(db.session.scalars(select(Approval.kind).where(Approval.decision.is_(None))))
    assert {"plan", "closure", "vital"} <= waiting
    assert how_many(VitalOpening, VitalOpening.decision.is_(None), VitalOpening.ends_at > utcnow()) == 1
    assert how_many(Stay, Stay.left_on.is_(None), Stay.arrived_on < today() - timedelta(days=90)) >= 1
    assert stopped(list(db.session.scalars(select(PersonFact.person_id))))
    assert how_many(Exclusion) == 1
    assert how_many(CaseChange, CaseChange.what == "status", CaseChange.before == "closed") == 1
    assert {"health", "psychosocial", "legal", "case_note"} <= set(counted(Note.data_class))
    assert how_many(ServiceLine, ServiceLine.reverses_id.is_not(None)) >= 1
    assert len(counted(LineAllocation.fund_id)) == 4


def test_a_crew_of_eight_and_two_families(stage: Flask) -> None:
    sizes = db.session.execute(
        select(CaseGroup.kind, func.count(GroupMember.case_id))
        .join(GroupMember, GroupMember.group_id == CaseGroup.id)
        .group_by(CaseGroup.id, CaseGroup.kind)
    ).all()
    assert sorted(tuple(row) for row in sizes) == [("crew", 8), ("family", 3), ("family", 4)]


def test_what_was_done_was_done_in_its_time_and_the_log_holds(stage: Flask) -> None:
    assert verify() == []
    moments = db.session.execute(select(AuditEvent.stream_id, AuditEvent.at).order_by("stream_id", AuditEvent.seq))
    streams: dict[Any, Any] = {}
    for stream, moment in moments:
        assert streams.get(stream, moment) <= moment, "a chain that runs backwards in time"
        streams[stream] = moment
    assert all(moment <= utcnow() for moment in streams.values())
    assert how_many(AuditEvent, AuditEvent.at < utcnow() - timedelta(days=200)) > 50


def test_each_worker_sees_the_cases_of_the_own_work_and_no_other(stage: Flask) -> None:
    seen = {
        name: len(db.session.scalars(visible_cases(by(name))).all()) for name in ("sokha", "dara", "bopha", "rithy")
    }
    assert all(0 < count < 60 for count in seen.values()), seen
    for name in ("oudom", "nary", "samnang", "tevy"):
        assert db.session.scalars(visible_cases(by(name))).all() == []
    for name in ("pheap", "kanha", "sothea", "vuthy"):
        assert db.session.scalars(visible_cases(by(name))).all()


def test_a_search_finds_a_person_of_the_demo_in_both_scripts(stage: Flask) -> None:
    part = next(one for one in script.parts() if one.key == "d01")
    for text in (f"{part.given} {part.family}", script.given_names()[part.given]):
        found = find(by("rithy"), text)
        names = names_of([case.person_id for case in found])
        assert part.given in {one.latin_given for one in names.values()}
    assert find(by("bopha", "NGO-LOTUS"), "Nobody Ofthisname") == []


def test_all_names_say_that_they_are_invented(stage: Flask) -> None:
    names = names_of(list(db.session.scalars(select(Case.person_id))))
    families = set(script.table("names")["family"]) | {"Vidu"}
    assert len(names) == 60
    assert {one.latin_family for one in names.values()} <= families


def test_every_office_with_cases_has_somebody_who_coordinates_or_supervises(stage: Flask) -> None:
    for row in organisations(with_users=True):
        roles = {role for member in members(row.id) for role in member.roles}
        assert roles & {"coordinator", "supervisor", "mission_officer", "case_worker"}, row.code
    for code in ("NGO-LOTUS", "NGO-RIVER"):
        coordinator = by("samnang", code)
        assert db.session.scalars(visible_cases(coordinator)).all()
        assert waiting_for_us(coordinator, 5)


def test_the_clerk_has_cases_and_something_to_do(stage: Flask) -> None:
    clerk = by("chan")
    assert len(db.session.scalars(visible_cases(clerk)).all()) >= 3
    day = the_day(clerk, mine=True)
    assert day.move
    assert day.week


def test_every_account_signs_in_with_the_password_and_code_of_the_list(stage: Flask) -> None:
    listed = access.accounts()
    assert len({row.username for row in listed}) == len(listed) == 14
    assert all(row.password == access.PASSWORD and len(row.code) == 6 for row in listed)
    for username in sorted({row.username for row in listed}):
        browser = Client(stage)
        assert browser.fill("/sign-in", username=username, password=access.PASSWORD).status == 303, username
        page = browser.fill("/sign-in/code", code=access.code_for(username))
        for _ in range(4):
            if page.status == 303:
                page = browser.follow(page)
        assert page.status == 200, (username, page.status, page.location if page.status == 303 else "")


def test_a_person_of_two_offices_stands_once_on_the_list_with_both(
    stage: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(stage.config, "CASEWORK_DEMO", True)
    page = Client(stage).get("/sign-in")
    rows = [row for row in page.query("main tbody tr") if "vanna" in row.to_text()]
    assert len(rows) == 1
    text = " ".join(rows[0].to_text().split())
    assert text.index("Case worker, River Homeward (demo)") < text.index("Case worker, Provincial Social Affairs")


def test_loading_again_changes_nothing(stage: Flask) -> None:
    before = how_many(AuditEvent), how_many(Case), how_many(User)
    assert loading.load() == loading.Loaded()
    assert (how_many(AuditEvent), how_many(Case), how_many(User)) == before


def test_a_refused_step_leaves_nothing_behind(live_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [one for one in script.parts() if one.key == "d01"]
    monkeypatch.setattr(loading, "parts", lambda: first)
    monkeypatch.setitem(loading.VERBS, "needs", lambda scene, by, step: scene.labels["never said"])
    passwords.use_light_hashes()
    with live_app.app_context():
        with pytest.raises(loading.Stumbled, match=r"d01.*needs"):
            loading.load()
        assert how_many(Case) == how_many(User) == how_many(Organisation) == 0


def test_the_demo_is_not_for_production(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DATABASE_URL", "CASEWORK_KEYS", "CASEWORK_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CASEWORK_DATA", str(tmp_path_factory.mktemp("real") / "data"))
    monkeypatch.setenv("CASEWORK_MODE", "production")
    monkeypatch.setenv("CASEWORK_PROXY", "1")
    assert main(["prepare"]) == 0
    for words in (["demo", "load"], ["demo", "accounts"]):
        assert main(words) == 2
        assert "demo mode only" in capsys.readouterr().err


def _row(by: Actor, model: Any, *conditions: Any) -> Any:
    """The newest record of a kind that somebody may see."""
    row = db.session.scalars(visible_records(by, model).where(*conditions).order_by(model.id.desc()).limit(1)).first()
    assert row is not None, model.__name__
    return row


def pages() -> list[tuple[str, str, str]]:
    """(account, address, what a row of its page is): a page of each step with the one who would open it."""
    handout = db.session.scalars(select(Handout).where(Handout.group_id.is_not(None)).order_by(Handout.id)).first()
    assert handout is not None
    assert handout.group_id is not None
    trip, report = db.session.scalars(select(Trip)).one(), db.session.scalars(select(FrozenReport)).one()
    journey, letter = db.session.scalars(select(Movement)).one(), _letter_for_two()
    health = _row(by("pheap"), Consultation, Consultation.data_class == "health").case_id
    talks = _row(by("sothea"), Consultation, Consultation.data_class == "psychosocial").case_id
    assessed = _row(by("vanna"), Assessment)
    outcomes = _row(by("vanna"), FollowUp, FollowUp.template == "standard_M06", FollowUp.state == "done").case_id
    ends = TravelPaper.valid_until.between(today(), today() + timedelta(days=14))
    paper = _row(by("sokha"), TravelPaper, ends)
    return [
        ("bopha", "/beds", "main a[href^='/cases/']"),
        ("nary", "/settings/houses", "main table tbody tr"),
        ("nary", "/settings/funds", "main table tbody tr"),
        ("sokha", f"/groups/{handout.group_id}", "main a[href^='/cases/']"),
        ("sokha", f"/hand-outs/{handout.id}", "main a[href^='/cases/']"),
        ("pheap", f"/cases/{health}/health", "section[aria-labelledby=sessions] article"),
        ("sothea", f"/cases/{talks}/psychosocial", "section[aria-labelledby=sessions] article"),
        ("sokha", "/journeys", "main table tbody tr"),
        ("sokha", f"/journeys/{journey.id}", "main table tbody tr"),
        ("sokha", "/returns", "main table tbody tr"),
        ("sokha", f"/cases/{paper.case_id}/return", "section[aria-labelledby=papers] li.cw-event"),
        ("sokha", "/letters", "main table tbody tr"),
        ("sokha", "/letters?box=in", "main table tbody tr"),
        ("sokha", f"/letters/{letter.id}", "main table tbody tr"),
        ("vanna", f"/cases/{assessed.case_id}/assessment/{assessed.id}", "main ul.govuk-list strong.cw-tag"),
        ("vanna", f"/cases/{outcomes}/outcomes", "main table tbody tr"),
        ("vanna", "/visits", "main a[href^='/trips/']"),
        ("vanna", f"/trips/{trip.id}", "main a[href^='/cases/']"),
        ("dara", "/reports/frozen", "main table tbody tr"),
        ("dara", f"/reports/frozen/{report.id}", "main table tbody tr"),
        ("dara", "/reports/referrals", "main a[href*='status=sent']"),
        ("bopha", "/reports/persons", "main table tbody tr"),
    ]


def _letter_for_two() -> Letter:
    lines = select(Referral.letter_id).group_by(Referral.letter_id).having(func.count() == 2)
    return db.session.scalars(select(Letter).where(Letter.id.in_(lines))).one()


def test_no_page_of_a_step_stands_empty(stage: Flask) -> None:
    inside: dict[str, Client] = {}
    empty = []
    for username, address, row in pages():
        if username not in inside:
            inside[username] = signed_in(stage, username)
        page = inside[username].get(address)
        if page.status != 200 or not page.query(row):
            empty.append((username, address, page.status, page.words()[:200] if page.status == 200 else ""))
    assert empty == []


def signed_in(stage: Flask, username: str) -> Client:
    """A browser in which an account of the demo has signed in."""
    browser = Client(stage)
    browser.fill("/sign-in", username=username, password=access.PASSWORD)
    landed = browser.fill("/sign-in/code", code=access.code_for(username))
    while landed.status == 303:
        landed = browser.follow(landed)
    return browser


@pytest.mark.one_engine
def test_every_link_of_every_account_leads_somewhere(stage: Flask) -> None:
    """As somebody would who clicks on all there is: two addresses of each kind, to where no new kind comes."""
    opened, wrong = 0, []
    for username in sorted({row.username for row in access.accounts()}):
        browser, todo, kinds = signed_in(stage, username), ["/"], Counter[str]()
        for address in todo:
            page = browser.get(address)
            if page.status not in (200, 303):
                wrong.append((username, address, page.status))
            follow = [page.location] if page.status == 303 else []
            if page.tree is not None and page.status == 200:
                follow = [link.attrs["href"] for link in page.query("a[href]")]
            for link in follow:
                kind = ID.sub("*", link.partition("?")[0])
                if link.startswith("/") and link not in todo and kinds[kind] < 2 and not kind.startswith(LEAVING):
                    kinds[kind] += 1
                    todo.append(link)
        opened += len(todo)
    assert wrong == []
    assert opened > 1_000
