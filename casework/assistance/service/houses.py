"""Keeping houses and rooms of an office, and putting a stay into a bed."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from casework.access.permissions import Actor, Permission, require
from casework.assistance.models import MOST_BEDS, ROOM_AGES, ROOM_SEXES, House, HouseSealed, Room, Stay
from casework.assistance.queries import get_house, get_room, house_as_it_stands
from casework.audit.recorder import record
from casework.codes.dates import is_minor
from casework.db import check_version, db, today, touch, uuid7
from casework.errors import Conflict, InvalidInput, InvalidTransition, StaleRecord, n_
from casework.people.models import Person
from casework.vault import fields, keys


def add_house(*, by: Actor, name: str, directions: str = "") -> House:
    """A new house of the actor's office; its rooms follow."""
    require(by, Permission.ORGANISATION_MANAGE)
    if not name.strip():
        raise InvalidInput(n_("Enter what you call this house."), field="name")
    house = House(id=uuid7(), org_id=by.organisation_id, active=True)
    db.session.add(house)
    keys.make_root("system", house.id)
    db.session.flush()
    sealed = HouseSealed(id=house.id, root_id=house.id)
    fields.seal(sealed, name=name, directions=directions)
    db.session.add(sealed)
    record(by, "house.added", subject=("house", house.id))
    db.session.flush()
    return house


def change_house(
    house: House, *, by: Actor, name: str, directions: str, active: bool, expected_version: int | None = None
) -> None:
    """Call a house otherwise, or take it out of use once nobody lives there."""
    require(by, Permission.ORGANISATION_MANAGE)
    sealed = db.session.get_one(HouseSealed, house.id)
    if expected_version is not None and house.version != expected_version:
        raise StaleRecord(house_as_it_stands(house))
    if not name.strip():
        raise InvalidInput(n_("Enter what you call this house."), field="name")
    if not active and _living_in(select(Room.id).where(Room.house_id == house.id)):
        raise InvalidInput(n_("Somebody lives here. Record the departures first."), field="active")
    house.active = active
    fields.seal(sealed, name=name, directions=directions)
    record(by, "house.changed", subject=("house", house.id))
    touch(house)
    db.session.flush()


def _living_in(rooms: object) -> int:
    """How many stays in these rooms have not ended."""
    here = select(func.count()).select_from(Stay).where(Stay.room_id.in_(rooms), Stay.left_on.is_(None))  # type: ignore[arg-type]
    return db.session.scalar(here) or 0


def add_room(house: House, *, by: Actor, label: str, beds: int, for_sex: str = "any", for_age: str = "any") -> Room:
    """A new room with so many beds."""
    require(by, Permission.ORGANISATION_MANAGE)
    get_house(by, house.id)
    label = _checked(house, label, beds, for_sex, for_age)
    room = Room(id=uuid7(), house_id=house.id, label=label, beds=beds, for_sex=for_sex, for_age=for_age, active=True)
    db.session.add(room)
    record(by, "room.added", subject=("room", room.id))
    db.session.flush()
    return room


def change_room(
    room: Room,
    *,
    by: Actor,
    label: str,
    beds: int,
    for_sex: str,
    for_age: str,
    active: bool,
    expected_version: int | None = None,
) -> None:
    """Change a room. Beds somebody lies in stay, and so does a room somebody lives in."""
    require(by, Permission.ORGANISATION_MANAGE)
    stands = {"label": room.label, "beds": room.beds, "for_sex": room.for_sex, "for_age": room.for_age}
    check_version(room, expected_version, {**stands, "active": room.active})
    house = get_house(by, room.house_id)
    label = _checked(house, label, beds, for_sex, for_age, room.id)
    highest = select(func.max(Stay.bed_number)).where(Stay.room_id == room.id, Stay.left_on.is_(None))
    if beds < (db.session.scalar(highest) or 0):
        raise InvalidInput(n_("Somebody lies in a bed with a higher number. Move them first."), field="beds")
    if not active and _living_in([room.id]):
        raise InvalidInput(n_("Somebody lives here. Record the departures first."), field="active")
    room.label, room.beds, room.for_sex, room.for_age, room.active = label, beds, for_sex, for_age, active
    record(by, "room.changed", subject=("room", room.id))
    db.session.flush()


def _checked(house: House, label: str, beds: int, for_sex: str, for_age: str, own_id: UUID | None = None) -> str:
    label = " ".join(label.split())
    if not label or len(label) > 12:
        raise InvalidInput(n_("Enter the number or letter of the room, at most 12 characters."), field="label")
    if not 1 <= beds <= MOST_BEDS:
        raise InvalidInput(n_("Enter how many beds: from 1 to %(most)s."), field="beds", most=MOST_BEDS)
    if for_sex not in ROOM_SEXES or for_age not in ROOM_AGES:
        raise InvalidInput(n_("Choose one of the values in the list."), field="for_sex")
    same = select(Room.id).where(Room.house_id == house.id, Room.label == label)
    if db.session.scalar(same if own_id is None else same.where(Room.id != own_id)) is not None:
        raise Conflict(n_("This house has a room with this number already."), field="label")
    return label


def place(
    stay: Stay, person_id: UUID, room_id: UUID | None, bed: int | None, *, by: Actor, anyway: bool = False
) -> None:
    """Put a stay into a bed of the office, or, without a number, into a room to share a bed; None: elsewhere.

    A room meant for others asks for `anyway`: families stay together.
    """
    if room_id is None:
        stay.room_id = stay.bed_number = None
        return
    room = get_room(by, room_id)
    house = get_house(by, room.house_id)
    if (room_id, bed) == (stay.room_id, stay.bed_number):
        return
    if not room.active or not house.active:
        raise InvalidInput(n_("This room is out of use. Choose another bed."), field="room_bed")
    if bed is not None and not 1 <= bed <= room.beds:
        raise InvalidInput(n_("Choose one of the values in the list."), field="room_bed")
    # Two arrivals at once must not both find the bed free; the database refuses the second as well.
    db.session.execute(select(Room.id).where(Room.id == room.id).with_for_update())
    lies = select(Stay.id).where(Stay.room_id == room_id, Stay.bed_number == bed, Stay.left_on.is_(None))
    if bed is not None and db.session.scalar(lies.where(Stay.id != stay.id)) is not None:
        raise InvalidTransition(n_("This bed was taken meanwhile. Choose another one."))
    if not anyway and (why := _unsuited(room, db.session.get_one(Person, person_id))):
        raise InvalidInput(why, field="anyway")
    stay.room_id, stay.bed_number = room_id, bed


def _unsuited(room: Room, person: Person) -> str | None:
    """Why a person does not belong in a room, or None."""
    minor = is_minor(person.minor_until, today())
    if room.for_sex != "any" and person.sex != room.for_sex:
        return n_("This room is meant for others. Tick 'Place all the same' if it is right, as for a family.")
    if (room.for_age == "adults" and minor) or (room.for_age == "children" and not minor):
        return n_("This room is for another age. Tick 'Place all the same' if it is right, as for a family.")
    return None
