"""Stays of a case, for those who may know where the person lives now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.assistance.models import Room, Stay, StaySealed
from casework.assistance.queries.houses import house_names, rooms_of
from casework.cases.models import Case
from casework.cases.queries import get_record, visible_records
from casework.db import db, today
from casework.errors import NotVisible
from casework.vault import fields

WORDS = ("place", "bed", "movement", "visitors", "note")


@dataclass(frozen=True, slots=True)
class StayRow:
    """A stay with its words by name. `house` and `room`: where it lies in a house of the office."""

    stay: Stay
    words: Mapping[str, str]
    house: str
    room: Room | None
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
    words = {name: fields.unseal_many(sealed, name) for name in WORDS}
    rooms = rooms_of([row.room_id for row in rows if row.room_id])
    houses = house_names([room.house_id for room in rooms.values()])
    return [
        StayRow(
            row,
            {name: words[name].get(row.id) or "" for name in WORDS},
            houses.get(rooms[row.room_id].house_id, "") if row.room_id else "",
            rooms[row.room_id] if row.room_id else None,
            ((row.left_on or today()) - row.arrived_on).days,
        )
        for row in rows
    ]


def stay_as_it_stands(stay: Stay) -> dict[str, object]:
    """A stay field by field, as its form asks for it."""
    sealed = db.session.get_one(StaySealed, stay.id)
    bed = f"{stay.room_id}:{stay.bed_number or ''}" if stay.room_id else None
    words = {name: fields.unseal(sealed, name) or "" for name in WORDS}
    return {**words, "room_bed": bed, "admission": stay.admission, "version": stay.version}
