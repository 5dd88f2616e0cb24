"""How to reach a person without bringing them into danger: the rule plain, the number sealed."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Model, Utc, Versioned, one_of
from casework.people.kinds import END_REASONS, SOURCES, STOP_REASONS
from casework.people.models.record import PersonRecord
from casework.vault.fields import Sealed, SealedRow


class Contact(PersonRecord, Versioned, Model):
    """A dated claim of how the person may be reached; any office with access may add one, none is overwritten."""

    __tablename__ = "contact"
    __table_args__ = (
        one_of("source", [*SOURCES]),
        one_of("do_not_contact_reason", [*STOP_REASONS], optional=True),
        one_of("end_reason", [*END_REASONS], optional=True),
        CheckConstraint("do_not_contact = (do_not_contact_reason IS NOT NULL)", name="stop_has_reason"),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="end_has_reason"),
        CheckConstraint("safe_days BETWEEN 0 AND 127", name="safe_days_week"),
        CheckConstraint("(safe_from IS NULL) = (safe_to IS NULL)", name="safe_hours_both"),
        CheckConstraint("safe_from BETWEEN 0 AND 1439 AND safe_to BETWEEN 1 AND 1440", name="safe_hours_day"),
    )

    channel: Mapped[str]
    """Code of contact_channel."""
    phone_owner: Mapped[str | None]
    """Code of phone_owner: whose phone it is. Several people sharing one is normal."""
    safe_days: Mapped[int | None]
    safe_from: Mapped[int | None]
    """Minutes after midnight in Phnom Penh; from later than to goes over midnight. None = not asked."""
    safe_to: Mapped[int | None]
    may_leave_message: Mapped[bool] = mapped_column(default=False)
    may_text: Mapped[bool] = mapped_column(default=False)
    do_not_contact: Mapped[bool] = mapped_column(default=False)
    do_not_contact_reason: Mapped[str | None]
    last_confirmed_on: Mapped[date | None]
    ended_at: Mapped[datetime | None] = mapped_column(Utc)
    end_reason: Mapped[str | None]


class ContactSealed(SealedRow, Model):
    """Number and handle, apart from the words of the rule, which are read before; the root is the person."""

    __tablename__ = "contact_sealed"
    __sealed__: ClassVar = {
        "number": Sealed(step=32),
        "handle": Sealed(step=32),
        "name_to_use": Sealed(step=64, limit=100),
        "code_word": Sealed(step=32),
        "unsafe_persons": Sealed(step=64),
        "who_may_accompany": Sealed(step=64),
        "note": Sealed(step=1024, limit=2_000),
    }
