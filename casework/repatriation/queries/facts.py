"""What the gates rest on: decisions and checks of a return, the newest of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.models import Approval, Case
from casework.codes.dates import is_minor
from casework.db import db, today
from casework.errors import NotVisible
from casework.people.models import Person
from casework.repatriation.models import (
    ReturnCheck,
    ReturnCheckSealed,
    ReturnDecision,
    ReturnDecisionSealed,
    ReturnPath,
)
from casework.repatriation.queries.paths import get_path
from casework.vault import fields


def checks_of(path: ReturnPath) -> Sequence[ReturnCheck]:
    """The checks of a return, the newest first."""
    query = select(ReturnCheck).where(ReturnCheck.path_id == path.id)
    return db.session.scalars(query.order_by(ReturnCheck.recorded_at.desc(), ReturnCheck.id.desc())).all()


def decisions_of(path: ReturnPath) -> Sequence[ReturnDecision]:
    """The person's decisions on a return, the newest first."""
    query = select(ReturnDecision).where(ReturnDecision.path_id == path.id)
    return db.session.scalars(query.order_by(ReturnDecision.recorded_at.desc(), ReturnDecision.id.desc())).all()


def newest_check(path: ReturnPath, kind: str) -> ReturnCheck | None:
    """The check of a kind that counts."""
    return next((row for row in checks_of(path) if row.kind == kind), None)


def newest_decision(path: ReturnPath) -> ReturnDecision | None:
    """What the person said last."""
    return next(iter(decisions_of(path)), None)


def approved(decision: ReturnDecision) -> bool:
    """True when a supervisor approved a decision against the assessment."""
    query = select(Approval.id).where(Approval.record_id == decision.id, Approval.decision == "approved")
    return db.session.scalar(query) is not None


def get_decision(by: Actor, decision_id: UUID) -> tuple[ReturnDecision, ReturnPath]:
    """A decision with its return, or NotVisible."""
    found = db.session.get(ReturnDecision, decision_id)
    if found is None:
        raise NotVisible
    return found, get_path(by, found.path_id)


def approval_of(decision: ReturnDecision) -> Approval:
    """The approval asked for a decision, or NotVisible when none was needed."""
    query = select(Approval).where(Approval.record_id == decision.id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotVisible
    return found


def is_child(case: Case) -> bool:
    """Whether every safeguard for a child holds: also when the age is not known."""
    person = db.session.get_one(Person, case.person_id)
    return is_minor(person.minor_until, today())


def decision_words(by: Actor, decisions: Iterable[ReturnDecision]) -> dict[UUID, str]:
    """The words beside decisions, for the office that wrote them only."""
    mine = [row.id for row in decisions if row.author_org_id == by.organisation_id]
    rows = db.session.scalars(select(ReturnDecisionSealed).where(ReturnDecisionSealed.id.in_(mine))).all()
    return {key: str(value or "") for key, value in fields.unseal_many(rows, "words").items()}


def decision_told(by: Actor, decisions: Iterable[ReturnDecision]) -> dict[UUID, tuple[list[str], str]]:
    """What was explained before decisions (codes of kinds.EXPLAINED) and by whom, for the office that wrote them."""
    mine = [row.id for row in decisions if row.author_org_id == by.organisation_id]
    rows = db.session.scalars(select(ReturnDecisionSealed).where(ReturnDecisionSealed.id.in_(mine))).all()
    told, who = fields.unseal_many(rows, "explained"), fields.unseal_many(rows, "explained_by")
    return {key: ([str(code) for code in told.get(key) or []], str(who.get(key) or "")) for key in told}


def check_notes(by: Actor, checks: Iterable[ReturnCheck]) -> dict[UUID, str]:
    """The words beside checks, for the office that wrote them only: others read the result, not its ground."""
    mine = [row.id for row in checks if row.author_org_id == by.organisation_id]
    rows = db.session.scalars(select(ReturnCheckSealed).where(ReturnCheckSealed.id.in_(mine))).all()
    return {key: str(value or "") for key, value in fields.unseal_many(rows, "note").items()}
