"""Houses of an office, the board of their beds, and which bed is free for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from casework.access.permissions import Actor
from casework.assistance.models import House, HouseSealed, Room, Stay
from casework.assistance.workflow import LONG_STAY_DAYS
from casework.cases.models import Case
from casework.cases.queries import names_on_list, visible_records
from casework.db import db, today
from casework.errors import NotVisible
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class Guest:
    """Who lies in a bed: nothing but that it is taken when the stay is not for the reader's eyes."""

    case: Case | None
    name: str | None
    stay_id: UUID | None
    arrived_on: date | None
    nights: int

    @property
    def long(self) -> bool:
        """True when the stay should be looked at again."""
        return self.nights > LONG_STAY_DAYS


@dataclass(slots=True)
class RoomView:
    """A room with its beds by number, and who shares a bed there."""

    room: Room
    beds: dict[int, Guest | None]
    sharing: list[Guest]

    @property
    def free(self) -> list[int]:
        """Numbers of the beds where nobody lies."""
        return [number for number, guest in self.beds.items() if guest is None]


@dataclass(slots=True)
class HouseView:
    """A house with its rooms."""

    house: House
    name: str
    directions: str | None
    rooms: list[RoomView] = field(default_factory=list)

    @property
    def free(self) -> int:
        """How many beds are free."""
        return sum(len(view.free) for view in self.rooms if view.room.active)

    @property
    def beds(self) -> int:
        """How many beds there are."""
        return sum(view.room.beds for view in self.rooms if view.room.active)


def get_house(by: Actor, house_id: UUID) -> House:
    """A house of the actor's office, or NotVisible."""
    house = db.session.get(House, house_id)
    if house is None or house.org_id != by.organisation_id:
        raise NotVisible
    return house


def get_room(by: Actor, room_id: UUID) -> Room:
    """A room of a house of the actor's office, or NotVisible."""
    room = db.session.get(Room, room_id)
    if room is None:
        raise NotVisible
    get_house(by, room.house_id)
    return room


def house_names(house_ids: Sequence[UUID]) -> dict[UUID, str]:
    """What houses are called; for those who may know the place only."""
    rows = db.session.scalars(select(HouseSealed).where(HouseSealed.id.in_(house_ids)))
    return {key: value or "" for key, value in fields.unseal_many(rows, "name").items()}


def rooms_of(room_ids: Sequence[UUID]) -> dict[UUID, Room]:
    """Rooms by id."""
    return {room.id: room for room in db.session.scalars(select(Room).where(Room.id.in_(room_ids)))}


def rooms_of_house(house_id: UUID) -> Select[UUID]:
    """Ids of the rooms of a house, as part of a statement."""
    return select(Room.id).where(Room.house_id == house_id)


def plain_houses(by: Actor) -> list[HouseView]:
    """Houses and rooms of the actor's office without anybody in them: for who administers them."""
    own = select(House).where(House.org_id == by.organisation_id).order_by(House.active.desc(), House.id)
    houses = list(db.session.scalars(own))
    ids = [house.id for house in houses]
    sealed = list(db.session.scalars(select(HouseSealed).where(HouseSealed.id.in_(ids))))
    names, ways = fields.unseal_many(sealed, "name"), fields.unseal_many(sealed, "directions")
    views = {house.id: HouseView(house, names.get(house.id) or "", ways.get(house.id)) for house in houses}
    for room in db.session.scalars(select(Room).where(Room.house_id.in_(ids)).order_by(Room.label)):
        views[room.house_id].rooms.append(RoomView(room, dict.fromkeys(range(1, room.beds + 1)), []))
    return list(views.values())


def bed_board(by: Actor) -> list[HouseView]:
    """Houses of the actor's office in use, with who lies where; of a stay not for these eyes only that a bed is taken.

    Seven statements, whatever the number of beds.
    """
    houses = [view for view in plain_houses(by) if view.house.active]
    by_room = {view.room.id: view for house in houses for view in house.rooms}
    taken = list(db.session.scalars(select(Stay).where(Stay.room_id.in_(list(by_room)), Stay.left_on.is_(None))))
    guests = _guests(by, taken)
    for stay in taken:
        assert stay.room_id is not None  # noqa: S101 - the statement asked for rooms
        view = by_room[stay.room_id]
        if stay.bed_number is None:
            view.sharing.append(guests[stay.id])
        else:
            view.beds[stay.bed_number] = guests[stay.id]
    for house in houses:
        house.rooms = [view for view in house.rooms if view.room.active or any(view.beds.values()) or view.sharing]
    return houses


def _guests(by: Actor, taken: Sequence[Stay]) -> dict[UUID, Guest]:
    ids = [stay.id for stay in taken]
    shown = select(Case).where(
        Case.id.in_(visible_records(by, Stay).where(Stay.id.in_(ids)).with_only_columns(Stay.case_id))
    )
    cases = {case.id: case for case in db.session.scalars(shown)}
    visible = set(db.session.scalars(visible_records(by, Stay).where(Stay.id.in_(ids)).with_only_columns(Stay.id)))
    names = names_on_list(by, list(cases.values()))
    return {stay.id: _guest(stay, cases, names) if stay.id in visible else HIDDEN for stay in taken}


HIDDEN = Guest(None, None, None, None, 0)


def _guest(stay: Stay, cases: Mapping[UUID, Case], names: Mapping[UUID, str]) -> Guest:
    nights = (today() - stay.arrived_on).days
    return Guest(cases.get(stay.case_id), names.get(stay.case_id), stay.id, stay.arrived_on, nights)


def free_beds(by: Actor) -> list[tuple[HouseView, RoomView, int | None]]:
    """Beds of the office where nobody lies, and for each room a place without a bed of its own (None)."""
    found: list[tuple[HouseView, RoomView, int | None]] = []
    for house in bed_board(by):
        for view in house.rooms:
            if view.room.active:
                found += [(house, view, number) for number in view.free]
                found.append((house, view, None))
    return found


def house_as_it_stands(house: House) -> dict[str, object]:
    """A house field by field, as its form asks for it."""
    sealed = db.session.get_one(HouseSealed, house.id)
    words = {name: fields.unseal(sealed, name) or "" for name in ("name", "directions")}
    return {**words, "active": house.active, "version": house.version}
