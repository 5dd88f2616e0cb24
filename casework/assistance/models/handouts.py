"""A hand-out: the same thing given to many at once, so that it can be looked at and taken back as one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, utcnow


class Handout(Identified, Model):
    """To the people of a group, or to all who stay in a house. It is seen through its visible lines, as a group is."""

    __tablename__ = "handout"
    __table_args__ = (
        CheckConstraint("(group_id IS NULL) <> (house_id IS NULL)", name="one_place"),
        Index("ix_handout_group_id", "group_id"),
        Index("ix_handout_house_id", "house_id"),
    )

    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    group_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("case_group.id", ondelete="RESTRICT"))
    house_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("house.id", ondelete="RESTRICT"))
