"""Trips of two workers, who is inside, threats to staff: a visit is made by two, and somebody waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import members
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import move_tasks, new_record, notify
from casework.codes.dates import known
from casework.codes.queries import find
from casework.codes.service import check
from casework.db import Base, check_version, db, end_of_day, today, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, n_
from casework.reintegration.models import (
    THREAT_KINDS,
    FollowUp,
    HomePlace,
    HomePlaceSealed,
    StaffThreat,
    StaffThreatSealed,
    Trip,
    TripVisit,
    VisitWatch,
)
from casework.reintegration.queries import inside
from casework.reintegration.service.plans import DATA_CLASS, must_be_open
from casework.reintegration.service.schedule import moved, own_planned, visits_allowed
from casework.reintegration.workflow import alarm_after, most_visits, stay
from casework.vault import fields

PLACE_CLASS = "location_current"
WATCHES = Base.metadata.tables[VisitWatch.__tablename__]


def note_place(case: Case, *, by: Actor, province: str, district: str | None = None, directions: str = "") -> HomePlace:
    """Record in which district the person is visited now, and how to get there without asking in the village."""
    require(by, Permission.FOLLOWUP_RECORD)
    must_be_open(case)
    check("province", province, field="province")
    if district is not None:
        found = find("district", district)
        if found is None or found.group != province:
            raise InvalidInput(n_("Choose a district of this province."), field="district")
    row = new_record(
        HomePlace,
        case,
        by=by,
        data_class=PLACE_CLASS,
        occurred=known(today()),
        province=province,
        district=district,
        timeline=False,
    )
    db.session.flush()
    sealed = HomePlaceSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, directions=directions)
    db.session.add(sealed)
    record(by, "place.recorded", case_id=case.id, subject=("home_place", row.id))
    db.session.flush()
    return row


def plan_trip(
    visits: Sequence[tuple[FollowUp, Case]], *, by: Actor, day: date, first_user_id: UUID, second_user_id: UUID
) -> Trip:
    """Join planned visits of the own office into one trip on one day, by two colleagues; the first gets the tasks."""
    require(by, Permission.FOLLOWUP_RECORD)
    colleagues = {member.user_id for member in members(by.organisation_id)}
    if not {first_user_id, second_user_id} <= colleagues:
        raise InvalidInput(n_("Choose colleagues of your own office."), field="first_user_id")
    if first_user_id == second_user_id:
        raise InvalidInput(n_("Nobody goes alone. Choose two different people."), field="second_user_id")
    if day < today():
        raise InvalidInput(n_("Enter today or a later day."), field="day")
    if not 0 < len(visits) <= most_visits():
        raise InvalidInput(n_("Choose between one and %(most)s visits."), field="visits", most=most_visits())
    trip = Trip(
        id=uuid7(), org_id=by.organisation_id, day=day, first_user_id=first_user_id, second_user_id=second_user_id,
        created_at=utcnow(), created_by=by.user_id,
    )  # fmt: skip
    db.session.add(trip)
    db.session.flush()
    for visit, case in visits:
        _join(visit, case, trip, by)
    record(by, "trip.planned", cases=[case.id for _, case in visits], body={"count": len(visits)})
    db.session.flush()
    return trip


def _join(visit: FollowUp, case: Case, trip: Trip, by: Actor) -> None:
    own_planned(visit, by, None)
    visits_allowed(case)
    belongs = db.session.get(TripVisit, visit.id)
    if belongs is None:
        db.session.add(TripVisit(follow_up_id=visit.id, trip_id=trip.id))
    else:
        belongs.trip_id = trip.id
    if visit.due_on != trip.day:
        moved(visit, "due_on", visit.due_on.isoformat(), trip.day.isoformat(), by=by, reason="trip")
        visit.due_on = trip.day
        move_tasks(case, visit.id, by=by, due_at=end_of_day(trip.day))
    visit.assignee_id = trip.first_user_id
    db.session.flush()


def go_in(visit: FollowUp, case: Case, *, by: Actor, minutes: int | None = None) -> VisitWatch:
    """Check in: the worker goes in now and is expected out after `minutes`. One watch at a time for a visit."""
    require(by, Permission.FOLLOWUP_RECORD)
    own_planned(visit, by, None)
    visits_allowed(case)
    if inside([visit.id]):
        raise InvalidTransition(n_("Somebody checked in for this visit already. Load the page again."))
    now = utcnow()
    row = new_record(
        VisitWatch,
        case,
        by=by,
        data_class=DATA_CLASS,
        source="seen",
        occurred=known(today()),
        follow_up_id=visit.id,
        in_at=now,
        back_by=now + (timedelta(minutes=minutes) if minutes else stay()),
        timeline=False,
    )
    record(by, "visit.in", case_id=case.id, subject=("follow_up", visit.id))
    db.session.flush()
    return row


def come_out(watch: VisitWatch, case: Case, *, by: Actor, expected_version: int | None = None) -> None:
    """Check out: the worker is out and safe. Any colleague of the office may say so for another."""
    require(by, Permission.FOLLOWUP_RECORD)
    if watch.author_org_id != by.organisation_id:
        raise NotAllowed(n_("This visit belongs to another office; record your own."))
    check_version(watch, expected_version)
    if watch.out_at is not None:
        return
    watch.out_at = utcnow()
    record(by, "visit.out", case_id=case.id, subject=("follow_up", watch.follow_up_id))
    db.session.flush()


def raise_alarms(now: datetime) -> int:
    """Tell the supervisors, and who went in, of each check-in without a check-out in time. Called by run-due; once."""
    late = select(VisitWatch).where(
        VisitWatch.out_at.is_(None), VisitWatch.alarm_at.is_(None), VisitWatch.back_by <= now - alarm_after()
    )
    rows = list(db.session.scalars(late))
    for row in rows:
        about = {"case_id": row.case_id, "record_kind": "visit_watch", "record_id": row.id, "data_class": DATA_CLASS}
        notify(row.author_org_id, "visit_alarm", for_supervisor=True, **about)  # type: ignore[arg-type]
        notify(row.author_org_id, "visit_alarm", user_id=row.author_user_id, **about)  # type: ignore[arg-type]
        # Not through the row: its version is for people, and the tap 'I am out' must not become stale by the alarm.
        db.session.execute(update(WATCHES).where(WATCHES.c.id == row.id).values(alarm_at=now))
    db.session.flush()
    return len(rows)


def report_threat(case: Case, *, by: Actor, kind: str, what: str, visits_stop: bool = False) -> StaffThreat:
    """Record a threat to somebody of the office; the supervisors are told at once."""
    require(by, Permission.FOLLOWUP_RECORD)
    if kind not in THREAT_KINDS:
        raise InvalidInput(n_("Choose what happened."), field="kind")
    if not what.strip():
        raise InvalidInput(n_("Write what happened, and who is safe now."), field="what")
    row = new_record(
        StaffThreat,
        case,
        by=by,
        data_class=DATA_CLASS,
        source="seen",
        occurred=known(today()),
        kind=kind,
        visits_stop=visits_stop,
    )
    db.session.flush()
    sealed = StaffThreatSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, what=what)
    db.session.add(sealed)
    notify(
        by.organisation_id, "staff_threat", case_id=case.id, record_kind="staff_threat", record_id=row.id,
        data_class=DATA_CLASS, for_supervisor=True,
    )  # fmt: skip
    record(by, "threat.reported", case_id=case.id, subject=("staff_threat", row.id), body={"kind": kind})
    db.session.flush()
    return row
