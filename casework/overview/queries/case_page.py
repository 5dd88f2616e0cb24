"""The parts of one case on its page, each through its own predicate; what is not open to the actor is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select

from casework.access.permissions import Actor, Permission, can
from casework.access.queries import organisation_names
from casework.assistance.models import EmergencyNeed, ServiceLine
from casework.assistance.queries import is_reversed, needs_now
from casework.cases.models import (
    STATIONS,
    Approval,
    Assignment,
    Case,
    CaseGroup,
    CaseStation,
    GroupMember,
    PrivateTalk,
    Task,
)
from casework.cases.queries import Classes, may_see, visible_groups, visible_records, visible_tasks
from casework.cases.queries.care import Sheet, sheets_of, talks_of
from casework.cases.queries.relatives import others_of, relations_for
from casework.consent.queries import classes_of, standing_rows
from casework.db import db
from casework.people.models import Relation
from casework.referrals.models import Referral
from casework.referrals.queries import for_case
from casework.referrals.workflow import OPEN

WAY = "demographic"
"""Class of the stations' history: it is also the class of their lines on the timeline."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the case: its kind and how many of its members the actor sees."""

    id: UUID
    kind: str
    members: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """What may be shared: with an office, or a coded kind of party whose name stands on the page of consent."""

    org_id: UUID | None
    kind: str | None
    classes: tuple[str, ...]
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything on the page of a case besides identity bar and timeline."""

    stations: list[CaseStation]
    tasks: list[Task]
    needs: list[EmergencyNeed]
    help: list[ServiceLine]
    talk: PrivateTalk | None
    sheets: list[Sheet]
    relations: list[Relation]
    others: dict[UUID, str]
    consents: list[Agreement]
    referrals: list[Referral]
    approvals: list[Approval]
    groups: list[Group]
    carrier: UUID | None
    closed: bool
    offices: dict[UUID, str]

    def state_of(self, row: CaseStation) -> str:
        """How a part stands in words of the page: one that nobody has touched may still come, until a later one began.

        'not_begun' is not stored: it is 'not_needed' as long as nobody said so.
        """
        if row.state != "not_needed" or self.closed or row.version > 1:
            return row.state
        later = self.stations[self.stations.index(row) + 1 :]
        return "not_needed" if any(one.state != "not_needed" for one in later) else "not_begun"

    def tasks_of(self, station: str) -> list[Task]:
        """The open tasks that belong to one part of the way."""
        return [task for task in self.tasks if task.station == station]


def parts_of(by: Actor, case: Case, classes: Classes) -> CasePage:
    """The page of a visible case for one actor, with these classes open."""
    open_ones = classes.all | classes.own
    relations = relations_for(by, classes, case.person_id)
    referrals = [row for row in for_case(by, case.id) if row.status in OPEN]
    tasks = list(db.session.scalars(visible_tasks(by).where(Task.case_id == case.id).limit(50)))
    offices = {row.to_org_id if row.author_org_id == by.organisation_id else row.author_org_id for row in referrals}
    stations, carrier = _way(by, case.id)
    consents = consents_of(by, case, open_ones)
    offices |= {task.waiting_for_org_id for task in tasks} | {one.org_id for one in consents} | {case.owner_org_id}
    return CasePage(
        stations=stations if WAY in classes.all else [],
        tasks=tasks,
        needs=list(needs_now(by, case).values()),
        help=last_help(by, case.id),
        talk=talks_of(by, [case.id]).get(case.id),
        sheets=sheets_of(by, case.id),
        relations=relations,
        others=others_of(by, relations),
        consents=consents,
        referrals=referrals,
        approvals=list(approvals_of(by, case.id, open_ones)),
        groups=_groups(by, case.id),
        carrier=carrier,
        closed=case.status == "closed",
        offices=organisation_names(one for one in offices if one is not None),
    )


def _way(by: Actor, case_id: UUID) -> tuple[list[CaseStation], UUID | None]:
    """The stations in their order, and who of the own office carries the case: one statement for both."""
    carried = and_(
        Assignment.case_id == CaseStation.case_id,
        Assignment.org_id == by.organisation_id,
        Assignment.part == "carries",
        Assignment.ended_at.is_(None),
    )
    query = select(CaseStation, Assignment.user_id).outerjoin(Assignment, carried)
    found = db.session.execute(query.where(CaseStation.case_id == case_id)).all()
    rows = {row.station: row for row, _ in found}
    return [rows[name] for name in STATIONS if name in rows], next((user_id for _, user_id in found), None)


def last_help(by: Actor, case_id: UUID, limit: int = 3) -> list[ServiceLine]:
    """The last lines of help that stand, as far as the actor may see."""
    lines = visible_records(by, ServiceLine).where(
        ServiceLine.case_id == case_id, ServiceLine.reverses_id.is_(None), ~is_reversed()
    )
    newest = lines.order_by(ServiceLine.occurred_at.desc(), ServiceLine.id.desc()).limit(limit)
    return list(db.session.scalars(newest))


def consents_of(by: Actor, case: Case, open_ones: frozenset[str]) -> list[Agreement]:
    """What may be shared with whom now. The owner of the case reads all of it, another office what it recorded itself
    or what names it (as consent.queries.ledger); who does not keep consent, only what touches the own classes."""
    rows = standing_rows(case.id)
    if case.owner_org_id != by.organisation_id:
        rows = [row for row in rows if by.organisation_id in (row.author_org_id, row.recipient_org_id)]
    classes = classes_of(row.id for row in rows)
    if not can(by, Permission.CONSENT_RECORD):
        rows = [row for row in rows if open_ones.intersection(classes.get(row.id, ()))]
    return [Agreement(row.recipient_org_id, row.recipient_kind, classes.get(row.id, ()), row.ends_at) for row in rows]


def approvals_of(by: Actor, case_id: UUID, open_ones: frozenset[str]) -> Sequence[Approval]:
    """What waits for a decision of the own office on a visible case, whoever asked."""
    return db.session.scalars(
        select(Approval)
        .where(Approval.case_id == case_id, Approval.org_id == by.organisation_id, Approval.decision.is_(None))
        .where(Approval.data_class.in_(sorted(open_ones & by.classes)), may_see(by, Approval.case_id))
        .order_by(Approval.asked_at)
    ).all()


def _groups(by: Actor, case_id: UUID) -> list[Group]:
    members = (
        select(func.count())
        .select_from(GroupMember)
        .join(Case, Case.id == GroupMember.case_id)
        .where(GroupMember.group_id == CaseGroup.id, Case.published, may_see(by, Case.id))
        .correlate(CaseGroup)
        .scalar_subquery()
    )
    mine = select(GroupMember.group_id).where(GroupMember.case_id == case_id)
    query = visible_groups(by).where(CaseGroup.id.in_(mine)).add_columns(members)
    return [Group(group.id, group.kind, count) for group, count in db.session.execute(query)]


def shown_people(page: CasePage) -> Iterable[UUID]:
    """Users whose names stand on the page."""
    yield from (approval.asked_by for approval in page.approvals)
    if page.carrier is not None:
        yield page.carrier
