"""Assessments, plans to stay safe and promises with their words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.access.queries import names_of
from casework.cases.models import Case
from casework.cases.queries import classes_of, get_record, visible_records
from casework.db import db
from casework.errors import NotVisible
from casework.reintegration.models import (
    Assessment,
    AssessmentFactor,
    AssessmentNeed,
    AssessmentSealed,
    Promise,
    PromiseSealed,
    SafetyPlan,
    SafetyPlanSealed,
    StagePaper,
)
from casework.vault import fields

ASSESSED = ("wishes", "strengths", "worries")
SAFETY = ("signs", "steps", "places", "people")


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """An assessment opened: words, needs, and what endangers and protects."""

    assessment: Assessment
    words: dict[str, str]
    needs: dict[str, str]
    risks: list[str]
    protections: list[str]
    author: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise with its words and the name of who looks after it."""

    promise: Promise
    what: str
    who: str
    told: str


def assessments(by: Actor, case: Case) -> list[Assessment]:
    """The assessments of a case that the actor may see, newest first."""
    rows = visible_records(by, Assessment).where(Assessment.case_id == case.id)
    return list(db.session.scalars(rows.order_by(Assessment.recorded_at.desc(), Assessment.id.desc())))


def get_assessment(by: Actor, case_id: UUID, assessment_id: UUID) -> Assessment:
    """An assessment of this case, or NotVisible."""
    row = get_record(by, Assessment, assessment_id)
    if row.case_id != case_id:
        raise NotVisible
    return row


def assessment_row(row: Assessment) -> AssessmentRow:
    """A visible assessment opened."""
    sealed = db.session.get(AssessmentSealed, row.id)
    words = {name: (fields.unseal(sealed, name) if sealed else None) or "" for name in ASSESSED}
    needs = db.session.scalars(select(AssessmentNeed).where(AssessmentNeed.assessment_id == row.id))
    factors = list(db.session.scalars(select(AssessmentFactor).where(AssessmentFactor.assessment_id == row.id)))
    return AssessmentRow(
        row,
        words,
        {need.need: need.level for need in needs},
        [one.factor for one in factors if one.side == "risk"],
        [one.factor for one in factors if one.side == "protective"],
        names_of({row.author_user_id}).get(row.author_user_id, ""),
    )


SAFETY_CLASSES = {"places": "location_current", "people": "contact"}
"""Parts of a safety plan that say where the person goes and whom they call: each needs its own class as well."""


def safety_now(by: Actor, case: Case) -> tuple[SafetyPlan, dict[str, str]] | None:
    """The plan to stay safe that holds, with its words, or None."""
    rows = visible_records(by, SafetyPlan).where(SafetyPlan.case_id == case.id)
    row = db.session.scalars(rows.order_by(SafetyPlan.recorded_at.desc(), SafetyPlan.id.desc()).limit(1)).first()
    if row is None:
        return None
    sealed = db.session.get(SafetyPlanSealed, row.id)
    opened = classes_of(by, case.id)
    closed = {name for name, needed in SAFETY_CLASSES.items() if not opened.opens(needed, row.author_org_id, by)}
    return row, {
        name: "" if name in closed else (fields.unseal(sealed, name) if sealed else None) or "" for name in SAFETY
    }


def promises(by: Actor, case: Case) -> list[PromiseRow]:
    """The promises of a case that the actor may see: open ones first, by their day."""
    found = visible_records(by, Promise).where(Promise.case_id == case.id)
    rows = list(db.session.scalars(found.order_by(Promise.state != "open", Promise.due_on, Promise.id)))
    sealed = list(db.session.scalars(select(PromiseSealed).where(PromiseSealed.id.in_([row.id for row in rows]))))
    opened = {name: fields.unseal_many(sealed, name) for name in ("what", "by_whom", "told")}
    people = names_of({row.owner_user_id for row in rows if row.owner_user_id})
    return [
        PromiseRow(
            row,
            opened["what"].get(row.id) or "",
            (people.get(row.owner_user_id) if row.owner_user_id else None) or opened["by_whom"].get(row.id) or "",
            opened["told"].get(row.id) or "",
        )
        for row in rows
    ]


def get_promise(by: Actor, case_id: UUID, promise_id: UUID) -> Promise:
    """A promise of this case, or NotVisible."""
    row = get_record(by, Promise, promise_id)
    if row.case_id != case_id:
        raise NotVisible
    return row


def stage_papers(by: Actor, case: Case) -> dict[str, StagePaper]:
    """The papers of the stages that are there, by their key, as far as the actor may see; the own office's first."""
    rows = list(db.session.scalars(visible_records(by, StagePaper).where(StagePaper.case_id == case.id)))
    return {row.paper: row for row in sorted(rows, key=lambda row: row.author_org_id == by.organisation_id)}


def get_paper(by: Actor, case_id: UUID, paper_id: UUID) -> StagePaper:
    """A ticked paper of this case, or NotVisible."""
    row = get_record(by, StagePaper, paper_id)
    if row.case_id != case_id:
        raise NotVisible
    return row
