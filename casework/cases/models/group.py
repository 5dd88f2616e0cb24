"""Groups: a family, a boat crew, a bus, thirty men from one compound."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.vault.fields import Sealed, SealedRow

KINDS = ("family", "crew", "bus", "compound", "other")


class CaseGroup(Identified, Versioned, Model):
    """Cases that belong together. Seen through a visible member; only visible members are shown and counted."""

    __tablename__ = "case_group"
    __table_args__ = (one_of("kind", KINDS),)

    kind: Mapped[str]
    arrived_on: Mapped[date | None]
    manner_of_return: Mapped[str | None]
    """Code of manner_of_return: how they came, the same for all."""
    author_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    author_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)


class CaseGroupSealed(SealedRow, Model):
    """Name and shared facts of a group, under the group's own key; no personal facts of a single member."""

    __tablename__ = "case_group_sealed"
    __sealed__ = {
        "name": Sealed(step=64),
        "facts": Sealed(step=1024, limit=20_000),
        "place": Sealed(step=64, limit=300),
        "vessel": Sealed(step=64, limit=300),
    }

    id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case_group.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[bytes | None] = mapped_column(LargeBinary)
    facts: Mapped[bytes | None] = mapped_column(LargeBinary)
    place: Mapped[bytes | None] = mapped_column(LargeBinary)
    vessel: Mapped[bytes | None] = mapped_column(LargeBinary)


class GroupMember(Model):
    """A case in a group."""

    __tablename__ = "case_group_member"

    group_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case_group.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[str | None]
    """child, mother, captain ...: a code or nothing."""
    joined_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
