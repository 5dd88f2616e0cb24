"""Stays of a case, for those who may know where the person lives now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.assistance.models import Stay, StaySealed
from casework.cases.models import Case
from casework.cases.queries import get_record, visible_records
from casework.db import db, today
from casework.errors import NotVisible
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class StayRow:
    """A stay with its words."""

    stay: Stay
    place: str | None
    bed: str | None
    note: str | None
    nights: int


def get_stay(by: Actor, case_id: UUID, stay_id: UUID) -> Stay:
    """A stay of this case, or NotVisible."""
    stay = get_record(by, Stay, stay_id)
    if stay.case_id != case_id:
        raise NotVisible
    return stay


def open_stay(by: Actor, case: Case) -> Stay | None:
    """The stay that has no departure yet, as far as the actor may see."""
    here = visible_records(by, Stay).where(Stay.case_id == case.id, Stay.left_on.is_(None))
    return db.session.scalars(here.order_by(Stay.arrived_on.desc()).limit(1)).first()


def stays(by: Actor, case: Case) -> list[StayRow]:
    """All stays of a case the actor may see, newest first."""
    rows = list(
        db.session.scalars(
            visible_records(by, Stay).where(Stay.case_id == case.id).order_by(Stay.arrived_on.desc(), Stay.id.desc())
        )
    )
    sealed = list(db.session.scalars(select(StaySealed).where(StaySealed.id.in_([row.id for row in rows]))))
    words = {name: fields.unseal_many(sealed, name) for name in ("place", "bed", "note")}
    return [
        StayRow(
            row,
            words["place"].get(row.id),
            words["bed"].get(row.id),
            words["note"].get(row.id),
            ((row.left_on or today()) - row.arrived_on).days,
        )
        for row in rows
    ]
