"""Houses of an office with their rooms and beds. What a house is called and where it lies stands sealed."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Versioned, one_of
from casework.vault.fields import Sealed, SealedRow

ROOM_SEXES = ("any", "female", "male")
ROOM_AGES = ("any", "adults", "children")
MOST_BEDS = 60


class House(Identified, Versioned, Model):
    """A shelter, transit centre or guesthouse of an office. Its key is its own: no person's erasure reaches it."""

    __tablename__ = "house"

    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"), index=True)
    active: Mapped[bool] = mapped_column(default=True)


class HouseSealed(SealedRow, Model):
    """The name of a house and how to find it."""

    __tablename__ = "house_sealed"
    __sealed__ = {"name": Sealed(step=64, limit=100), "directions": Sealed(step=256, limit=1_000)}


class Room(Identified, Versioned, Model):
    """A room with so many beds, for whom it is meant. A bed is its number in the room."""

    __tablename__ = "room"
    __table_args__ = (
        one_of("for_sex", ROOM_SEXES),
        one_of("for_age", ROOM_AGES),
        CheckConstraint(f"beds BETWEEN 1 AND {MOST_BEDS}", name="beds_possible"),
        Index("uq_room_house_id_label", "house_id", "label", unique=True),
        CheckConstraint("length(label) BETWEEN 1 AND 12", name="label_short"),
    )

    house_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("house.id", ondelete="RESTRICT"))
    label: Mapped[str]
    """A number or letter on the door; never a name."""
    beds: Mapped[int]
    for_sex: Mapped[str] = mapped_column(default="any")
    for_age: Mapped[str] = mapped_column(default="any")
    active: Mapped[bool] = mapped_column(default=True)
