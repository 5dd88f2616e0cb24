"""Asking for erasure on the page of a case: only the owner's people; asked by one, approved by two others."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.audit import erasure
from casework.cases.models import Case
from casework.codes.service import check
from casework.db import check_version, db
from casework.errors import InvalidInput, InvalidTransition, NotVisible, n_
from casework.vault.models import ErasureRequest, LegalHold

HOLD_REASONS = {
    "court": n_("A court needs the records"),
    "claim": n_("A claim of the person is open"),
    "complaint": n_("A complaint is open"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands about erasing the person of a case."""

    requests: list[ErasureRequest]
    holds: list[LegalHold]

    @property
    def open(self) -> ErasureRequest | None:
        """The request that is neither done nor refused."""
        return next((row for row in self.requests if row.done_at is None and row.refused_at is None), None)


def _own(case: Case, by: Actor) -> None:
    if case.owner_org_id != by.organisation_id:
        raise NotVisible


def standing(case: Case, *, by: Actor) -> Standing:
    """Requests and legal holds of the case's person, newest first. Only for people of the owner."""
    _own(case, by)
    requests = select(ErasureRequest).where(ErasureRequest.person_id == case.person_id)
    holds = select(LegalHold).where(LegalHold.person_id == case.person_id, LegalHold.lifted_at.is_(None))
    return Standing(
        list(db.session.scalars(requests.order_by(ErasureRequest.requested_at.desc()))),
        list(db.session.scalars(holds.order_by(LegalHold.placed_at.desc()))),
    )


def ask_erasure(case: Case, *, reason: str, by: Actor) -> ErasureRequest:
    """Ask that everything that tells who the person is be destroyed. `reason`: code of rights_request_type."""
    require(by, Permission.ERASURE_REQUEST)
    check("rights_request_type", reason, field="reason")
    if standing(case, by=by).open is not None:
        raise InvalidTransition(n_("A request is open already."))
    return erasure.ask(case.person_id, reason=reason, by=by)


def answer_erasure(case: Case, request_id: UUID, *, approve: bool, by: Actor, expected_version: int) -> ErasureRequest:
    """Approve, or refuse. Two people approve, neither of them the one who asked."""
    require(by, Permission.ERASURE_APPROVE)
    request = next((row for row in standing(case, by=by).requests if row.id == request_id), None)
    if request is None:
        raise NotVisible
    check_version(request, expected_version)
    return erasure.approve(request, by=by) if approve else erasure.refuse(request, by=by)


def place_hold(case: Case, *, reason: str, by: Actor) -> LegalHold:
    """Let nothing of the person be erased until the hold is lifted."""
    require(by, Permission.ERASURE_APPROVE)
    _own(case, by)
    if reason not in HOLD_REASONS:
        raise InvalidInput(n_("Choose a reason from the list."), field="reason")
    return erasure.hold(case.person_id, reason=reason, by=by)


def lift_hold(case: Case, hold_id: UUID, *, by: Actor) -> None:
    """End a legal hold."""
    require(by, Permission.ERASURE_APPROVE)
    hold = next((row for row in standing(case, by=by).holds if row.id == hold_id), None)
    if hold is None:
        raise NotVisible
    erasure.lift(hold, by=by)
