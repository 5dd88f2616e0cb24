"""The state of a seat on a journey, moved in one place."""

from __future__ import annotations

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.db import db
from casework.repatriation.models import Movement, MovementSeat, ReturnPath


def seat_state(seat: MovementSeat, row: Movement, case: Case, state: str, *, by: Actor) -> None:
    """Move a seat, with its audit line."""
    seat.state = state
    body = {"state": state}
    record(by, "movement.seat_state", case_id=case.id, subject=("movement", row.id), body=body)
    db.session.flush()


def leave_movements(path: ReturnPath, case: Case, *, by: Actor) -> None:
    """A return that stopped or went back to its decision travels with no journey that is still planned."""
    query = select(MovementSeat, Movement).join(Movement, Movement.id == MovementSeat.movement_id)
    query = query.where(MovementSeat.path_id == path.id, Movement.state == "planned", MovementSeat.state != "stayed")
    for seat, row in db.session.execute(query).all():
        seat_state(seat, row, case, "stayed", by=by)
