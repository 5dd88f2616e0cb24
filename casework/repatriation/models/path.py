"""A return and its steps, with the spells in which a clock stood still and the history of every state."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, STATIONS, CaseRecord
from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.repatriation.kinds import DIRECTIONS, PARTIES, PATH_STATES, SKIP_REASONS, STEP_STATES
from casework.vault.fields import Sealed, SealedRow


class ReturnPath(CaseRecord, Versioned, Model):
    """One way home of one case. Steps, decisions, checks and the hand-over are seen through it, never past it."""

    __tablename__ = "return_path"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("direction", [*DIRECTIONS]),
        one_of("state", [*PATH_STATES]),
        CheckConstraint("(state = 'open') = (ended_on IS NULL)", name="ended_has_day"),
        CheckConstraint("(state = 'stopped') = (stop_reason IS NOT NULL)", name="stop_has_reason"),
        Index("ix_return_path_case_id_state", "case_id", "state"),
    )

    direction: Mapped[str]
    from_country: Mapped[str]
    to_country: Mapped[str]
    arranged: Mapped[bool]
    """Travel that we arrange: only this is bound by the gates (docs/domain.md 3)."""
    started_on: Mapped[date]
    travel_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="open")
    ended_on: Mapped[date | None]
    stop_reason: Mapped[str | None]


class ReturnStep(CaseRecord, Versioned, Model):
    """One step, made from the list repatriation_step; the list may change later, the step keeps its own clock.

    The author is the office that planned the return; who does a step stands in `owner_org_id` or `owner_party`.
    """

    __tablename__ = "return_step"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", [*STEP_STATES]),
        one_of("station", STATIONS),
        one_of("owner_party", [*PARTIES], optional=True),
        one_of("waiting_party", [*PARTIES], optional=True),
        one_of("skip_reason", [*SKIP_REASONS], optional=True),
        CheckConstraint("(state = 'skipped') = (skip_reason IS NOT NULL)", name="skip_has_reason"),
        CheckConstraint("state <> 'done' OR done_on IS NOT NULL", name="done_has_day"),
        CheckConstraint("state NOT IN ('open', 'waiting') OR started_on IS NOT NULL", name="open_has_day"),
        CheckConstraint("round > 0 AND sequence > 0", name="place_positive"),
        Index("uq_return_step_path_id_code_round", "path_id", "code", "round", unique=True),
        Index("ix_return_step_state_due_on", "state", "due_on"),
    )

    path_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("return_path.id", ondelete="CASCADE"))
    code: Mapped[str]
    """Code of repatriation_step."""
    round: Mapped[int] = mapped_column(default=1)
    """A step may be repeated; the older rounds stay."""
    sequence: Mapped[int]
    station: Mapped[str]
    owner_org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    owner_party: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="planned")
    allowed_days: Mapped[int | None]
    working_days: Mapped[bool]
    calendar: Mapped[str]
    """Country (alpha-3) whose working days count."""
    from_travel: Mapped[bool] = mapped_column(default=False)
    """Due so many days from the travel day rather than from the start."""
    started_on: Mapped[date | None]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    waiting_org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    waiting_party: Mapped[str | None]
    outcome: Mapped[str | None]
    skip_reason: Mapped[str | None]
    document_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("document.id", ondelete="RESTRICT"))


class ReturnStepSealed(SealedRow, Model):
    """The worker's words on a step: number and expiry of a travel paper, conditions, agreements."""

    __tablename__ = "return_step_sealed"
    __sealed__ = {"note": Sealed(step=256, limit=5_000)}


class ReturnStepPause(Identified, Model):
    """A spell in which the clock stood still because the step waited for the person."""

    __tablename__ = "return_step_pause"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="interval_not_negative"),
        Index("ix_return_step_pause_step_id", "step_id"),
    )

    step_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("return_step.id", ondelete="CASCADE"))
    from_on: Mapped[date]
    """First day that does not count."""
    until_on: Mapped[date | None]
    """First day that counts again; none while the clock stands."""


class ReturnStepChange(Identified, Model):
    """History of a step's states. Append-only."""

    __tablename__ = "return_step_change"
    __table_args__ = (Index("ix_return_step_change_step_id_at", "step_id", "at"),)

    step_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("return_step.id", ondelete="CASCADE"))
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    by_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    by_org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
