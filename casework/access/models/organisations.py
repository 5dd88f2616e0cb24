"""Organisations, the provinces and services they cover, and their teams."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, Versioned, utcnow


class Organisation(Identified, Versioned, Model):
    """An office, ministry, mission or other party. `parent_id` is for reports only: no access is inherited."""

    __tablename__ = "organisation"

    code: Mapped[str] = mapped_column()
    name: Mapped[str] = mapped_column()
    name_km: Mapped[str | None] = mapped_column()
    type: Mapped[str] = mapped_column()
    """A code of the list organisation_type."""
    country: Mapped[str] = mapped_column()
    """ISO 3166-1, three letters."""
    parent_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    has_users: Mapped[bool] = mapped_column(default=True)
    """False for parties without accounts: a worker records their answers on behalf of them."""
    is_demo: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)

    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("length(country) = 3", name="country_alpha_3"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_own_parent"),
        Index(None, "parent_id"),
    )


class OrganisationProvince(Identified, Model):
    """A province the organisation serves, a code of the list province."""

    __tablename__ = "organisation_province"

    organisation_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="CASCADE"))
    province: Mapped[str] = mapped_column()

    __table_args__ = (UniqueConstraint("organisation_id", "province"), Index(None, "province"))


class OrganisationService(Identified, Model):
    """A service the organisation offers, a code of the list service_type, with how many people it can take at once."""

    __tablename__ = "organisation_service"

    organisation_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="CASCADE"))
    service_type: Mapped[str] = mapped_column()
    capacity: Mapped[int | None] = mapped_column()
    free_places: Mapped[int | None] = mapped_column()
    """Places free, as the office itself said last."""
    free_said_at: Mapped[datetime | None] = mapped_column(Utc)

    __table_args__ = (
        UniqueConstraint("organisation_id", "service_type"),
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity_not_negative"),
        CheckConstraint("free_places IS NULL OR free_places >= 0", name="free_not_negative"),
        CheckConstraint("(free_places IS NULL) = (free_said_at IS NULL)", name="free_has_time"),
        Index(None, "service_type"),
    )


class Team(Identified, Versioned, Model):
    """A team of an organisation; the reach 'team' means the cases of one of these."""

    __tablename__ = "team"

    organisation_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    name: Mapped[str] = mapped_column()
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (UniqueConstraint("organisation_id", "name"),)
