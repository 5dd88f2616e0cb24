"""Requests for a formal decision, as far as they may be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.queries import get_record, visible_records
from casework.db import db
from casework.errors import NotVisible
from casework.identification.models import FormalRequest, FormalRequestSealed
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with its opened words."""

    request: FormalRequest
    office: str = field(default="", repr=False)
    words: str = field(default="", repr=False)


def requests_of(by: Actor, case_id: UUID) -> list[RequestView]:
    """The requests on a case that the actor may see, the newest first."""
    query = visible_records(by, FormalRequest).where(FormalRequest.case_id == case_id)
    rows = db.session.scalars(query.order_by(FormalRequest.recorded_at.desc(), FormalRequest.id.desc())).all()
    ids = [row.id for row in rows]
    sealed = db.session.scalars(select(FormalRequestSealed).where(FormalRequestSealed.id.in_(ids))).all()
    office, words = fields.unseal_many(sealed, "office"), fields.unseal_many(sealed, "words")
    return [RequestView(row, office.get(row.id) or "", words.get(row.id) or "") for row in rows]


def get_request(by: Actor, case_id: UUID, request_id: UUID) -> FormalRequest:
    """The request of this case, or NotVisible."""
    found = get_record(by, FormalRequest, request_id)
    if found.case_id != case_id:
        raise NotVisible
    return found
