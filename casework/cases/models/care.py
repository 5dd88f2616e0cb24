"""What spares the person: when nothing more is asked, who was talked with alone, and where a paper form lies."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models.record import SOURCES, CaseRecord
from casework.db import Model, Utc, Versioned, one_of
from casework.vault.fields import Sealed, SealedRow

STOP_SAID_BY = ("person", "worker", "health_worker", "guardian", "interpreter")
TALK_STATES = ("held", "declined", "taken_back")
SHEETS = ("first_evening", "group_list")


class AskStop(CaseRecord, Versioned, Model):
    """'Do not ask more': who said so and until when. It stands on every page of the case, and before a screening."""

    __tablename__ = "ask_stop"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("said_by", STOP_SAID_BY),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="end_has_person"),
        Index("ix_ask_stop_case_id_until_at", "case_id", "until_at"),
    )

    said_by: Mapped[str]
    until_at: Mapped[datetime] = mapped_column(Utc)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)
    """When the person wished to go on earlier."""
    ended_by: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))


class AskStopSealed(SealedRow, Model):
    """Why nothing more is asked, in words."""

    __tablename__ = "ask_stop_sealed"
    __sealed__ = {"reason": Sealed(step=256, limit=1_000)}


class PrivateTalk(CaseRecord, Model):
    """A talk with this person alone, without family, companions or the others of a group. The newest row stands."""

    __tablename__ = "private_talk"
    __table_args__ = (one_of("source", SOURCES), one_of("state", TALK_STATES))

    state: Mapped[str]
    """held; declined, when the person did not want it; taken_back, when it was marked by mistake."""


class PaperSheet(CaseRecord, Model):
    """A form that was filled in on paper and typed in afterwards: its date, and where the paper lies."""

    __tablename__ = "paper_sheet"
    __table_args__ = (one_of("source", SOURCES), one_of("kind", SHEETS))

    kind: Mapped[str]
    written_on: Mapped[date]


class PaperSheetSealed(SealedRow, Model):
    """Where the paper lies."""

    __tablename__ = "paper_sheet_sealed"
    __sealed__ = {"place": Sealed(step=64, limit=300)}
