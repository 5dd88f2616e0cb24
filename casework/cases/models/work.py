"""Work on a case: assignment, tasks with their clocks, notes, approvals, notices."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models.case import STATIONS
from casework.cases.models.record import SOURCES, CaseRecord
from casework.db import Identified, Model, Utc, Versioned, one_of, utcnow
from casework.vault.fields import Sealed, SealedRow


class Assignment(Identified, Model):
    """Who of an organisation carries the case, from when to when. Scopes 'assigned' and 'team' rest on it."""

    __tablename__ = "assignment"
    __table_args__ = (
        one_of("part", ("carries", "helps")),
        Index(
            "uq_assignment_carrier",
            "case_id",
            "org_id",
            unique=True,
            sqlite_where=text("part = 'carries' AND ended_at IS NULL"),
            postgresql_where=text("part = 'carries' AND ended_at IS NULL"),
        ),
        Index("ix_assignment_case_id_org_id", "case_id", "org_id"),
        Index("ix_assignment_user_id_ended_at", "user_id", "ended_at", "case_id"),
        Index("ix_assignment_team_id_ended_at", "team_id", "ended_at", "case_id"),
    )

    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"))
    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    team_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("team.id", ondelete="RESTRICT"))
    part: Mapped[str] = mapped_column(default="carries")
    """One colleague of an office carries the case; others (a nurse, a counsellor, a lawyer) may help with it."""
    starts_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)
    by_user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))


class Task(Identified, Versioned, Model):
    """Something one organisation has to do on a case, or waits for, with a deadline. All clocks end up here.

    `kind` is a code whose words stand in cases.workflow.TASK_KINDS; a task from a step, referral or visit points to
    it by `record_kind` and `record_id`, so that the step's service can move or close it.
    """

    __tablename__ = "task"
    __table_args__ = (
        one_of("state", ("open", "done", "cancelled")),
        one_of("station", STATIONS, optional=True),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_has_time"),
        Index("ix_task_org_id_state_due_at", "org_id", "state", "due_at"),
        Index("ix_task_assignee_id_state_due_at", "assignee_id", "state", "due_at"),
        Index("ix_task_case_id_state", "case_id", "state"),
        Index("ix_task_record_id", "record_id"),
    )

    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"))
    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    assignee_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    kind: Mapped[str]
    station: Mapped[str | None]
    data_class: Mapped[str] = mapped_column(default="demographic")
    """Class a reader needs to see the task: a clinic's appointment is not on everybody's list."""
    record_kind: Mapped[str | None]
    record_id: Mapped[UUID | None] = mapped_column(Uuid)
    due_at: Mapped[datetime | None] = mapped_column(Utc)
    state: Mapped[str] = mapped_column(default="open")
    waiting_for_org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    waiting_for: Mapped[str | None]
    """A short plain party name or code ('consulate'); set = it is not our move."""
    waiting_since: Mapped[datetime | None] = mapped_column(Utc)
    escalated: Mapped[int] = mapped_column(default=0)
    """0 nothing told, 1 reminded, 2 late and the supervisor told, 3 and more: told again each week."""
    told_at: Mapped[datetime | None] = mapped_column(Utc)
    """When the worker of deadlines looks at the task again."""
    created_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    created_by: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    ended_at: Mapped[datetime | None] = mapped_column(Utc)
    ended_by: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))


class TaskSealed(SealedRow, Model):
    """The words of a task that a person typed."""

    __tablename__ = "task_sealed"
    __sealed__ = {"text": Sealed(step=64, limit=2_000)}

    id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("task.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[bytes | None] = mapped_column(LargeBinary)


class Note(CaseRecord, Model):
    """A note with a data class. Append-only: a correction is a new note that names the one it corrects."""

    __tablename__ = "note"
    __table_args__ = (one_of("source", SOURCES), Index("ix_note_case_id_recorded_at", "case_id", "recorded_at"))

    corrects_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("note.id", ondelete="RESTRICT"))


class NoteSealed(SealedRow, Model):
    """The words of a note."""

    __tablename__ = "note_sealed"
    __sealed__ = {"text": Sealed(step=1024, limit=20_000)}

    id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("note.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[bytes | None] = mapped_column(LargeBinary)


class Approval(Identified, Versioned, Model):
    """Something that needs a second person: asked by one, decided by another. Nobody approves the own work."""

    __tablename__ = "approval"
    __table_args__ = (
        one_of("decision", ("approved", "returned"), optional=True),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="not_own_work"),
        CheckConstraint("(decided_by IS NULL) = (decision IS NULL)", name="decision_has_person"),
        Index("ix_approval_org_id_decision", "org_id", "decision", "asked_at"),
        Index("ix_approval_case_id", "case_id"),
        Index("ix_approval_record_id", "record_id"),
    )

    case_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"))
    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    kind: Mapped[str]
    """plan, closure, vital, return_against_advice ...; words in cases.workflow.APPROVAL_KINDS."""
    record_id: Mapped[UUID] = mapped_column(Uuid)
    data_class: Mapped[str] = mapped_column(default="needs_risk")
    asked_by: Mapped[UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    asked_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    due_at: Mapped[datetime | None] = mapped_column(Utc)
    decided_by: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    deputy_for: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    decided_at: Mapped[datetime | None] = mapped_column(Utc)
    decision: Mapped[str | None]


class ApprovalSealed(SealedRow, Model):
    """Reason of a decision, in words."""

    __tablename__ = "approval_sealed"
    __sealed__ = {"reason": Sealed(step=256)}

    id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("approval.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)


class Notice(Identified, Model):
    """News for an organisation or one of its users: a referral accepted, a consent withdrawn. Codes only."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_org_id_created_at", "org_id", "created_at"),
        Index("ix_notice_case_id", "case_id"),
    )

    org_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    user_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    """Nobody: everyone of the organisation who sees the case; else one person."""
    case_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("case.id", ondelete="CASCADE"))
    """Always set on new rows, so that exclusions hold; news without a case is shown to nobody."""
    kind: Mapped[str]
    record_kind: Mapped[str | None]
    record_id: Mapped[UUID | None] = mapped_column(Uuid)
    data_class: Mapped[str] = mapped_column(default="demographic")
    """Class a reader needs to see the news: that of the record it is about."""
    without_access: Mapped[bool] = mapped_column(default=False)
    """About a packet, or an end: told to an office to which the case is not open, or no longer."""
    for_supervisor: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Utc)
    acknowledged_by: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    due_at: Mapped[datetime | None] = mapped_column(Utc)
    """When an acknowledgement is due (a notice to erase after a withdrawal: 7 days)."""


class TimelineEntry(CaseRecord, Model):
    """One line of the case's timeline: written beside each record and change, read through the same predicate.

    Holds the kind and the record's id, never words: the page of the record shows those to whoever may.
    """

    __tablename__ = "timeline_entry"
    __table_args__ = (
        one_of("source", SOURCES),
        Index("ix_timeline_entry_case_id_recorded_at", "case_id", "recorded_at", "id"),
    )

    kind: Mapped[str]
    record_id: Mapped[UUID | None] = mapped_column(Uuid)
