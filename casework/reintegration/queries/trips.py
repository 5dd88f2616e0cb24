"""Coming visits by district, trips with their visits, who is inside, threats: each through what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.access.queries import names_of
from casework.cases.models import Case
from casework.cases.queries import visible_cases, visible_records
from casework.db import db, today
from casework.errors import NotVisible
from casework.people.queries import stopped
from casework.reintegration.models import (
    FollowUp,
    HomePlace,
    HomePlaceSealed,
    StaffThreat,
    StaffThreatSealed,
    Trip,
    TripVisit,
    VisitWatch,
)
from casework.reintegration.workflow import ahead, travel_modes
from casework.vault import fields

MOST = 200
"""Coming visits shown at once: more belong to no plan of trips."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A planned visit as lists show it: a code, a day, a district; never a name, an address or a number."""

    visit: FollowUp
    code: str
    place: HomePlace | None
    trip_id: UUID | None
    watch: VisitWatch | None


def places_of(by: Actor, case_ids: Iterable[UUID]) -> dict[UUID, HomePlace]:
    """The newest place of each case that the actor may see; nothing where the class is closed."""
    rows = visible_records(by, HomePlace).where(HomePlace.case_id.in_(list(case_ids)))
    return {row.case_id: row for row in db.session.scalars(rows.order_by(HomePlace.recorded_at, HomePlace.id))}


def directions_of(place: HomePlace) -> str:
    """How to get to a visible place."""
    sealed = db.session.get(HomePlaceSealed, place.id)
    return str((fields.unseal(sealed, "directions") if sealed else None) or "")


def inside(visit_ids: Iterable[UUID]) -> dict[UUID, VisitWatch]:
    """Who is inside right now, by visit."""
    rows = select(VisitWatch).where(VisitWatch.follow_up_id.in_(list(visit_ids)), VisitWatch.out_at.is_(None))
    return {row.follow_up_id: row for row in db.session.scalars(rows)}


def coming(by: Actor, *, until: date | None = None) -> list[Coming]:
    """Visits of the own office for which somebody travels, late ones and the next weeks, by province, district, day.

    People who must not be visited are left out.
    """
    rows = visible_records(by, FollowUp).where(
        FollowUp.author_org_id == by.organisation_id,
        FollowUp.state == "planned",
        FollowUp.mode.in_(travel_modes()),
        FollowUp.due_on <= (until or today() + timedelta(days=ahead())),
    )
    return sorted(
        _coming(by, list(db.session.scalars(rows.order_by(FollowUp.due_on, FollowUp.id).limit(MOST)))), key=_place
    )


def _place(row: Coming) -> tuple[str, str, date]:
    # Without a district they come last.
    if row.place is None:
        return ("~", "", row.visit.due_on)
    return (row.place.province, row.place.district or "", row.visit.due_on)


def _coming(by: Actor, visits: list[FollowUp]) -> list[Coming]:
    case_ids = {visit.case_id for visit in visits}
    cases = {case.id: case for case in db.session.scalars(visible_cases(by).where(Case.id.in_(case_ids)))}
    kept_away = stopped(case.person_id for case in cases.values())
    places = places_of(by, case_ids)
    ids = [visit.id for visit in visits]
    trips = {
        row.follow_up_id: row.trip_id
        for row in db.session.scalars(select(TripVisit).where(TripVisit.follow_up_id.in_(ids)))
    }
    watches = inside(ids)
    return [
        Coming(visit, cases[visit.case_id].code, places.get(visit.case_id), trips.get(visit.id), watches.get(visit.id))
        for visit in visits
        if visit.case_id in cases and cases[visit.case_id].person_id not in kept_away
    ]


def get_trip(by: Actor, trip_id: UUID) -> tuple[Trip, list[Coming]]:
    """A trip of the own office with the visits of it that the actor may see; NotVisible when there are none."""
    trip = db.session.get(Trip, trip_id)
    if trip is None or trip.org_id != by.organisation_id:
        raise NotVisible
    of_trip = select(TripVisit.follow_up_id).where(TripVisit.trip_id == trip_id)
    rows = visible_records(by, FollowUp).where(FollowUp.id.in_(of_trip)).order_by(FollowUp.id)
    shown = sorted(_coming(by, list(db.session.scalars(rows))), key=_place)
    if not shown:
        raise NotVisible
    return trip, shown


def get_watch(by: Actor, case_id: UUID, watch_id: UUID) -> VisitWatch:
    """A check-in of this case, or NotVisible."""
    rows = visible_records(by, VisitWatch).where(VisitWatch.id == watch_id, VisitWatch.case_id == case_id)
    found = db.session.scalars(rows).one_or_none()
    if found is None:
        raise NotVisible
    return found


def trips(by: Actor) -> list[Trip]:
    """Trips of the own office from today on, of which the actor sees a visit."""
    seen = visible_records(by, FollowUp).with_only_columns(FollowUp.id)
    shown = select(TripVisit.trip_id).where(TripVisit.follow_up_id.in_(seen))
    rows = select(Trip).where(Trip.org_id == by.organisation_id, Trip.day >= today(), Trip.id.in_(shown))
    return list(db.session.scalars(rows.order_by(Trip.day, Trip.id).limit(MOST)))


def threats(by: Actor, case: Case) -> list[tuple[StaffThreat, str, str]]:
    """Threats to staff on this case with their words and who reported them, newest first."""
    rows = list(
        db.session.scalars(
            visible_records(by, StaffThreat)
            .where(StaffThreat.case_id == case.id)
            .order_by(StaffThreat.recorded_at.desc(), StaffThreat.id.desc())
        )
    )
    sealed = db.session.scalars(select(StaffThreatSealed).where(StaffThreatSealed.id.in_([row.id for row in rows])))
    words, people = fields.unseal_many(sealed, "what"), names_of({row.author_user_id for row in rows})
    return [(row, words.get(row.id) or "", people.get(row.author_user_id, "")) for row in rows]
