"""Reads of what spares the person: stops that hold now, private talks, paper forms; for one case or a page of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.models import AskStop, AskStopSealed, Case, PaperSheet, PaperSheetSealed, PrivateTalk
from casework.cases.queries.visible import visible_records
from casework.db import db, utcnow
from casework.errors import NotVisible
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper form of a case, and where it lies."""

    row: PaperSheet
    place: str


def stops_now(by: Actor, case_ids: Sequence[UUID]) -> dict[UUID, list[AskStop]]:
    """Case id -> the stops that hold now, the longest first. One statement for a whole page."""
    if not case_ids:
        return {}
    query = visible_records(by, AskStop).where(
        AskStop.case_id.in_(list(case_ids)), AskStop.until_at > utcnow(), AskStop.ended_at.is_(None)
    )
    found: dict[UUID, list[AskStop]] = {}
    for row in db.session.scalars(query.order_by(AskStop.until_at.desc(), AskStop.id)):
        found.setdefault(row.case_id, []).append(row)
    return found


def stop_now(by: Actor, case_id: UUID) -> AskStop | None:
    """The stop of one case that holds longest, or None when the person may be asked."""
    return next(iter(stops_now(by, [case_id]).get(case_id, [])), None)


def get_stop(by: Actor, case: Case, stop_id: UUID) -> AskStop:
    """A visible stop of this case, or NotVisible."""
    query = visible_records(by, AskStop).where(AskStop.id == stop_id, AskStop.case_id == case.id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotVisible
    return found


def reason_of(stop: AskStop | None) -> str:
    """Why nothing is asked, in words; '' when nobody wrote it."""
    sealed = db.session.get(AskStopSealed, stop.id) if stop else None
    return str(fields.unseal(sealed, "reason") or "") if sealed else ""


def talks_of(by: Actor, case_ids: Sequence[UUID]) -> dict[UUID, PrivateTalk]:
    """Case id -> the newest mark about the private talk, one taken back included. One statement."""
    if not case_ids:
        return {}
    query = visible_records(by, PrivateTalk).where(PrivateTalk.case_id.in_(list(case_ids)))
    return {row.case_id: row for row in db.session.scalars(query.order_by(PrivateTalk.recorded_at, PrivateTalk.id))}


def sheets_of(by: Actor, case_id: UUID) -> list[Sheet]:
    """The paper forms of a case that were typed in, newest first."""
    query = visible_records(by, PaperSheet).where(PaperSheet.case_id == case_id)
    rows = list(db.session.scalars(query.order_by(PaperSheet.recorded_at.desc(), PaperSheet.id.desc())))
    if not rows:
        return []
    sealed = list(db.session.scalars(select(PaperSheetSealed).where(PaperSheetSealed.id.in_([row.id for row in rows]))))
    places = fields.unseal_many(sealed, "place")
    return [Sheet(row, str(places.get(row.id) or "")) for row in rows]
