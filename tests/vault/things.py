"""A sealed table of the tests' own, so that the vault is tested without the packages above it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from sqlalchemy.orm import DeclarativeBase

from casework.db import NAMES, Identified, MetaData, db, uuid7
from casework.vault import fields, keys
from casework.vault.fields import Sealed, SealedRow


class Own(DeclarativeBase):
    """Apart from the program's tables: migrations know nothing of these."""

    metadata = MetaData(naming_convention=NAMES)


class Thing(Identified, Own):
    """A row that has something sealed beside it."""

    __tablename__ = "thing"


class ThingSealed(SealedRow, Own):
    """One column of each kind."""

    __tablename__ = "thing_sealed"
    __sealed__: ClassVar = {
        "names": Sealed(step=64, kind="json"),
        "address": Sealed(64),
        "phone": Sealed(32),
        "note": Sealed(step=1024),
        "raw": Sealed(step=32, kind="bytes", limit=100),
    }


def make_thing(*, root_id: uuid.UUID | None = None, **values: object) -> ThingSealed:
    """A stored thing with a key of its own, or under another root."""
    thing_id = uuid7()
    if root_id is None:
        keys.make_root("person", thing_id)
    row = ThingSealed(id=thing_id, root_id=root_id or thing_id)
    db.session.add_all([Thing(id=thing_id), row])
    fields.seal(row, **values)
    db.session.flush()
    return row
