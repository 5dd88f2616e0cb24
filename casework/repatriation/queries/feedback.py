"""Feedback to the sending country: what the person agreed to, what was sent, and when it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.queries import get_record, visible_records
from casework.consent.queries import Entry, standing
from casework.db import db, today
from casework.repatriation.kinds import FEEDBACK, FEEDBACK_DAYS
from casework.repatriation.models import ReturnFeedback, ReturnFeedbackSealed, ReturnPath
from casework.repatriation.queries.paths import steps_of
from casework.repatriation.workflow.steps import rule
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """One feedback; its words for the office that wrote it only."""

    row: ReturnFeedback
    to_name: str
    told: dict[str, bool]


def agreed_entries(by: Actor, case: Case) -> list[Entry]:
    """The agreements to feedback in force, for the office in charge; nobody else reads the ledger by this."""
    if case.owner_org_id != by.organisation_id:
        return []
    return [row for row in standing(case.id) if row.purpose == FEEDBACK and row.ground == "consent"]


def feedbacks_of(by: Actor, path: ReturnPath) -> list[FeedbackView]:
    """The feedback of a return, the newest first."""
    query = visible_records(by, ReturnFeedback).where(ReturnFeedback.path_id == path.id)
    return _views(by, db.session.scalars(query.order_by(ReturnFeedback.recorded_at.desc())).all())


def get_feedback(by: Actor, feedback_id: UUID) -> FeedbackView:
    """One feedback, or NotVisible."""
    return _views(by, [get_record(by, ReturnFeedback, feedback_id)])[0]


def _views(by: Actor, rows: Sequence[ReturnFeedback]) -> list[FeedbackView]:
    mine = [row.id for row in rows if row.author_org_id == by.organisation_id]
    sealed = db.session.scalars(select(ReturnFeedbackSealed).where(ReturnFeedbackSealed.id.in_(mine))).all()
    names, told = fields.unseal_many(sealed, "to_name"), fields.unseal_many(sealed, "told")
    return [FeedbackView(row, str(names.get(row.id) or ""), dict(told.get(row.id) or {})) for row in rows]


def feedback_due(path: ReturnPath) -> date | None:
    """The day by which feedback is due: so many days after the hand-over. None before it, and for other ways."""
    if path.direction != "INBOUND" or path.state == "stopped":
        return None
    over = [step.done_on for step in steps_of(path) if step.done_on and rule(step.code).ends == "return"]
    return max(over) + timedelta(days=FEEDBACK_DAYS) if over else None


def feedback_late(path: ReturnPath) -> bool:
    """True when that day has passed and nothing was sent or refused."""
    due = feedback_due(path)
    if due is None or due >= today():
        return False
    return db.session.scalar(select(ReturnFeedback.id).where(ReturnFeedback.path_id == path.id).limit(1)) is None
