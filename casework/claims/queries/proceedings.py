"""Proceedings of a case with their stages, dates and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.queries import get_record, visible_records
from casework.claims.models import (
    Hearing,
    HearingSealed,
    Proceeding,
    ProceedingSealed,
    ProceedingStep,
    ProceedingStepSealed,
)
from casework.claims.queries.losses import parties_of
from casework.db import db
from casework.errors import NotVisible
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class StepView:
    """A stage a proceeding came to, with its note."""

    step: ProceedingStep
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class HearingView:
    """A date with its words."""

    hearing: Hearing
    words: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class ProceedingView:
    """A proceeding with its words, its stages (newest first), its dates (those to come first)."""

    proceeding: Proceeding
    words: dict[str, str] = field(repr=False)
    party: str = field(repr=False)
    steps: list[StepView]
    hearings: list[HearingView]


def proceedings_of(by: Actor, case_id: UUID) -> list[ProceedingView]:
    """The proceedings of a case that the actor may see: those going on first. Always seven statements."""
    query = visible_records(by, Proceeding).where(Proceeding.case_id == case_id)
    order = (Proceeding.ended_on.is_not(None), Proceeding.recorded_at, Proceeding.id)
    rows = db.session.scalars(query.order_by(*order)).all()
    if not rows:
        return []
    words = _words(ProceedingSealed, [row.id for row in rows])
    parties = parties_of(by, case_id)
    steps, hearings = _steps(by, case_id), _hearings(by, case_id)
    return [
        ProceedingView(
            row, words.get(row.id, {}), parties.get(row.id, ""), steps.get(row.id, []), hearings.get(row.id, [])
        )
        for row in rows
    ]


def _words(model: Any, ids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """Row id -> opened words by name."""
    sealed = db.session.scalars(select(model).where(model.id.in_(list(ids)))).all()
    found: dict[UUID, dict[str, str]] = {row.id: {} for row in sealed}
    for name in model.__sealed__:
        for row_id, value in fields.unseal_many(sealed, name).items():
            found[row_id][name] = value or ""
    return found


def _steps(by: Actor, case_id: UUID) -> dict[UUID, list[StepView]]:
    query = visible_records(by, ProceedingStep).where(ProceedingStep.case_id == case_id)
    rows = db.session.scalars(query.order_by(ProceedingStep.recorded_at.desc(), ProceedingStep.id.desc())).all()
    words = _words(ProceedingStepSealed, [row.id for row in rows])
    found: dict[UUID, list[StepView]] = {}
    for row in rows:
        found.setdefault(row.proceeding_id, []).append(StepView(row, words.get(row.id, {}).get("note", "")))
    return found


def _hearings(by: Actor, case_id: UUID) -> dict[UUID, list[HearingView]]:
    query = visible_records(by, Hearing).where(Hearing.case_id == case_id)
    rows = db.session.scalars(query.order_by(Hearing.state != "planned", Hearing.due_at, Hearing.id)).all()
    words = _words(HearingSealed, [row.id for row in rows])
    found: dict[UUID, list[HearingView]] = {}
    for row in rows:
        found.setdefault(row.proceeding_id, []).append(HearingView(row, words.get(row.id, {})))
    return found


def get_proceeding(by: Actor, case_id: UUID, proceeding_id: UUID) -> Proceeding:
    """The proceeding of this case, or NotVisible."""
    found = get_record(by, Proceeding, proceeding_id)
    if found.case_id != case_id:
        raise NotVisible
    return found


def proceeding_words(row: Proceeding) -> dict[str, str]:
    """The opened words of a visible proceeding."""
    return _words(ProceedingSealed, [row.id])[row.id]


def get_hearing(by: Actor, case_id: UUID, hearing_id: UUID) -> Hearing:
    """The date of a proceeding of this case, or NotVisible."""
    found = get_record(by, Hearing, hearing_id)
    if found.case_id != case_id:
        raise NotVisible
    return found
