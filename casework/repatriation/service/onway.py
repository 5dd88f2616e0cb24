"""Legs and escorts of a planned journey."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.access.permissions import Actor
from casework.access.queries import organisation
from casework.audit.recorder import record
from casework.codes.service import check
from casework.db import db, utcnow, uuid7
from casework.errors import InvalidInput, NotVisible, n_
from casework.repatriation.kinds import ESCORT_SEXES, LEG_MODES
from casework.repatriation.models import (
    Movement,
    MovementEscort,
    MovementEscortSealed,
    MovementLeg,
    MovementLegSealed,
)
from casework.repatriation.service.movements import require_author
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class LegData:
    """One part of the way."""

    mode: str
    from_place: str
    to_place: str
    border_point: str | None = None
    departs_at: datetime | None = None
    arrives_at: datetime | None = None
    number: str = ""


def add_leg(row: Movement, data: LegData, *, by: Actor) -> MovementLeg:
    """Add a part of the way at its end."""
    require_author(row, by=by)
    if data.mode not in LEG_MODES:
        raise InvalidInput(n_("Choose how."), field="mode")
    for name in ("from_place", "to_place"):
        if not getattr(data, name).strip():
            raise InvalidInput(n_("Write the place."), field=name)
    if data.border_point:
        check("border_point", data.border_point, field="border_point")
    if data.departs_at and data.arrives_at and data.arrives_at < data.departs_at:
        raise InvalidInput(n_("Enter a time after the departure."), field="arrives_at")
    leg = MovementLeg(
        id=uuid7(),
        movement_id=row.id,
        mode=data.mode,
        border_point=data.border_point or None,
        departs_at=data.departs_at,
        arrives_at=data.arrives_at,
        recorded_at=utcnow(),
    )
    db.session.add(leg)
    db.session.flush()
    sealed = MovementLegSealed(id=leg.id, root_id=row.id)
    fields.seal(sealed, from_place=data.from_place, to_place=data.to_place, number=data.number)
    db.session.add(sealed)
    record(by, "movement.changed", subject=("movement", row.id))
    db.session.flush()
    return leg


def add_escort(row: Movement, *, by: Actor, name: str, sex: str, phone: str = "", org_id: UUID | None = None) -> None:
    """Say who goes along."""
    require_author(row, by=by)
    if not name.strip():
        raise InvalidInput(n_("Enter the name of the escort."), field="name")
    if sex not in ESCORT_SEXES:
        raise InvalidInput(n_("Choose woman or man."), field="sex")
    escort = MovementEscort(
        id=uuid7(),
        movement_id=row.id,
        org_id=organisation(org_id).id if org_id else None,
        sex=sex,
        recorded_at=utcnow(),
    )
    db.session.add(escort)
    db.session.flush()
    sealed = MovementEscortSealed(id=escort.id, root_id=row.id)
    fields.seal(sealed, name=name, phone=phone)
    db.session.add(sealed)
    record(by, "movement.changed", subject=("movement", row.id))
    db.session.flush()


def take_out(row: Movement, part_id: UUID, *, by: Actor) -> None:
    """Take a leg or an escort out of a planned journey."""
    require_author(row, by=by)
    found = db.session.get(MovementLeg, part_id) or db.session.get(MovementEscort, part_id)
    if found is None or found.movement_id != row.id:
        raise NotVisible
    db.session.delete(found)
    record(by, "movement.changed", subject=("movement", row.id))
    db.session.flush()
