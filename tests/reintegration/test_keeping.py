"""Outcomes over time, tries before contact counts as lost, how long data are kept, facts with what is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from casework.audit import erasure
from casework.cases.models import Approval, Notice
from casework.db import at, db, end_of_day, today, utcnow
from casework.errors import InvalidInput
from casework.people.models import Person
from casework.reintegration.models import ContactAttempt, FollowUp, Retention, SustainabilityScore, VisitStanding
from casework.reintegration.queries import fact_report, retention_of, scores, tries, visits
from casework.reintegration.service import (
    add_attempt,
    decide_closure,
    note_fact,
    plan_visit,
    plan_visits,
    record_contact,
    record_visit,
    reopen,
    request_closure,
    tell_retention,
)
from casework.reintegration.workflow import add_months, closure_rule, keep_until, triage
from tests.assistance.world import World
from tests.client import Client
from tests.reintegration.planned import planned
from tests.reintegration.test_pages import at_form, base
from tests.signin import enter

Browsers = Callable[[], Client]
RULE = closure_rule("lost_contact")


def done(world: World, visit: FollowUp, **more: object) -> FollowUp:
    values: dict[str, object] = {"done_on": today(), "mode": "home_visit", "situation": "", "standing": "well"} | more
    return record_visit(visit, world.case, by=world.worker, **values)  # type: ignore[arg-type]


def closed(world: World) -> None:
    request_closure(
        world.case, by=world.worker, reason="goals_met_agreed", person_view="agrees", recontact=True,
        situation="At home.", told_on=today(),
    )  # fmt: skip
    approval = db.session.scalars(select(Approval).where(Approval.decision.is_(None))).one()
    decide_closure(approval, world.case, by=world.supervisor, decision="approved", reason="")


def test_how_things_stand_needs_words_only_with_worries(world: World) -> None:
    one, two = (plan_visit(world.case, by=world.worker, day=today(), mode="home_visit") for _ in range(2))
    done(world, one)
    for wrong in ({"standing": "worries"}, {"standing": "danger"}, {"standing": None}, {"standing": "fine"}):
        with pytest.raises(InvalidInput):
            done(world, two, **wrong)
    done(world, two, standing="danger", situation="He found her.")
    assert {row.standing for row in visits(world.worker, world.case)} == {"well", "danger"}
    [told] = db.session.scalars(select(Notice).where(Notice.kind == "person_in_danger"))
    assert (told.for_supervisor, told.data_class) == (True, "needs_risk")


def test_scores_over_time_stand_by_their_day(world: World) -> None:
    rows = plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today())
    done(world, rows[0], scores={"safety": 2}, lasting={"rss_economic": 35})
    half = next(row for row in rows if row.template == "standard_M06")
    with at(end_of_day(half.due_on) - timedelta(hours=9)):
        done(world, half, done_on=half.due_on, scores={"safety": 4}, lasting={"rss_economic": 90})
        found = scores(world.worker, world.case)
    assert [(row.on, row.areas["safety"], row.lasting["rss_economic"]) for row in found] == [
        (today(), 2, 35), (half.due_on, 4, 90),
    ]  # fmt: skip
    assert [triage(value) for value in (0, 32, 33, 65, 66, 100)] == ["high", "high", "medium", "medium", "low", "low"]
    assert scores(world.stranger, world.case) == []


@pytest.mark.parametrize("wrong", [{"rss_economic": 101}, {"rss_economic": -1}, {"safety": 50}])
def test_a_dimension_outside_its_scale_is_refused(world: World, wrong: dict[str, int]) -> None:
    visit = plan_visit(world.case, by=world.worker, day=today(), mode="home_visit")
    with pytest.raises(InvalidInput):
        done(world, visit, lasting=wrong)


def test_the_database_holds_the_scales_too(world: World) -> None:
    checks = {
        str(check.sqltext)
        for table in (SustainabilityScore.__table__, VisitStanding.__table__)
        for check in table.constraints  # type: ignore[attr-defined]
        if hasattr(check, "sqltext")
    }
    assert checks == {"hundredths >= 0 AND hundredths <= 100", "standing IN ('well', 'worries', 'danger')"}


def test_tries_count_on_different_days_by_safe_channels_since_the_last_contact(world: World) -> None:
    record_contact(world.case, by=world.worker, done_on=today() - timedelta(days=100), mode="safe_call", situation="x")
    for ago, mode in ((120, "safe_call"), (70, "safe_call"), (70, "message"), (40, "survivor_called"), (30, "message")):
        tried = today() - timedelta(days=ago)
        add_attempt(world.case, by=world.worker, tried_on=tried, mode=mode)
    state = tries(world.worker, world.case, RULE)
    assert (state.count, state.left, state.enough) == (2, 1, False)
    assert state.enough_from == today() - timedelta(days=10)
    add_attempt(world.case, by=world.worker, tried_on=today(), mode="home_visit", next_on=today() + timedelta(days=9))
    assert tries(world.worker, world.case, RULE).enough
    assert [(row.mode, row.due_on) for row in planned(world)] == [("home_visit", today() + timedelta(days=9))]
    assert len(db.session.scalars(select(ContactAttempt)).all()) == 6


GROWN, CHILD = date(2000, 12, 31), date(2040, 12, 31)


@pytest.mark.parametrize(
    ("minor_until", "until"),
    [
        (GROWN, date(2031, 6, 1)),
        (date(2026, 12, 31), date(2033, 12, 31)),
        (CHILD, date(2047, 12, 31)),
        (date(9999, 12, 31), date(2051, 6, 1)),
    ],
)
def test_data_of_an_adult_are_kept_five_years_a_childs_until_25(minor_until: date, until: date) -> None:
    assert keep_until(date(2026, 6, 1), 5, minor_until) == until


def test_closing_sets_how_long_and_opening_again_takes_it_off(world: World) -> None:
    db.session.get_one(Person, world.case.person_id).minor_until = GROWN
    closed(world)
    row = retention_of(world.case)
    assert row is not None
    assert (row.retention_class, row.keep_until) == ("case_adult", add_months(today(), 60))
    reopen(world.case, by=world.supervisor, reason="new_need")
    assert retention_of(world.case) is None


def test_the_end_of_keeping_is_told_once_and_not_under_a_hold(world: World) -> None:
    db.session.get_one(Person, world.case.person_id).minor_until = GROWN
    closed(world)
    hold = erasure.hold(world.case.person_id, reason="court", by=world.supervisor)
    with at(utcnow() + timedelta(days=5 * 366 + 1)):
        assert tell_retention(utcnow()) == 0
        erasure.lift(hold, by=world.supervisor)
        db.session.flush()
        assert tell_retention(utcnow()) == 1
        assert tell_retention(utcnow()) == 0
    [told] = db.session.scalars(select(Notice).where(Notice.kind == "retention_over"))
    assert told.for_supervisor
    assert db.session.scalars(select(Retention)).one().told_at is not None


def test_a_fact_keeps_what_is_known_and_whom_it_was_told(world: World) -> None:
    note_fact(
        world.case, by=world.worker, kind="missing", known="Left on Monday.", kin="told", next_of_kin="Her aunt",
        authority_told=True,
    )  # fmt: skip
    found = fact_report(world.worker, world.case)
    assert found is not None
    assert found[1] == {"known": "Left on Monday.", "next_of_kin": "Her aunt"}
    assert (found[0].kin, found[0].authority_told) == ("told", True)
    assert fact_report(world.stranger, world.case) is None
    with pytest.raises(InvalidInput):
        note_fact(world.case, by=world.worker, kind="dead", kin="perhaps")


def test_a_death_is_taken_back_by_a_supervisor_as_a_mistake_only(world: World) -> None:
    visit = plan_visit(world.case, by=world.worker, day=today() + timedelta(days=3), mode="home_visit")
    note_fact(world.case, by=world.worker, kind="dead")
    for by, reason in ((world.worker, "recorded_by_mistake"), (world.supervisor, "seen"), (world.supervisor, None)):
        with pytest.raises(InvalidInput):
            note_fact(world.case, by=by, kind="found", reason=reason)
    with at(utcnow() + timedelta(seconds=5)):
        note_fact(world.case, by=world.supervisor, kind="found", reason="recorded_by_mistake")
    assert visit.state == "planned"


def test_outcomes_are_drawn_with_their_table(app: Flask, world: World, client: Browsers) -> None:
    rows = plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today())
    worker = enter(client(), world.worker.username)
    assert "No score yet" in worker.get(f"{base(world)}/outcomes").words()
    sent = at_form(
        worker, f"{base(world)}/visits/{rows[0].id}/record", standing="well", score_safety="3", lasting_rss_social="10"
    )
    assert sent.status == 303, sent.words()
    page = worker.get(f"{base(world)}/outcomes")
    assert len(page.query("svg polyline")) == 6
    assert "much is needed" in page.words()
    again = worker.follow(worker.get(f"{base(world)}/visits/{rows[8].id}/record"))
    assert "Last time: 3" in again.words()


def test_a_fact_says_what_helps_now_and_shows_no_way_to_what_is_not_open(
    app: Flask, world: World, client: Browsers
) -> None:
    worker = enter(client(), world.worker.username)
    opened = worker.get(f"{base(world)}/what-happened/dead")
    assert "Say the name." in worker.get(opened.location).words()
    assert worker.get(worker.get(f"{base(world)}/what-happened/found").location).status == 404
    assert worker.get(f"{base(world)}/what-happened/flew").status == 404
