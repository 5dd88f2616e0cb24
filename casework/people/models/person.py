"""The person: codes and years in plain columns, everything that identifies sealed under the person's own key."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.codes.dates import Precision
from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.people.kinds import DIFFICULTY, READING, SEXES, SIGNING, SOURCES, YES_NO
from casework.vault.fields import Sealed, SealedRow


class Person(Identified, Versioned, Model):
    """Somebody we help, registered by one office. Custody follows the ownership of the case, not this row."""

    __tablename__ = "person"
    __table_args__ = (
        one_of("sex", [*SEXES]),
        one_of("birth_precision", [*Precision]),
        one_of("birth_registered", [*YES_NO]),
        one_of("sign_language", [*SIGNING]),
        one_of("reads", [*READING]),
        one_of("hearing", [*DIFFICULTY]),
        one_of("sight", [*DIFFICULTY]),
        one_of("source", [*SOURCES]),
        CheckConstraint("(birth_year IS NULL) = (birth_precision = 'unknown')", name="birth_known"),
        CheckConstraint("birth_year BETWEEN 1850 AND 2150", name="birth_year_possible"),
        CheckConstraint("(age_estimated_on IS NULL) = (birth_precision <> 'age_estimate')", name="estimate_has_date"),
        CheckConstraint("origin_district IS NULL OR origin_province IS NOT NULL", name="district_in_province"),
    )

    registered_by_org_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    registered_by_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    source: Mapped[str] = mapped_column(default="said")
    sex: Mapped[str] = mapped_column(default="unknown")
    """As on papers."""
    gender: Mapped[str | None]
    """Code of gender: what the person says."""
    birth_year: Mapped[int | None]
    """The exact birth date is sealed; of an interval or estimate this is the middle year."""
    birth_precision: Mapped[str] = mapped_column(default="unknown")
    birth_ground: Mapped[str | None]
    """Code of age_source: how the birth or age is known."""
    age_estimated_on: Mapped[date | None]
    minor_until: Mapped[date]
    """Rounded up to 31 December; the year 9999 while a birth is not known: a child until shown otherwise."""
    birth_registered: Mapped[str] = mapped_column(default="unknown")
    marital_status: Mapped[str | None]
    education: Mapped[str | None]
    language: Mapped[str | None]
    interpreter_needed: Mapped[bool] = mapped_column(default=False)
    sign_language: Mapped[str] = mapped_column(default="unknown")
    reads: Mapped[str] = mapped_column(default="unknown")
    hearing: Mapped[str] = mapped_column(default="unknown")
    sight: Mapped[str] = mapped_column(default="unknown")
    origin_country: Mapped[str | None]
    origin_province: Mapped[str | None] = mapped_column(ForeignKey("province.code", ondelete="RESTRICT"))
    origin_district: Mapped[str | None] = mapped_column(ForeignKey("district.code", ondelete="RESTRICT"))


class PersonSealed(SealedRow, Model):
    """Names with the birth date, and the address; the root is the person."""

    __tablename__ = "person_sealed"
    __sealed__: ClassVar = {"names": Sealed(step=64, kind="json", limit=4_000), "address": Sealed(step=64)}
