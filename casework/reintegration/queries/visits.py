"""Follow-up visits and calls with their words and scores."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.access.queries import names_of
from casework.cases.models import Case
from casework.cases.queries import get_record, visible_records
from casework.codes import queries as codes
from casework.db import db
from casework.errors import NotVisible
from casework.reintegration.models import FollowUp, FollowUpSealed, OutcomeScore, VisitStanding
from casework.vault import fields

WORDS = ("situation", "promises", "next_steps", "missed_note")


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit with its words, its scores and the name of who recorded or will do it."""

    visit: FollowUp
    words: dict[str, str]
    scores: dict[str, int]
    who: str
    standing: str | None


def get_visit(by: Actor, case_id: UUID, visit_id: UUID) -> FollowUp:
    """A visit of this case, or NotVisible."""
    visit = get_record(by, FollowUp, visit_id)
    if visit.case_id != case_id:
        raise NotVisible
    return visit


def visits(by: Actor, case: Case, *, words: bool = True) -> list[VisitRow]:
    """All visits of a case the actor may see, by their day."""
    rows = list(
        db.session.scalars(
            visible_records(by, FollowUp).where(FollowUp.case_id == case.id).order_by(FollowUp.due_on, FollowUp.id)
        )
    )
    return _rows(rows, words)


def _rows(rows: list[FollowUp], words: bool) -> list[VisitRow]:
    ids = [row.id for row in rows]
    opened: dict[UUID, dict[str, str]] = {}
    if words:
        sealed = list(db.session.scalars(select(FollowUpSealed).where(FollowUpSealed.id.in_(ids))))
        for name in WORDS:
            for row_id, value in fields.unseal_many(sealed, name).items():
                if value:
                    opened.setdefault(row_id, {})[name] = value
    scores: dict[UUID, dict[str, int]] = {}
    for score in db.session.scalars(select(OutcomeScore).where(OutcomeScore.follow_up_id.in_(ids))):
        scores.setdefault(score.follow_up_id, {})[score.domain] = score.score
    stood = {
        row.follow_up_id: row.standing
        for row in db.session.scalars(select(VisitStanding).where(VisitStanding.follow_up_id.in_(ids)))
    }
    people = names_of({row.assignee_id or row.author_user_id for row in rows})
    return [
        VisitRow(
            row,
            opened.get(row.id, {}),
            scores.get(row.id, {}),
            people.get(row.assignee_id or row.author_user_id, ""),
            stood.get(row.id),
        )
        for row in rows
    ]


def last_scores(by: Actor, case: Case) -> dict[str, int]:
    """The newest score of each area of life: shown in grey while the next is asked (docs/domain.md 7)."""
    rows = (
        visible_records(by, FollowUp)
        .where(FollowUp.case_id == case.id, FollowUp.state == "done")
        .join(OutcomeScore, OutcomeScore.follow_up_id == FollowUp.id)
        .with_only_columns(OutcomeScore.domain, OutcomeScore.score)
        .order_by(FollowUp.done_on, FollowUp.id)
    )
    return {domain: score for domain, score in db.session.execute(rows)}


def score_domains(language: str | None = None) -> list[codes.Choice]:
    """The six areas of life that are scored (outcome_domain)."""
    return codes.choices("outcome_domain", group="survivor outcome", language=language)
