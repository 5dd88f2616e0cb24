"""What this actor may decide now: plans, closures, openings, returns against advice, erasures; the oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from casework.access.permissions import Actor, Permission, can
from casework.cases.models import Case
from casework.cases.queries import visible_cases, waiting_approvals
from casework.cases.queries.rights import answer_by
from casework.db import db
from casework.overview.workflow import SHOWN
from casework.vault.models import ErasureRequest, LegalHold


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that waits for a second person."""

    kind: str
    """A kind of approval, or 'erasure'."""
    case_id: UUID
    code: str
    approval_id: UUID | None
    """None: it is decided on the page of erasing."""
    asked_by: UUID
    asked_at: datetime
    due_at: datetime | None = None
    request: ErasureRequest | None = None
    """The request itself, for an erasure; and why a hold stands on the person, if one does."""
    holds: tuple[str, ...] = ()


def decisions(by: Actor, limit: int = SHOWN) -> list[Decision]:
    """Approvals and erasures of the own office, on visible cases, asked by somebody else. Four statements at most."""
    found = [*_approvals(by, limit), *_erasures(by, limit)]
    return sorted(found, key=lambda one: one.asked_at)[:limit]


def _approvals(by: Actor, limit: int) -> list[Decision]:
    rows = db.session.scalars(waiting_approvals(by).limit(limit)).all()
    if not rows:
        return []
    wanted = {row.case_id for row in rows}
    query = visible_cases(by).where(Case.id.in_(wanted)).with_only_columns(Case.id, Case.code)
    codes = {case_id: code for case_id, code in db.session.execute(query)}
    return [
        Decision(row.kind, row.case_id, codes[row.case_id], row.id, row.asked_by, row.asked_at, row.due_at)
        for row in rows
        if row.case_id in codes
    ]


def _erasures(by: Actor, limit: int) -> list[Decision]:
    """Requests on own people that still need an approval, not from whoever asked or approved; by the newest case."""
    if not can(by, Permission.ERASURE_APPROVE):
        return []
    waiting = (
        select(ErasureRequest)
        .where(ErasureRequest.second_by.is_(None), ErasureRequest.refused_at.is_(None))
        .where(ErasureRequest.requested_by != by.user_id)
        .where(or_(ErasureRequest.first_by.is_(None), ErasureRequest.first_by != by.user_id))
    )
    # Requests are few and cases are many: begin with the requests.
    asked = {row.person_id: row for row in db.session.scalars(waiting)}
    if not asked:
        return []
    cases = (
        visible_cases(by)
        .where(Case.owner_org_id == by.organisation_id, Case.person_id.in_(asked))
        .with_only_columns(Case.person_id, Case.id, Case.code)
        .order_by(None)
        .order_by(Case.opened_on)
    )
    newest_case = {
        person_id: (asked[person_id], case_id, code) for person_id, case_id, code in db.session.execute(cases)
    }
    held: dict[UUID, list[str]] = {}
    holds = select(LegalHold.person_id, LegalHold.reason).where(LegalHold.person_id.in_(newest_case))
    for person_id, reason in db.session.execute(holds.where(LegalHold.lifted_at.is_(None))):
        held.setdefault(person_id, []).append(reason)
    return [
        Decision(
            "erasure", case_id, code, None, row.requested_by, row.requested_at, answer_by(row),
            request=row, holds=tuple(held.get(row.person_id, ())),
        )
        for row, case_id, code in sorted(newest_case.values(), key=lambda one: one[0].requested_at)[:limit]
    ]  # fmt: skip
