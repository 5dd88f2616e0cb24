"""Files that were asked for: one's own while it may be fetched, and the list of the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.db import db, utcnow
from casework.errors import NotVisible
from casework.reports.models import ExportRecord, ExportRecordSealed
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class Words:
    """Who gets a file and why."""

    recipient: str
    reason: str


def get_export(by: Actor, export_id: UUID) -> ExportRecord:
    """The file's record for who asked for it, as long as the file may be fetched; else NotVisible."""
    found = db.session.scalars(
        select(ExportRecord).where(
            ExportRecord.id == export_id,
            ExportRecord.author_user_id == by.user_id,
            ExportRecord.author_org_id == by.organisation_id,
            ExportRecord.expires_at > utcnow(),
        )
    ).one_or_none()
    if found is None:
        raise NotVisible
    return found


def exports_of(by: Actor, limit: int = 20) -> Sequence[ExportRecord]:
    """What was asked for in the actor's office, newest first."""
    query = select(ExportRecord).where(ExportRecord.author_org_id == by.organisation_id)
    return db.session.scalars(query.order_by(ExportRecord.asked_at.desc(), ExportRecord.id.desc()).limit(limit)).all()


def words_of(records: Sequence[ExportRecord]) -> dict[UUID, Words]:
    """Recipient and reason of records one may see. Two statements whatever their number."""
    ids = [record.id for record in records]
    rows = db.session.scalars(select(ExportRecordSealed).where(ExportRecordSealed.id.in_(ids))).all()
    recipients, reasons = fields.unseal_many(rows, "recipient"), fields.unseal_many(rows, "reason")
    return {row.id: Words(str(recipients.get(row.id) or ""), str(reasons.get(row.id) or "")) for row in rows}
