"""Tables of the code lists, their history of edits, the gazetteer and the holidays."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, Versioned, utcnow


class CodeEntry(Identified, Versioned, Model):
    """One code of one list. Records hold the code as text; nothing is ever renamed or deleted, only made inactive."""

    __tablename__ = "code"
    __table_args__ = (
        UniqueConstraint("list", "code"),
        CheckConstraint("list <> '' AND code <> ''", name="named"),
    )

    list: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    label_en: Mapped[str] = mapped_column(Text)
    label_km: Mapped[str] = mapped_column(Text, default="")
    group: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    extra: Mapped[str] = mapped_column(Text, default="{}")
    """Attributes of the list as a JSON object of texts, e.g. {"access_class": "health"}."""

    @property
    def kept(self) -> bool:
        """Whether the list says (attribute 'kept') that the program needs this code: nobody takes it out of use."""
        return bool(json.loads(self.extra).get("kept") == "yes")


class CodeHistory(Identified, Model):
    """What a code said before somebody edited it. Append-only."""

    __tablename__ = "code_history"
    __table_args__ = (Index(None, "code_id", "recorded_at"),)

    code_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("code.id", ondelete="RESTRICT"))
    author_org_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"))
    author_user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)


class CodeRevision(Model):
    """One row whose token changes with every edit, so that each worker notices cheaply that its cache is old."""

    __tablename__ = "code_revision"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[uuid.UUID] = mapped_column(Uuid)


class Province(Model):
    """A province of Cambodia; `code` is text with its leading zero, the OCHA P-code is KH + code."""

    __tablename__ = "province"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name_en: Mapped[str] = mapped_column(Text)
    name_km: Mapped[str] = mapped_column(Text)


class District(Model):
    """A district of Cambodia; `code` is four digits as text."""

    __tablename__ = "district"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name_en: Mapped[str] = mapped_column(Text)
    name_km: Mapped[str] = mapped_column(Text)
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code", ondelete="RESTRICT"), index=True)


class Holiday(Identified, Model):
    """A day on which a country's offices rest. Taken off by making it inactive, so that seeding keeps it off."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("country", "day"),)

    country: Mapped[str] = mapped_column(Text)
    day: Mapped[date]
    label: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text, default="default")
    active: Mapped[bool] = mapped_column(default=True)
    moves: Mapped[bool] = mapped_column(default=False)
    """Falls on another day each year (by the moon), so the next year is not copied from it."""
