"""Journeys: planned for one return and joined by others, with legs and escorts; nobody boards before the conditions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.db import check_version, db, today, touch, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, n_
from casework.repatriation.kinds import JOURNEY_STATES
from casework.repatriation.models import Movement, MovementSealed, MovementSeat, ReturnPath
from casework.repatriation.queries import gates
from casework.repatriation.service.moving import require_planner
from casework.repatriation.service.seats import SeatData, take_seat
from casework.vault import fields, keys


def plan_movement(
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    travel_on: date,
    vehicle: str = "",
    meeting: str = "",
    note: str = "",
    seat: SeatData | None = None,
) -> Movement:
    """Plan a journey with the seat of one return; others join it."""
    require_planner(path, case, by=by)
    if travel_on < today():
        raise InvalidInput(n_("Enter a day that is not in the past."), field="travel_on")
    row = Movement(
        id=uuid7(),
        travel_on=travel_on,
        state="planned",
        author_org_id=by.organisation_id,
        author_user_id=by.user_id,
        recorded_at=utcnow(),
    )
    db.session.add(row)
    keys.make_root("movement", row.id)
    db.session.flush()
    sealed = MovementSealed(id=row.id, root_id=row.id)
    fields.seal(sealed, vehicle=vehicle, meeting=meeting, note=note)
    db.session.add(sealed)
    record(by, "movement.planned", subject=("movement", row.id), cases=[case.id])
    db.session.flush()
    take_seat(row, path, case, seat or SeatData(), by=by)
    return row


def change_movement(
    row: Movement,
    *,
    by: Actor,
    travel_on: date,
    vehicle: str,
    meeting: str,
    note: str,
    expected_version: int | None = None,
) -> None:
    """Move a journey to another day, or change vehicle, meeting place and note; the returns on it keep their own day
    until their offices move it."""
    require_author(row, by=by)
    check_version(row, expected_version, {"travel_on": row.travel_on}, _told(row))
    if travel_on < today():
        raise InvalidInput(n_("Enter a day that is not in the past."), field="travel_on")
    row.travel_on = travel_on
    touch(row)
    fields.seal(db.session.get_one(MovementSealed, row.id), vehicle=vehicle, meeting=meeting, note=note)
    record(by, "movement.changed", subject=("movement", row.id))
    db.session.flush()


def require_author(row: Movement, *, by: Actor, state: str = "planned") -> None:
    """Raise unless the actor's office plans this journey, and it stands where it should."""
    require(by, Permission.RETURN_MANAGE)
    if row.author_org_id != by.organisation_id:
        raise NotAllowed(n_("The office that plans this journey does that."))
    if row.state != state:
        raise InvalidTransition(n_("The journey has moved on. Load the page again to see where it stands."))


def depart(row: Movement, *, by: Actor, expected_version: int | None = None) -> None:
    """The journey leaves with those on board. Whoever is still expected stays behind."""
    require_author(row, by=by)
    _check_version(row, expected_version)
    seats = db.session.scalars(select(MovementSeat).where(MovementSeat.movement_id == row.id)).all()
    boarded = [seat for seat in seats if seat.state == "boarded"]
    if not boarded:
        raise InvalidTransition(n_("Nobody is on board yet."))
    if not all(_may_leave(seat) for seat in boarded):
        message = n_("For somebody on board a condition no longer holds. Ask the offices of those on board.")
        raise InvalidTransition(message)
    for seat in seats:
        if seat.state == "coming":
            seat.state = "stayed"
    row.state, row.left_at = "left", utcnow()
    record(by, "movement.left", subject=("movement", row.id), cases=[seat.case_id for seat in boarded])
    db.session.flush()


def _may_leave(seat: MovementSeat) -> bool:
    """What held when the person boarded may have changed since."""
    case, path = db.session.get_one(Case, seat.case_id), db.session.get_one(ReturnPath, seat.path_id)
    return all(gate.open for gate in gates(case, path))


def arrive(row: Movement, *, by: Actor, expected_version: int | None = None) -> None:
    """The journey has arrived. Each hand-over is written and signed with its own case."""
    require_author(row, by=by, state="left")
    _check_version(row, expected_version)
    row.state, row.arrived_at = "arrived", utcnow()
    record(by, "movement.arrived", subject=("movement", row.id))
    db.session.flush()


def cancel_movement(row: Movement, *, by: Actor, expected_version: int | None = None) -> None:
    """The journey does not take place; every seat is free for another one."""
    require_author(row, by=by)
    _check_version(row, expected_version)
    row.state = "cancelled"
    record(by, "movement.cancelled", subject=("movement", row.id))
    db.session.flush()


def _check_version(row: Movement, expected: int | None) -> None:
    check_version(row, expected, told=_told(row))


def _told(row: Movement) -> dict[str, str]:
    return {n_("State"): JOURNEY_STATES[row.state]}
