"""Erasing a person for good: asked by one, approved by two others, held up by a court, done once, always recorded."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from casework.audit.recorder import Doer, record
from casework.db import db, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, n_
from casework.vault import upkeep
from casework.vault.models import ErasureRequest, LegalHold


def ask(person_id: uuid.UUID, *, reason: str, by: Doer) -> ErasureRequest:
    """Ask for the erasure of a person; `reason` is a code (such as of rights_request_type). Two others approve it."""
    user_id, organisation_id = _known(by)
    row = ErasureRequest(
        id=uuid7(), person_id=person_id, organisation_id=organisation_id, reason=reason,
        requested_by=user_id, requested_at=utcnow(),
    )  # fmt: skip
    db.session.add(row)
    record(by, "erasure.asked", subject=("person", person_id), body={"request": row.id, "reason": reason})
    db.session.flush()
    return row


def approve(request: ErasureRequest, *, by: Doer) -> ErasureRequest:
    """Approve a request. The second approval must come from another person; nobody approves the own request."""
    user_id, _ = _known(by)
    _open(request)
    if user_id in (request.requested_by, request.first_by):
        raise NotAllowed(n_("Another person must approve this."))
    if request.first_by is None:
        request.first_by, request.first_at = user_id, utcnow()
    elif request.second_by is None:
        request.second_by, request.second_at = user_id, utcnow()
    else:
        raise InvalidTransition(n_("Two people approved this already."))
    record(by, "erasure.approved", subject=("person", request.person_id), body={"request": request.id})
    db.session.flush()
    return request


def refuse(request: ErasureRequest, *, by: Doer) -> ErasureRequest:
    """Refuse a request; it ends."""
    user_id, _ = _known(by)
    _open(request)
    request.refused_by, request.refused_at = user_id, utcnow()
    record(by, "erasure.refused", subject=("person", request.person_id), body={"request": request.id})
    db.session.flush()
    return request


def hold(person_id: uuid.UUID, *, reason: str, by: Doer) -> LegalHold:
    """Let nothing of this person be erased until the hold is lifted."""
    user_id, organisation_id = _known(by)
    row = LegalHold(
        id=uuid7(), person_id=person_id, organisation_id=organisation_id, reason=reason,
        placed_by=user_id, placed_at=utcnow(),
    )  # fmt: skip
    db.session.add(row)
    record(by, "hold.placed", subject=("person", person_id), body={"hold": row.id, "reason": reason})
    db.session.flush()
    return row


def lift(row: LegalHold, *, by: Doer) -> LegalHold:
    """End a legal hold."""
    user_id, _ = _known(by)
    if row.lifted_at is not None:
        raise InvalidTransition(n_("This hold was lifted already."))
    row.lifted_by, row.lifted_at = user_id, utcnow()
    record(by, "hold.lifted", subject=("person", row.person_id), body={"hold": row.id})
    db.session.flush()
    return row


def erase(request_id: uuid.UUID, *, by: Doer) -> int:
    """Carry out an approved request: keys and postings go, tombstones stay. Gives how many roots were erased.

    Raises NotVisible for an unknown request, NotAllowed without two approvals, InvalidTransition under a legal hold.
    """
    request = db.session.scalar(select(ErasureRequest).where(ErasureRequest.id == request_id).with_for_update())
    if request is None:
        raise NotVisible
    _open(request)
    people = {request.requested_by, request.first_by, request.second_by}
    if None in people or len(people) != 3:
        raise NotAllowed(n_("Two people must approve this first."))
    if upkeep.held(request.person_id):
        raise InvalidTransition(n_("A legal hold stands on this person. Nothing was erased."))
    gone = upkeep.destroy(request.person_id, reason=request.reason, request_id=request.id)
    request.done_at = utcnow()
    body = {"request": request.id, "roots": len(gone), "approved": [request.first_by, request.second_by]}
    record(by, "erasure.done", subject=("person", request.person_id), body=body)
    db.session.flush()
    return len(gone)


def _open(request: ErasureRequest) -> None:
    if request.done_at is not None or request.refused_at is not None:
        raise InvalidTransition(n_("This request has ended."))


def _known(by: Doer) -> tuple[uuid.UUID, uuid.UUID]:
    if by.user_id is None or by.organisation_id is None:
        raise InvalidInput(n_("Only a person can do this."))
    return by.user_id, by.organisation_id
