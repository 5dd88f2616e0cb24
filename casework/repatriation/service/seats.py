"""Seats on a journey: taken, changed, boarded or given up, each by the office that plans the return."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from casework.access.permissions import Actor
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import on_timeline
from casework.codes.service import check
from casework.db import check_version, db, touch, utcnow
from casework.errors import Conflict, InvalidInput, InvalidTransition, NotVisible, n_
from casework.repatriation.kinds import DATA_CLASS, SEAT_NEEDS, SEAT_STATES
from casework.repatriation.models import Movement, MovementSeat, MovementSeatNeed, ReturnPath
from casework.repatriation.queries import require_gates
from casework.repatriation.service.moving import require_planner
from casework.repatriation.service.plan import set_travel_day
from casework.repatriation.service.seating import seat_state


@dataclass(frozen=True, slots=True)
class SeatData:
    """Where one person sits and gets off, and what the seat must have."""

    seat: int | None = None
    to_province: str | None = None
    needs: tuple[str, ...] = ()


def take_seat(row: Movement, path: ReturnPath, case: Case, data: SeatData, *, by: Actor) -> MovementSeat:
    """Put one return on a journey; its day of travel follows the journey."""
    require_planner(path, case, by=by)
    if row.state != "planned":
        raise InvalidTransition(n_("This journey has begun already."))
    if db.session.get(MovementSeat, (row.id, case.id)) is not None:
        raise Conflict(n_("This person has a seat on this journey already."))
    if _elsewhere(path) is not None:
        raise Conflict(n_("This person has a seat on another journey. Give that one up first."))
    seat = MovementSeat(movement_id=row.id, case_id=case.id, path_id=path.id, state="coming", joined_at=utcnow())
    db.session.add(seat)
    _fill(seat, data)
    record(by, "movement.seat", case_id=case.id, subject=("movement", row.id))
    on_timeline(case, "movement_seat", by=by, data_class=DATA_CLASS, record_id=row.id)
    db.session.flush()
    if path.travel_on != row.travel_on:
        set_travel_day(path, case, by=by, travel_on=row.travel_on)
    return seat


def _elsewhere(path: ReturnPath) -> MovementSeat | None:
    query = select(MovementSeat).join(Movement, Movement.id == MovementSeat.movement_id)
    query = query.where(MovementSeat.path_id == path.id, Movement.state == "planned", MovementSeat.state != "stayed")
    return db.session.scalars(query.limit(1)).first()


def _fill(seat: MovementSeat, data: SeatData) -> None:
    if data.seat is not None and not 1 <= data.seat <= 500:
        raise InvalidInput(n_("Enter the number of the seat."), field="seat")
    if data.to_province:
        check("province", data.to_province, field="to_province")
    if set(data.needs) - SEAT_NEEDS.keys():
        raise InvalidInput(n_("Choose from the list."), field="needs")
    seat.seat, seat.to_province = data.seat, data.to_province or None
    db.session.flush()
    mine = (MovementSeatNeed.movement_id == seat.movement_id, MovementSeatNeed.case_id == seat.case_id)
    db.session.execute(delete(MovementSeatNeed).where(*mine))
    rows = [MovementSeatNeed(movement_id=seat.movement_id, case_id=seat.case_id, need=need) for need in set(data.needs)]
    db.session.add_all(rows)
    db.session.flush()


def change_seat(
    seat: MovementSeat,
    row: Movement,
    path: ReturnPath,
    case: Case,
    data: SeatData,
    *,
    by: Actor,
    expected_version: int | None = None,
) -> None:
    """Change where somebody sits, gets off and what the seat must have."""
    _require_seat(seat, row, path, case, by=by, expected_version=expected_version)
    touch(seat)
    _fill(seat, data)
    record(by, "movement.seat", case_id=case.id, subject=("movement", row.id))
    db.session.flush()


def _require_seat(
    seat: MovementSeat, row: Movement, path: ReturnPath, case: Case, *, by: Actor, expected_version: int | None
) -> None:
    require_planner(path, case, by=by)
    if (seat.movement_id, seat.case_id, seat.path_id) != (row.id, case.id, path.id):
        raise NotVisible
    check_version(seat, expected_version, told={n_("State"): SEAT_STATES[seat.state]})
    if row.state != "planned":
        raise InvalidTransition(n_("This journey has begun already."))


def board(
    seat: MovementSeat,
    row: Movement,
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    expected_version: int | None = None,
) -> None:
    """The person is on board. Raises InvalidTransition before a gate that is closed (travel that we arrange)."""
    _require_seat(seat, row, path, case, by=by, expected_version=expected_version)
    require_gates(case, path)
    seat_state(seat, row, case, "boarded", by=by)


def stay_behind(
    seat: MovementSeat,
    row: Movement,
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    expected_version: int | None = None,
) -> None:
    """The person does not travel with this journey; the seat is free, and no reason is kept with the journey."""
    _require_seat(seat, row, path, case, by=by, expected_version=expected_version)
    seat_state(seat, row, case, "stayed", by=by)
