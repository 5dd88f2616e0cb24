"""Screenings of a case, what was noted in them, and what earlier ones already answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.queries import get_record, visible_records
from casework.db import db
from casework.identification.models import Screening, ScreeningIndicator, ScreeningSealed
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class Earlier:
    """Something an earlier screening noted: shown, so that it is not asked again."""

    list: str
    code: str
    screening_id: UUID
    org_id: UUID
    noted_at: datetime

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.list}:{self.code}"


def screenings_of(by: Actor, case_id: UUID) -> list[Screening]:
    """The screenings of a case that the actor may see, the latest first."""
    query = visible_records(by, Screening).where(Screening.case_id == case_id)
    return list(db.session.scalars(query.order_by(Screening.started_at.desc(), Screening.id.desc())))


def get_screening(by: Actor, case_id: UUID, screening_id: UUID) -> Screening:
    """The screening of this case, or NotVisible."""
    found = get_record(by, Screening, screening_id)
    return found if found.case_id == case_id else get_record(by, Screening, UUID(int=0))


def answers_of(screening_ids: Iterable[UUID]) -> list[ScreeningIndicator]:
    """What was noted in screenings known to be visible, in the order of lists and codes."""
    query = select(ScreeningIndicator).where(ScreeningIndicator.screening_id.in_(list(screening_ids)))
    return list(db.session.scalars(query.order_by(ScreeningIndicator.list, ScreeningIndicator.code)))


def words_of(screening: Screening) -> dict[str, Any]:
    """The opened words of a visible screening: testimony, setting. Empty ones are left out."""
    row = db.session.get(ScreeningSealed, screening.id)
    if row is None:
        return {}
    opened = {name: fields.unseal(row, name) for name in ScreeningSealed.__sealed__}
    return {name: value for name, value in opened.items() if value}


def earlier_answers(by: Actor, screening: Screening) -> dict[str, Earlier]:
    """By 'list:code', what screenings begun before this one noted, as far as the actor may see them.

    What another office asked is seen only where the person agreed to share it: the predicate holds that.
    """
    query = visible_records(by, Screening).where(
        Screening.case_id == screening.case_id,
        Screening.id != screening.id,
        Screening.started_at <= screening.started_at,
    )
    before = {row.id: row for row in db.session.scalars(query.order_by(Screening.started_at))}
    found: dict[str, Earlier] = {}
    for answer in answers_of(before):
        row = before[answer.screening_id]
        earlier = Earlier(answer.list, answer.code, row.id, row.author_org_id, answer.noted_at)
        if earlier.key not in found or found[earlier.key].noted_at < earlier.noted_at:
            found[earlier.key] = earlier
    return found
