"""Approvals: asked by one person, decided by another of the same office or by a deputy. Nobody approves own work."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Approval, ApprovalSealed, Case
from casework.cases.service.tasks import notify
from casework.cases.workflow import APPROVAL_KINDS
from casework.db import check_version, db, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, n_
from casework.vault import fields


def ask_approval(
    case: Case,
    *,
    by: Actor,
    kind: str,
    record_id: UUID,
    data_class: str = "needs_risk",
    due_at: datetime | None = None,
) -> Approval:
    """Ask a second person of the own organisation. Where there is none the approval waits, visibly late."""
    if kind not in APPROVAL_KINDS:
        raise ValueError(kind)
    approval = Approval(
        id=uuid7(),
        case_id=case.id,
        org_id=by.organisation_id,
        kind=kind,
        record_id=record_id,
        data_class=data_class,
        asked_by=by.user_id,
        asked_at=utcnow(),
        due_at=due_at,
    )
    db.session.add(approval)
    notify(
        by.organisation_id,
        "approval_asked",
        case_id=case.id,
        record_kind="approval",
        record_id=approval.id,
        data_class=data_class,
        for_supervisor=True,
    )
    record(by, "approval.asked", case_id=case.id, subject=("approval", approval.id), body={"kind": kind})
    db.session.flush()
    return approval


def decide_approval(
    approval: Approval, case: Case, *, by: Actor, decision: str, reason: str, expected_version: int | None = None
) -> None:
    """Approve, or return with a reason. Called by the service of what is approved, which then acts on it.

    The four-eyes rule counts persons, not accounts' roles: whoever asked can't decide, as deputy neither.
    """
    require(by, Permission.CASE_APPROVE)
    if approval.org_id != by.organisation_id or approval.case_id != case.id:
        raise NotVisible
    if approval.asked_by == by.user_id:
        raise NotAllowed(n_("You asked for this; somebody else decides."))
    check_version(approval, expected_version, {"decision": approval.decision})
    if approval.decision is not None:
        raise InvalidTransition(n_("This was decided already."))
    if decision not in ("approved", "returned"):
        raise InvalidInput(n_("Choose 'approve' or 'send back'."), field="decision")
    if decision == "returned" and not reason.strip():
        raise InvalidInput(n_("Say what should be changed."), field="reason")
    approval.decision, approval.decided_by, approval.decided_at = decision, by.user_id, utcnow()
    if reason.strip():
        sealed = ApprovalSealed(id=approval.id, root_id=case.person_id)
        fields.seal(sealed, reason=reason)
        db.session.add(sealed)
    notify(
        approval.org_id,
        "approval_decided",
        case_id=case.id,
        user_id=approval.asked_by,
        record_kind="approval",
        record_id=approval.id,
        data_class=approval.data_class,
    )
    record(
        by,
        "approval.decided",
        case_id=case.id,
        subject=("approval", approval.id),
        body={"kind": approval.kind, "decision": decision},
    )
    db.session.flush()
