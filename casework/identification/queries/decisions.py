"""Decisions and risk as they may be seen, what a case is identified as, and figures for reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select

from casework.access.permissions import Actor
from casework.cases.queries import visible_records
from casework.codes.queries import find
from casework.db import db
from casework.identification.kinds import COUNTED_ROLES, ELEMENT_LISTS
from casework.identification.models import (
    Decision,
    DecisionSealed,
    EventCase,
    EventCode,
    RiskAssessment,
    RiskAssessmentSealed,
    Screening,
    ScreeningIndicator,
)
from casework.identification.workflow.states import adds_up_to, standing
from casework.vault import fields

CHUNK = 500
"""Ids in one statement."""


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """A decision with its opened words."""

    decision: Decision
    office: str
    document_number: str
    reason: str
    stands: bool
    """False when the same authority decided again later."""


def decisions_of(by: Actor, case_id: UUID) -> list[DecisionWords]:
    """The decisions on a case that the actor may see, the newest first; earlier ones stay as history."""
    rows = _in_order(visible_records(by, Decision).where(Decision.case_id == case_id))
    stands = standing_ids(rows)
    sealed = db.session.scalars(select(DecisionSealed).where(DecisionSealed.id.in_([row.id for row in rows]))).all()
    words = {name: fields.unseal_many(sealed, name) for name in DecisionSealed.__sealed__}
    return [
        DecisionWords(
            row,
            words["office"].get(row.id) or "",
            words["document_number"].get(row.id) or "",
            words["reason"].get(row.id) or "",
            row.id in stands,
        )
        for row in reversed(rows)
    ]


def _in_order(query: Select[Decision]) -> Sequence[Decision]:
    return db.session.scalars(query.order_by(Decision.recorded_at, Decision.id)).all()


def standing_ids(rows: Iterable[Decision]) -> set[UUID]:
    """Ids of the decisions that stand, of decisions of one case in the order recorded."""
    return {row.id for row in standing(rows)}


def identified_as(case_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Case id -> formal, presumed, no_indication or unknown, from all standing decisions.

    For statistics and for the column on the case; what one actor may be told says `identified_for`.
    """
    ids = list(dict.fromkeys(case_ids))
    found: dict[UUID, list[Decision]] = {case_id: [] for case_id in ids}
    for start in range(0, len(ids), CHUNK):
        for row in _in_order(select(Decision).where(Decision.case_id.in_(ids[start : start + CHUNK]))):
            found[row.case_id].append(row)
    return {case_id: adds_up_to(rows) for case_id, rows in found.items()}


def identified_for(by: Actor, case_id: UUID) -> str:
    """As `identified_as`, from the decisions this actor may see."""
    return adds_up_to(_in_order(visible_records(by, Decision).where(Decision.case_id == case_id)))


def exploitation_of(case_ids: Iterable[UUID]) -> dict[UUID, set[str]]:
    """Case id -> forms of exploitation as the statistics count them (report_form: labour, sexual, other).

    From events the person suffered and from finished screenings. Callers hold ids that their reader may count.
    """
    ids = list(dict.fromkeys(case_ids))
    found: dict[UUID, set[str]] = {case_id: set() for case_id in ids}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        for query in (_from_events(part), _from_screenings(part)):
            for case_id, code in db.session.execute(query):
                entry = find(ELEMENT_LISTS["purpose"], code)
                if entry is not None and entry.extra.get("report_form"):
                    found[case_id].add(entry.extra["report_form"])
    return found


def _from_events(case_ids: list[UUID]) -> Select[UUID, str]:
    return (
        select(EventCase.case_id, EventCode.code)
        .join(EventCode, EventCode.event_id == EventCase.event_id)
        .where(EventCase.case_id.in_(case_ids), EventCase.role.in_(COUNTED_ROLES))
        .where(EventCode.list == ELEMENT_LISTS["purpose"])
    )


def _from_screenings(case_ids: list[UUID]) -> Select[UUID, str]:
    return (
        select(Screening.case_id, ScreeningIndicator.code)
        .join(ScreeningIndicator, ScreeningIndicator.screening_id == Screening.id)
        .where(Screening.case_id.in_(case_ids), Screening.state == "finished")
        .where(ScreeningIndicator.list == ELEMENT_LISTS["purpose"])
    )


def risks_of(by: Actor, case_id: UUID) -> list[tuple[RiskAssessment, str]]:
    """The assessments of risk that the actor may see with their safety notes, the newest first."""
    query = visible_records(by, RiskAssessment).where(RiskAssessment.case_id == case_id)
    rows = db.session.scalars(query.order_by(RiskAssessment.recorded_at.desc(), RiskAssessment.id.desc())).all()
    ids = [row.id for row in rows]
    sealed = db.session.scalars(select(RiskAssessmentSealed).where(RiskAssessmentSealed.id.in_(ids))).all()
    notes = fields.unseal_many(sealed, "safety_note")
    return [(row, notes.get(row.id) or "") for row in rows]
