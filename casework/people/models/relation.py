"""Third persons, data subjects of their own, and what they are to the person."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.people.kinds import PURPOSES, RELATIONS, SEXES, SOURCES, YES_NO
from casework.people.models.record import PersonRecord
from casework.vault.fields import Sealed, SealedRow


class ThirdPerson(Identified, Versioned, Model):
    """Family, guardian, companion, lawyer: held for one purpose, under a key of their own, never searched by others."""

    __tablename__ = "third_person"
    __table_args__ = (one_of("purpose", [*PURPOSES]), one_of("sex", [*SEXES]))

    registered_by_org_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    registered_by_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    purpose: Mapped[str]
    sex: Mapped[str] = mapped_column(default="unknown")


class ThirdPersonSealed(SealedRow, Model):
    """Names and phone; the root is the third person."""

    __tablename__ = "third_person_sealed"
    __sealed__: ClassVar = {"names": Sealed(step=64, kind="json", limit=4_000), "phone": Sealed(step=32)}


class Relation(PersonRecord, Versioned, Model):
    """What somebody is to the person: typed, dated, with 'safe to contact' and how long a guardian is one."""

    __tablename__ = "relation"
    __table_args__ = (
        one_of("source", [*SOURCES]),
        one_of("kind", [*RELATIONS]),
        one_of("safe_to_contact", [*YES_NO]),
        CheckConstraint("(third_person_id IS NULL) <> (other_person_id IS NULL)", name="one_other"),
        CheckConstraint("other_person_id <> person_id", name="not_oneself"),
        CheckConstraint("guardian_valid_from <= guardian_valid_to", name="guardian_in_order"),
    )

    third_person_id: Mapped[UUID | None] = mapped_column(
        Uuid, ForeignKey("third_person.id", ondelete="RESTRICT"), index=True
    )
    other_person_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str]
    safe_to_contact: Mapped[str] = mapped_column(default="unknown")
    guardian_valid_from: Mapped[date | None]
    guardian_valid_to: Mapped[date | None]
    known_since: Mapped[date | None]
    ended_on: Mapped[date | None]

    def guards(self, on: date) -> bool:
        """Whether the other one is a guardian on this day, by the dates of the paper."""
        first, last = self.guardian_valid_from, self.guardian_valid_to
        return first is not None and first <= on and (last is None or on <= last)
