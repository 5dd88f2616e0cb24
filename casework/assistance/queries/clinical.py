"""Health checks and sessions, for those who hold their class; nobody else learns that there are any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.access.queries import names_of, organisation_names
from casework.assistance.health import FIELDS
from casework.assistance.models import Consultation, ConsultationSealed, HealthCheck, HealthCheckSealed
from casework.assistance.workflow import data_class_of
from casework.cases.models import Case
from casework.cases.queries import classes_of, get_record, visible_records
from casework.codes import queries as codes
from casework.db import db
from casework.errors import NotVisible
from casework.vault import fields

SESSIONS = 30
"""Sessions on one page."""
CHECKS = 10
"""Health checks on the page."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A health check with its answers."""

    check: HealthCheck
    answers: Mapping[str, str]
    facility: str | None
    note: str | None
    by: str
    office: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session with its words, and what it was before it was corrected."""

    session: Consultation
    who: str | None
    note: str | None
    given: str | None
    by: str
    office: str
    corrected: bool
    """A later row stands for this one."""


def require_field(by: Actor, case_id: UUID, field: str) -> None:
    """Raise NotVisible unless this class of the case is open to the actor: then there is nothing to find here."""
    classes = classes_of(by, case_id)
    if field not in FIELDS or field not in classes.all | classes.own:
        raise NotVisible


def checks(by: Actor, case: Case) -> list[CheckRow]:
    """The newest health checks of a case, newest first."""
    rows = list(
        db.session.scalars(
            visible_records(by, HealthCheck)
            .where(HealthCheck.case_id == case.id)
            .order_by(HealthCheck.checked_on.desc(), HealthCheck.id.desc())
            .limit(CHECKS)
        )
    )
    sealed = list(db.session.scalars(select(HealthCheckSealed).where(HealthCheckSealed.id.in_([r.id for r in rows]))))
    words = {name: fields.unseal_many(sealed, name) for name in ("answers", "facility", "note")}
    people = names_of({row.author_user_id for row in rows})
    offices = organisation_names({row.author_org_id for row in rows})
    return [
        CheckRow(
            row,
            words["answers"].get(row.id) or {},
            words["facility"].get(row.id),
            words["note"].get(row.id),
            people.get(row.author_user_id, ""),
            offices.get(row.author_org_id, ""),
        )
        for row in rows
    ]


def sessions(by: Actor, case: Case, field: str, *, before: Consultation | None = None) -> list[SessionRow]:
    """Sessions of one class, newest first; one more than SESSIONS when there are more."""
    statement = visible_records(by, Consultation).where(
        Consultation.case_id == case.id, Consultation.data_class == field
    )
    if before is not None:
        older = (Consultation.held_on == before.held_on) & (Consultation.id < before.id)
        statement = statement.where((Consultation.held_on < before.held_on) | older)
    newest = statement.order_by(Consultation.held_on.desc(), Consultation.id.desc()).limit(SESSIONS + 1)
    return session_rows(list(db.session.scalars(newest)))


def session_rows(rows: list[Consultation]) -> list[SessionRow]:
    """Rows with their words. Five statements, whatever the number."""
    ids = [row.id for row in rows]
    sealed = list(db.session.scalars(select(ConsultationSealed).where(ConsultationSealed.id.in_(ids))))
    words = {name: fields.unseal_many(sealed, name) for name in ("who", "note", "given")}
    replaced = set(db.session.scalars(select(Consultation.corrects_id).where(Consultation.corrects_id.in_(ids))))
    people = names_of({row.author_user_id for row in rows})
    offices = organisation_names({row.author_org_id for row in rows})
    return [
        SessionRow(
            row,
            words["who"].get(row.id),
            words["note"].get(row.id),
            words["given"].get(row.id),
            people.get(row.author_user_id, ""),
            offices.get(row.author_org_id, ""),
            row.id in replaced,
        )
        for row in rows
    ]


def get_session(by: Actor, case_id: UUID, field: str, consultation_id: UUID) -> Consultation:
    """A session of this case and class, or NotVisible."""
    row = get_record(by, Consultation, consultation_id)
    if row.case_id != case_id or row.data_class != field:
        raise NotVisible
    return row


def session_kinds(field: str, language: str | None = None) -> list[codes.Choice]:
    """Kinds of sessions of a class: the services that carry it."""
    return [one for one in codes.choices("service_type", language=language) if data_class_of(one) == field]
