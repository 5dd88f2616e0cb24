"""The access log for its auditor: who, when, which code, what, why; never what stands in a case."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from casework.access.models import User
from casework.access.queries import names_of, organisation_names
from casework.audit import chain
from casework.audit.models import AuditEvent, AuditSubject
from casework.cases.models import Case
from casework.cases.queries import Cursor
from casework.cases.workflow import read_code
from casework.db import db

PAGE = 50
CODES = 3
"""Codes written out on a line; more are counted."""

read_key = Cursor.read


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the log."""

    at: datetime
    who: str
    office: str
    action: str
    reason: str
    codes: list[str]
    more: int
    """Cases shown or concerned besides those whose codes stand here."""


@dataclass(frozen=True, slots=True)
class Log:
    """One page, newest first, and the key of the next one ('' when it ends)."""

    rows: list[LogRow]
    next_key: str


def find_case(text: str) -> UUID | None:
    """The case with a code that was typed, for the auditor alone: an id to filter by, no way into the case."""
    code = read_code(text)
    return db.session.scalar(select(Case.id).where(Case.code == code)) if code else None


def find_user(text: str) -> UUID | None:
    """The user with a name that was typed in full."""
    return db.session.scalar(select(User.id).where(User.username == text.strip().lower()))


def code_of(case_id: UUID) -> str:
    """The code of a case the auditor asked for by its code; '' for none."""
    return db.session.scalar(select(Case.code).where(Case.id == case_id)) or ""


def log(*, case_id: UUID | None = None, user_id: UUID | None = None, after: Cursor | None = None) -> Log:
    """One page of the log: of one case, of one user, or of all. Five statements, whatever the page shows."""
    query = _of_case(case_id, after) if case_id else _of_user(user_id, after) if user_id else _of_all(after)
    found = db.session.execute(query.limit(PAGE + 1)).scalars().all()
    events = list(found[:PAGE])
    cases = {event.id: chain.unpacked(event.case_ids) for event in events}
    wanted = {one for ids in cases.values() for one in _first(ids, case_id)}
    named = db.session.execute(select(Case.id, Case.code).where(Case.id.in_(wanted)))
    codes = {one: code for one, code in named}
    users = names_of(event.user_id for event in events if event.user_id)
    offices = organisation_names(event.organisation_id for event in events if event.organisation_id)
    rows = []
    for event in events:
        first = _first(cases[event.id], case_id)
        rows.append(
            LogRow(
                at=event.at,
                who=users.get(event.user_id, "") if event.user_id else "",
                office=offices.get(event.organisation_id, "") if event.organisation_id else "",
                action=event.action,
                reason=_reason(event.body),
                codes=[codes[one] for one in first if one in codes],
                more=len(cases[event.id]) - len(first),
            )
        )
    last = events[-1] if len(found) > PAGE else None
    return Log(rows, str(Cursor(last.at, last.id)) if last else "")


def _first(case_ids: Iterable[UUID], asked: UUID | None) -> list[UUID]:
    """The cases whose codes are written out: the one asked for, else the first few."""
    ids = list(case_ids)
    return [asked] if asked in ids and asked is not None else ids[:CODES]


def _of_case(case_id: UUID, after: Cursor | None) -> Select[AuditEvent]:
    query = select(AuditEvent).join(AuditSubject, AuditSubject.event_id == AuditEvent.id)
    query = query.where(AuditSubject.case_id == case_id)
    if after is not None:
        query = query.where(after.older(AuditSubject.at, AuditSubject.event_id))
    return query.order_by(AuditSubject.at.desc(), AuditSubject.event_id.desc())


def _of_user(user_id: UUID | None, after: Cursor | None) -> Select[AuditEvent]:
    query = select(AuditEvent).where(AuditEvent.user_id == user_id)
    if after is not None:
        query = query.where(after.older(AuditEvent.at, AuditEvent.id))
    return query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc())


def _of_all(after: Cursor | None) -> Select[AuditEvent]:
    """By id, which rises with the time of recording: the whole log has no other index that a page could follow."""
    query = select(AuditEvent)
    if after is not None:
        query = query.where(AuditEvent.id < after.id)
    return query.order_by(AuditEvent.id.desc())


def _reason(body: str) -> str:
    """The code of the reason, if one was given."""
    found = json.loads(body).get("reason") if body else None
    return found if isinstance(found, str) else ""
