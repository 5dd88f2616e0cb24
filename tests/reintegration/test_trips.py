"""Trips by district, two workers, going in and out, the alarm, threats, the person's own rhythm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from casework.cases.models import Notice, Task
from casework.codes.dates import UNKNOWN
from casework.db import PHNOM_PENH, at, db, today, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible
from casework.reintegration.models import FollowUp, Trip
from casework.reintegration.queries import coming, directions_of, get_trip, get_watch, inside, places_of, threats, trips
from casework.reintegration.service import (
    come_out,
    go_in,
    note_fact,
    note_place,
    plan_own_rhythm,
    plan_trip,
    plan_visit,
    plan_visits,
    raise_alarms,
    record_visit,
    report_threat,
)
from casework.reintegration.workflow import add_months
from tests.assistance.world import World
from tests.client import Client
from tests.reintegration.planned import planned
from tests.reintegration.test_pages import at_form, base, day
from tests.signin import enter

Browsers = Callable[[], Client]
SOON = timedelta(days=3)


def visit_of(world: World, **more: object) -> FollowUp:
    values: dict[str, object] = {"day": today() + SOON, "mode": "home_visit"} | more
    return plan_visit(world.case, by=world.worker, **values)  # type: ignore[arg-type]


def trip_of(world: World, *visits: FollowUp) -> Trip:
    return plan_trip(
        [(visit, world.case) for visit in visits],
        by=world.worker,
        day=today() + timedelta(days=5),
        first_user_id=world.worker.user_id,
        second_user_id=world.supervisor.user_id,
    )


def news(kind: str) -> list[Notice]:
    return list(db.session.scalars(select(Notice).where(Notice.kind == kind)))


def test_coming_visits_stand_by_district_without_names(world: World) -> None:
    far = world.another_case()
    note_place(world.case, by=world.worker, province="02", district="0203", directions="Behind the mill.")
    note_place(far, by=world.worker, province="01")
    here, there = visit_of(world), plan_visit(far, by=world.worker, day=today(), mode="home_visit")
    visit_of(world, mode="safe_call")
    visit_of(world, day=today() + timedelta(days=200))
    rows = coming(world.worker)
    assert [row.visit.id for row in rows] == [there.id, here.id]
    assert [row.place.district for row in rows if row.place] == [None, "0203"]
    assert directions_of(places_of(world.worker, [world.case.id])[world.case.id]) == "Behind the mill."
    assert coming(world.stranger) == []
    assert places_of(world.stranger, [world.case.id]) == {}


def test_a_district_of_another_province_is_refused(world: World) -> None:
    for wrong in ({"province": "99"}, {"province": "02", "district": "0102"}):
        with pytest.raises(InvalidInput):
            note_place(world.case, by=world.worker, **wrong)


def test_a_trip_moves_its_visits_and_their_tasks(world: World) -> None:
    one, two = visit_of(world), visit_of(world, day=today())
    trip = trip_of(world, one, two)
    assert {row.due_on for row in planned(world)} == {trip.day}
    due = db.session.scalars(select(Task.due_at).where(Task.kind == "follow_up", Task.state == "open")).all()
    assert {moment.astimezone(PHNOM_PENH).date() for moment in due if moment} == {trip.day}
    found, shown = get_trip(world.supervisor, trip.id)
    assert (found.id, {row.visit.id for row in shown}) == (trip.id, {one.id, two.id})
    assert [row.id for row in trips(world.worker)] == [trip.id]
    again = trip_of(world, one)
    assert {row.trip_id for row in coming(world.worker)} == {trip.id, again.id}


def test_a_trip_is_seen_only_through_a_visit_that_may_be_seen(world: World) -> None:
    trip = trip_of(world, visit_of(world))
    with pytest.raises(NotVisible):
        get_trip(world.stranger, trip.id)
    with pytest.raises(NotVisible):
        get_trip(world.nurse, trip.id)
    assert trips(world.nurse) == []


def test_nobody_goes_alone_or_without_a_visit(world: World) -> None:
    visit = visit_of(world)
    me, boss = world.worker.user_id, world.supervisor.user_id
    for wrong in (
        {"second_user_id": me},
        {"second_user_id": world.stranger.user_id},
        {"day": today() - SOON},
        {"visits": []},
    ):
        values = {"visits": [(visit, world.case)], "day": today(), "first_user_id": me, "second_user_id": boss} | wrong
        with pytest.raises(InvalidInput):
            plan_trip(values.pop("visits"), by=world.worker, **values)  # type: ignore[arg-type]


def test_who_does_not_come_out_raises_one_alarm(world: World) -> None:
    watch = go_in(visit_of(world), world.case, by=world.worker)
    began = utcnow()
    with pytest.raises(InvalidTransition):
        go_in(db.session.get_one(FollowUp, watch.follow_up_id), world.case, by=world.worker)
    assert raise_alarms(began + timedelta(minutes=119)) == 0
    assert raise_alarms(began + timedelta(minutes=121)) == 1
    assert raise_alarms(began + timedelta(minutes=200)) == 0
    told = news("visit_alarm")
    assert {(one.for_supervisor, one.user_id) for one in told} == {(True, None), (False, world.worker.user_id)}
    assert {one.data_class for one in told} == {"needs_risk"}
    come_out(watch, world.case, by=world.supervisor, expected_version=watch.version)
    assert inside([watch.follow_up_id]) == {}


def test_coming_out_in_time_is_no_alarm_and_recording_the_visit_is_coming_out(world: World) -> None:
    one, two = visit_of(world, day=today()), visit_of(world, day=today())
    come_out(go_in(one, world.case, by=world.worker), world.case, by=world.worker)
    go_in(two, world.case, by=world.worker)
    with at(utcnow() + timedelta(minutes=30)):
        record_visit(
            two, world.case, by=world.worker, done_on=today(), mode="home_visit", situation="", standing="well"
        )
    assert raise_alarms(utcnow() + timedelta(days=1)) == 0


def test_another_office_neither_sees_nor_ends_a_check_in(world: World) -> None:
    watch = go_in(visit_of(world), world.case, by=world.worker)
    assert get_watch(world.worker, world.case.id, watch.id) is watch
    with pytest.raises(NotVisible):
        get_watch(world.stranger, world.case.id, watch.id)
    with pytest.raises(NotAllowed):
        come_out(watch, world.case, by=world.stranger)


def test_a_threat_is_told_to_the_supervisors_at_once(world: World) -> None:
    report_threat(world.case, by=world.worker, kind="followed", what="A motorbike behind us.", visits_stop=True)
    [told] = news("staff_threat")
    assert told.for_supervisor
    [(row, words, who)] = threats(world.supervisor, world.case)
    assert (row.kind, words, who) == ("followed", "A motorbike behind us.", world.worker.display_name)
    for wrong in ({"kind": "rain", "what": "x"}, {"kind": "words", "what": " "}):
        with pytest.raises(InvalidInput):
            report_threat(world.case, by=world.worker, **wrong)


def test_the_persons_own_rhythm_takes_the_place_of_the_other(world: World) -> None:
    plan_visits(world.case, by=world.worker, rhythm="standard", home_on=today())
    own = {"first_on": today() + SOON, "every": 2, "unit": "month", "count": 3, "mode": "safe_call"}
    rows = plan_own_rhythm(world.case, by=world.worker, **own)  # type: ignore[arg-type]
    first = today() + SOON
    assert [row.due_on for row in planned(world)] == [first, add_months(first, 2), add_months(first, 4)]
    assert {row.mode for row in rows} == {"safe_call"}
    for wrong in ({"first_on": today() - SOON}, {"unit": "moon"}, {"count": 41}, {"every": 0}, {"mode": "pigeon"}):
        with pytest.raises(InvalidInput):
            plan_own_rhythm(world.case, by=world.worker, **(own | wrong))  # type: ignore[arg-type]


def test_who_must_not_be_visited_is_on_no_list_of_trips(world: World) -> None:
    visit_of(world)
    note_fact(world.case, by=world.worker, kind="missing", occurred=UNKNOWN)
    assert coming(world.worker) == []


def test_a_trip_goes_from_the_list_to_the_door_and_back(app: Flask, world: World, client: Browsers) -> None:
    note_place(world.case, by=world.worker, province="02", district="0203", directions="Behind the mill.")
    visit = visit_of(world)
    worker = enter(client(), world.worker.username)
    listed = worker.get("/visits").words()
    assert world.case.code in listed
    assert "Testfamily" not in listed
    assert "mill" not in listed
    values = {"visits": str(visit.id), "second_user_id": str(world.supervisor.user_id)}
    assert (
        at_form(worker, "/trips/new?district=0203", **(values | {"second_user_id": ""}), **day("day", 2)).status == 422
    )
    sent = at_form(worker, "/trips/new", **values, **day("day", 2))
    assert sent.status == 303, sent.words()
    trip = worker.follow(sent)
    assert "No marked car" in trip.words()
    [going] = [form.attrs["action"] for form in trip.query("main form") if form.attrs["action"].endswith("/in")]
    sent = worker.post(going, trip.fields())
    page = worker.follow(worker.follow(sent))
    assert "Inside since" in page.words()
    assert "Behind the mill." in page.words()
    [out] = [form.attrs["action"] for form in page.query("main form[action$=out]")]
    done = worker.follow(worker.post(out, page.fields("main form[action$=out]")))
    assert "Inside since" not in worker.follow(done).words()
    stranger = enter(client(), world.stranger.username)
    assert world.case.code not in stranger.get("/visits").words()
    assert stranger.get(sent.location.replace("/record", "/in")).status in (404, 405)
    assert stranger.get(f"{base(world)}/place").status == 404
