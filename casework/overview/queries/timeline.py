"""The timeline of a case: records, changes and states of referrals in one order, by keyset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from casework.access.permissions import Actor
from casework.cases.models import CaseChange, NoteSealed, TimelineEntry
from casework.cases.queries import Cursor, visible_records
from casework.db import db
from casework.overview.workflow import LISTS, TIMELINE
from casework.referrals.models import Referral, ReferralChange
from casework.referrals.queries import visible_referrals
from casework.vault import fields

read_key = Cursor.read
FIRST_WORDS = 140
"""Characters of a note shown on the timeline; the cut is made between words."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. `text` holds a note's first words, only where the note itself is visible."""

    id: UUID
    at: datetime
    kind: str
    record_id: UUID | None
    user_id: UUID
    org_id: UUID
    occurred: tuple[date | None, date | None, str] | None = None
    text: str = ""
    before: str | None = None
    after: str | None = None
    referral: Referral | None = None

    @property
    def key(self) -> str:
        """Where a page that ends with this line goes on."""
        return str(Cursor(self.at, self.id))


def moments(
    by: Actor, case_id: UUID, show: str = "all", before: Cursor | None = None, limit: int = TIMELINE
) -> tuple[list[Moment], str]:
    """One page of a visible case's timeline, newest first, and the key of the next page ('' when it ends)."""
    found = [*_entries(by, case_id, show, before, limit + 1), *_referrals(by, case_id, show, before, limit + 1)]
    found.sort(key=lambda line: (line.at, line.id), reverse=True)
    rows = found[:limit]
    return _with_words(rows), rows[-1].key if len(found) > limit else ""


def _entries(by: Actor, case_id: UUID, show: str, before: Cursor | None, limit: int) -> Iterable[Moment]:
    query: Select[Any] = visible_records(by, TimelineEntry)
    query = query.where(TimelineEntry.case_id == case_id, _of_list(show))
    if before is not None:
        query = query.where(before.older(TimelineEntry.recorded_at, TimelineEntry.id))
    query = query.outerjoin(CaseChange, CaseChange.id == TimelineEntry.record_id)
    query = query.add_columns(CaseChange.before, CaseChange.after)
    newest = query.order_by(TimelineEntry.recorded_at.desc(), TimelineEntry.id.desc()).limit(limit)
    for row, was, became in db.session.execute(newest):
        occurred = (row.occurred_from, row.occurred_to, row.occurred_precision or "day")
        yield Moment(
            id=row.id,
            at=row.recorded_at,
            kind=row.kind,
            record_id=row.record_id,
            user_id=row.author_user_id,
            org_id=row.author_org_id,
            occurred=occurred if row.occurred_from else None,
            before=was,
            after=became,
        )


def _of_list(show: str) -> ColumnElement[bool]:
    if show == "all":
        return and_(True)
    return or_(false(), *(TimelineEntry.kind.like(kind) for kind in LISTS.get(show, ())))


def _referrals(by: Actor, case_id: UUID, show: str, before: Cursor | None, limit: int) -> Iterable[Moment]:
    if show not in ("all", "referrals"):
        return
    query: Select[Any] = visible_referrals(by).where(Referral.case_id == case_id)
    query = query.join(ReferralChange, ReferralChange.referral_id == Referral.id).add_columns(ReferralChange)
    if before is not None:
        query = query.where(before.older(ReferralChange.at, ReferralChange.id))
    newest = query.order_by(ReferralChange.at.desc(), ReferralChange.id.desc()).limit(limit)
    for referral, change in db.session.execute(newest):
        yield Moment(
            id=change.id,
            at=change.at,
            kind="referral",
            record_id=referral.id,
            user_id=change.by_user_id,
            org_id=change.by_org_id,
            before=change.before,
            after=change.after,
            referral=referral,
        )


def _with_words(rows: Sequence[Moment]) -> list[Moment]:
    """The lines with the first words of notes: the lines are visible and of the note's own class, so these are."""
    notes = [row.record_id for row in rows if row.kind == "note" and row.record_id]
    if not notes:
        return list(rows)
    sealed = db.session.scalars(select(NoteSealed).where(NoteSealed.id.in_(notes))).all()
    words = fields.unseal_many(sealed, "text")
    return [
        replace(row, text=first_words(str(words.get(row.record_id) or "")))
        if row.kind == "note" and row.record_id
        else row
        for row in rows
    ]


def first_words(text: str, most: int = FIRST_WORDS) -> str:
    """The beginning of a text, cut between words; in scripts without spaces at a zero-width space or not at all."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    places = [flat.rfind(mark, 0, most) for mark in (" ", "\u200b")]
    return f"{flat[: max(places)]} ..." if max(places) > 0 else ""
