"""The register of letters in and out: offices run on numbered, stamped letters; one carries many referrals."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.referrals.kinds import DIRECTIONS, SUBJECTS
from casework.vault.fields import Sealed, SealedRow


class Letter(Identified, Versioned, Model):
    """One line of an office's register. Seen through a visible referral or case that it is about; only visible ones
    are shown and counted (referrals.queries.visible_letters)."""

    __tablename__ = "letter"
    __table_args__ = (
        one_of("direction", [*DIRECTIONS]),
        one_of("subject", [*SUBJECTS]),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("other_org_id IS NULL OR other_org_id <> org_id", name="with_another"),
        UniqueConstraint("org_id", "direction", "year", "number"),
        Index("ix_letter_scan_id", "scan_id"),
    )

    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    """Whose register it stands in."""
    direction: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    """Counted from one in each year and direction."""
    day: Mapped[date]
    """The date on the letter, or of its arrival."""
    subject: Mapped[str]
    other_org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    """From or to whom, where it is one office of the list; offices asked for help stand in the referrals."""
    general: Mapped[bool] = mapped_column(default=False)
    """Written about no person: seen by everybody of the office who handles letters."""
    scan_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("scan.id", ondelete="SET NULL"))
    author_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)

    @property
    def label(self) -> str:
        """The number as people write it, such as '2026/0014'."""
        return f"{self.year}/{self.number:04d}"


class LetterSealed(SealedRow, Model):
    """What was typed about a letter, under the letter's own key; no personal facts of one of several people."""

    __tablename__ = "letter_sealed"
    __sealed__ = {
        "other_name": Sealed(step=64, limit=200),
        "their_number": Sealed(step=64, limit=100),
        "about": Sealed(step=256, limit=2_000),
        "paper": Sealed(step=64, limit=200),
    }


class LetterCase(CaseRecord, Model):
    """A case that a letter of the register is about, apart from referrals. Append-only."""

    __tablename__ = "letter_case"
    __table_args__ = (one_of("source", SOURCES), UniqueConstraint("letter_id", "case_id"))

    letter_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("letter.id", ondelete="CASCADE"))


class LetterCounter(Model):
    """Last number of an office's letters in one year and direction; the row is held while a number is taken."""

    __tablename__ = "letter_counter"
    __table_args__ = (one_of("direction", [*DIRECTIONS]), CheckConstraint("last >= 0", name="last_not_negative"))

    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"), primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
