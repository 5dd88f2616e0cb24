"""Tasks, approvals, assignments and notes, each laid over the predicate of cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, exists, false, or_, select

from casework.access.models import Membership
from casework.access.permissions import Actor, Permission
from casework.cases.models import (
    Approval,
    Assignment,
    Case,
    CaseAccessClass,
    CaseGroup,
    CaseGroupSealed,
    Exclusion,
    GroupMember,
    Note,
    NoteSealed,
    Task,
    TaskSealed,
    TimelineEntry,
)
from casework.cases.queries.visible import classes_of_many, may_see, visible_records
from casework.db import db, utcnow
from casework.errors import NotVisible
from casework.vault import fields


def visible_tasks(by: Actor, state: str = "open") -> Select[Task]:
    """Tasks of the actor's own organisation, on visible cases, of a class that the actor's role opens; and of a
    referral also to whoever it was given to by name: a health service is asked for by people who don't read health."""
    now = utcnow()
    opened = exists(
        select(1).where(
            CaseAccessClass.org_id == by.organisation_id,
            CaseAccessClass.case_id == Task.case_id,
            CaseAccessClass.data_class == Task.data_class,
            CaseAccessClass.data_class.in_(sorted(by.classes)),
            CaseAccessClass.starts_at <= now,
            CaseAccessClass.expires_at > now,
        )
    )
    given = and_(Task.record_kind == "referral", Task.assignee_id == by.user_id)
    return (
        select(Task)
        .join(Case, Case.id == Task.case_id)
        .where(Task.org_id == by.organisation_id, Task.state == state, Case.published)
        .where(may_see(by, Task.case_id), or_(opened, given))
        .order_by(Task.due_at.is_(None), Task.due_at, Task.id)
    )


def get_task(by: Actor, task_id: UUID) -> tuple[Task, Case]:
    """A task of the own organisation in any state with its case, or NotVisible."""
    state = db.session.scalar(select(Task.state).where(Task.id == task_id))
    task = db.session.scalars(visible_tasks(by, state or "open").where(Task.id == task_id)).one_or_none()
    if task is None:
        raise NotVisible
    return task, db.session.get_one(Case, task.case_id)


def task_texts(tasks: Sequence[Task]) -> dict[UUID, str]:
    """The typed words of tasks that have some."""
    rows = list(db.session.scalars(select(TaskSealed).where(TaskSealed.id.in_([task.id for task in tasks]))))
    return {key: str(text) for key, text in fields.unseal_many(rows, "text").items() if text}


def waiting_approvals(by: Actor) -> Select[Approval]:
    """What this actor may decide now: the own organisation's, on visible cases, not asked by the actor."""
    if Permission.CASE_APPROVE not in by.permissions and not by.deputy_for:
        return select(Approval).join(Case, Case.id == Approval.case_id).where(false())
    return (
        select(Approval)
        .join(Case, Case.id == Approval.case_id)
        .where(Approval.org_id == by.organisation_id, Approval.decision.is_(None), Case.published)
        .where(Approval.asked_by != by.user_id, may_see(by, Approval.case_id))
        .where(Approval.data_class.in_(sorted(by.classes)))
        .order_by(Approval.asked_at)
    )


def get_approval(by: Actor, approval_id: UUID) -> tuple[Approval, Case]:
    """An approval of the own organisation on a visible case, decided or not, or NotVisible."""
    found = db.session.execute(
        select(Approval, Case)
        .join(Case, Case.id == Approval.case_id)
        .where(Approval.id == approval_id, Approval.org_id == by.organisation_id, Case.published)
        .where(may_see(by, Approval.case_id), Approval.data_class.in_(sorted(by.classes)))
    ).one_or_none()
    if found is None:
        raise NotVisible
    return found[0], found[1]


def timeline(
    by: Actor, case_id: UUID, *, before: tuple[datetime, UUID] | None = None, limit: int = 40
) -> list[TimelineEntry]:
    """The newest lines of a case's timeline that the actor may see, by keyset."""
    query = visible_records(by, TimelineEntry).where(TimelineEntry.case_id == case_id)
    if before is not None:
        query = query.where(
            or_(
                TimelineEntry.recorded_at < before[0],
                and_(TimelineEntry.recorded_at == before[0], TimelineEntry.id < before[1]),
            )
        )
    return list(
        db.session.scalars(query.order_by(TimelineEntry.recorded_at.desc(), TimelineEntry.id.desc()).limit(limit))
    )


def notes_of(by: Actor, case_id: UUID, limit: int = 50) -> list[tuple[Note, str]]:
    """The newest visible notes with their words."""
    notes = list(
        db.session.scalars(
            visible_records(by, Note).where(Note.case_id == case_id).order_by(Note.recorded_at.desc()).limit(limit)
        )
    )
    rows = list(db.session.scalars(select(NoteSealed).where(NoteSealed.id.in_([note.id for note in notes]))))
    words = fields.unseal_many(rows, "text")
    return [(note, str(words.get(note.id) or "")) for note in notes]


def exclusions_of(by: Actor, case_id: UUID) -> list[Exclusion]:
    """Who of the own organisation is kept away from a case now; not the actor's own entry."""
    return list(
        db.session.scalars(
            select(Exclusion)
            .join(Membership, Membership.user_id == Exclusion.user_id)
            .where(Exclusion.case_id == case_id, Exclusion.ended_at.is_(None), Exclusion.user_id != by.user_id)
            .where(Membership.organisation_id == by.organisation_id)
            .order_by(Exclusion.starts_at)
        )
    )


def carriers(by: Actor, case_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Case id -> user of the own organisation who carries it now."""
    rows = db.session.execute(
        select(Assignment.case_id, Assignment.user_id).where(
            Assignment.case_id.in_(list(case_ids)),
            Assignment.org_id == by.organisation_id,
            Assignment.part == "carries",
            Assignment.ended_at.is_(None),
        )
    )
    return {case_id: user_id for case_id, user_id in rows}


def helpers(by: Actor, case_id: UUID) -> list[Assignment]:
    """Colleagues of the own organisation who help with a case beside the one who carries it."""
    return list(
        db.session.scalars(
            select(Assignment)
            .where(Assignment.case_id == case_id, Assignment.org_id == by.organisation_id)
            .where(Assignment.part == "helps", Assignment.ended_at.is_(None))
            .order_by(Assignment.starts_at)
        )
    )


def visible_groups(by: Actor) -> Select[CaseGroup]:
    """Groups with at least one visible member."""
    member = exists(
        select(1)
        .join(Case, Case.id == GroupMember.case_id)
        .where(GroupMember.group_id == CaseGroup.id, Case.published, may_see(by, GroupMember.case_id))
        .select_from(GroupMember)
    )
    return select(CaseGroup).where(member)


@dataclass(frozen=True, slots=True)
class GroupWords:
    """What is written of a whole group; empty where the actor may not read it."""

    name: str = ""
    facts: str = ""
    place: str = ""
    vessel: str = ""


def get_group(by: Actor, group_id: UUID) -> tuple[CaseGroup, GroupWords]:
    """A group with its name and what all share, or NotVisible when no member is visible.

    The name may hold words about the people, so it is opened only where a member's trafficking history is.
    """
    group = db.session.scalars(visible_groups(by).where(CaseGroup.id == group_id)).one_or_none()
    if group is None:
        raise NotVisible
    classes = classes_of_many(by, [case.id for case in members_of(by, group_id)])
    ours = group.author_org_id == by.organisation_id and "trafficking_history" in by.classes
    if not ours and not any("trafficking_history" in opened for opened in classes.values()):
        return group, GroupWords()
    sealed = db.session.get_one(CaseGroupSealed, group_id)
    names = ("name", "facts", "place", "vessel")
    return group, GroupWords(**{name: str(fields.unseal(sealed, name) or "") for name in names})


def members_of(by: Actor, group_id: UUID) -> list[Case]:
    """The visible members of a group; the others are neither shown nor counted."""
    return list(
        db.session.scalars(
            select(Case)
            .join(GroupMember, GroupMember.case_id == Case.id)
            .where(GroupMember.group_id == group_id, Case.published, may_see(by, Case.id))
            .order_by(GroupMember.joined_at, Case.id)
        )
    )
