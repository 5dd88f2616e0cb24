"""Looking at the whole situation with the person, and agreeing what to do in danger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import new_record
from casework.codes.dates import known
from casework.codes.service import check
from casework.db import db, today
from casework.errors import InvalidInput, n_
from casework.reintegration.kinds import LEVEL_WORDS, NEED_WORDS, PROTECTION
from casework.reintegration.models import (
    NEED_LEVELS,
    Assessment,
    AssessmentFactor,
    AssessmentNeed,
    AssessmentSealed,
    SafetyPlan,
    SafetyPlanSealed,
)
from casework.reintegration.service.plans import DATA_CLASS, must_be_open, open_station
from casework.vault import fields


def assess(
    case: Case,
    *,
    by: Actor,
    needs: Mapping[str, str],
    risks: Iterable[str] = (),
    protections: Iterable[str] = (),
    wishes: str = "",
    strengths: str = "",
    worries: str = "",
    source: str = "said",
) -> Assessment:
    """Record needs by area of life, and what endangers and protects at the four levels. The newest holds."""
    require(by, Permission.PLAN_WRITE)
    must_be_open(case)
    if not wishes.strip():
        raise InvalidInput(n_("Ask what the person wants, and write it in their words."), field="wishes")
    row = new_record(
        Assessment,
        case,
        by=by,
        data_class=DATA_CLASS,
        source=source,
        occurred=known(today()),
        assessed_on=today(),
    )
    db.session.flush()
    sealed = AssessmentSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, wishes=wishes, strengths=strengths, worries=worries)
    db.session.add_all([sealed, *_needs(row, needs), *_factors(row, risks, protections)])
    open_station(case, by=by)
    record(by, "assessment.recorded", case_id=case.id, subject=("assessment", row.id))
    db.session.flush()
    return row


def _needs(row: Assessment, needs: Mapping[str, str]) -> list[AssessmentNeed]:
    found = []
    for need, level in needs.items():
        if need not in NEED_WORDS or level not in ("none", *NEED_LEVELS):
            raise InvalidInput(n_("Choose one of the values in the list."), field=f"need_{need}")
        if level in NEED_LEVELS:
            found.append(AssessmentNeed(assessment_id=row.id, need=need, level=level))
    return found


def _factors(row: Assessment, risks: Iterable[str], protections: Iterable[str]) -> list[AssessmentFactor]:
    found = []
    for factor in dict.fromkeys(risks):
        group = check("vulnerability", factor, field="risks").group
        if group not in LEVEL_WORDS:
            raise InvalidInput(n_("Choose one of the values in the list."), field=f"risk_{group}")
        found.append(AssessmentFactor(assessment_id=row.id, side="risk", factor=factor))
    known_ones = {factor for level in PROTECTION.values() for factor in level}
    for factor in dict.fromkeys(protections):
        if factor not in known_ones:
            raise InvalidInput(n_("Choose one of the values in the list."), field="protections")
        found.append(AssessmentFactor(assessment_id=row.id, side="protective", factor=factor))
    return found


def agree_safety(
    case: Case,
    *,
    by: Actor,
    signs: str,
    steps: str,
    places: str = "",
    people: str = "",
    review_on: date | None = None,
) -> SafetyPlan:
    """Record what was agreed for danger: signs, what to do at once, where to go, whom to call. The newest holds."""
    require(by, Permission.PLAN_WRITE)
    must_be_open(case)
    if not signs.strip():
        raise InvalidInput(n_("Write by what the person notices danger."), field="signs")
    if not steps.strip():
        raise InvalidInput(n_("Write what the person does then."), field="steps")
    if review_on is not None and review_on <= today():
        raise InvalidInput(n_("Enter a later day."), field="review_on")
    row = new_record(
        SafetyPlan,
        case,
        by=by,
        data_class=DATA_CLASS,
        occurred=known(today()),
        agreed_on=today(),
        review_on=review_on,
    )
    db.session.flush()
    sealed = SafetyPlanSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, signs=signs, steps=steps, places=places, people=people)
    db.session.add(sealed)
    record(by, "safety.agreed", case_id=case.id, subject=("safety_plan", row.id))
    db.session.flush()
    return row
