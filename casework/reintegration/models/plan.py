"""The plan with its goals, and the stage of reintegration with its history."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Identified, Model, Versioned, one_of
from casework.vault.fields import Sealed, SealedRow

PLAN_STATES = ("draft", "waiting", "approved", "returned", "replaced")
GOAL_STATES = ("open", "reached", "dropped")


class Plan(CaseRecord, Versioned, Model):
    """A plan written with the person; the first is number 1, a newer one replaces it. Approved by somebody else."""

    __tablename__ = "plan"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("state", PLAN_STATES),
        CheckConstraint("number > 0", name="number_positive"),
        Index("uq_plan_case_id_number", "case_id", "number", unique=True),
    )

    number: Mapped[int]
    state: Mapped[str] = mapped_column(default="draft")
    review_on: Mapped[date | None]
    approved_on: Mapped[date | None]


class PlanGoal(Identified, Versioned, Model):
    """One goal of a plan: an area of life, who looks after it, until when, how far."""

    __tablename__ = "plan_goal"
    __table_args__ = (
        one_of("state", GOAL_STATES),
        CheckConstraint("position > 0", name="position_positive"),
        Index("uq_plan_goal_plan_id_position", "plan_id", "position", unique=True),
    )

    plan_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("plan.id", ondelete="CASCADE"))
    position: Mapped[int]
    domain: Mapped[str]
    """Code of support_plan_type."""
    owner_user_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    """Nobody of the office: the person looks after it, or the party named in the text of the action."""
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="open")


class PlanGoalSealed(SealedRow, Model):
    """The goal in the person's words, and what will be done for it."""

    __tablename__ = "plan_goal_sealed"
    __sealed__ = {"goal": Sealed(step=256, limit=2_000), "action": Sealed(step=256, limit=2_000)}


class PlanAction(Identified, Versioned, Model):
    """One thing to do for a goal: who, by when, and the day it was done."""

    __tablename__ = "plan_action"
    __table_args__ = (
        CheckConstraint("position > 0", name="position_positive"),
        Index("uq_plan_action_goal_id_position", "goal_id", "position", unique=True),
    )

    goal_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("plan_goal.id", ondelete="CASCADE"))
    position: Mapped[int]
    owner_user_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    """Nobody of the office: the person does it, or the party named in the words."""
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]


class PlanActionSealed(SealedRow, Model):
    """What will be done."""

    __tablename__ = "plan_action_sealed"
    __sealed__ = {"action": Sealed(step=256, limit=2_000)}


class StageEntry(CaseRecord, Model):
    """The stage entered on a day. Append-only: the newest row is the stage, the rest its history."""

    __tablename__ = "reintegration_stage"
    __table_args__ = (
        one_of("source", SOURCES),
        Index("ix_reintegration_stage_case_id_recorded_at", "case_id", "recorded_at"),
    )

    stage: Mapped[str]
    """Code of reintegration_stage (MoSVY circular, 26 Dec 2022)."""
    since_on: Mapped[date]


class StagePaper(CaseRecord, Model):
    """A paper of a stage that an office has seen; with the document, if it was scanned."""

    __tablename__ = "stage_paper"
    __table_args__ = (
        one_of("source", SOURCES),
        Index("uq_stage_paper_case_id_paper", "case_id", "author_org_id", "paper", unique=True),
        Index("ix_stage_paper_document_id", "document_id"),
    )

    paper: Mapped[str]
    """Key of workflow.PAPER_WORDS; which stage asks for it stands in data/stage_papers.toml."""
    there_on: Mapped[date]
    document_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("document.id", ondelete="SET NULL"))
