"""Vital interest: access without consent for 72 hours, with a reason and a supervisor's decision (domain ref. 8)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import organisation
from casework.audit.recorder import record
from casework.cases.models import Approval, Case
from casework.cases.service import ask_approval, decide_approval, notify, refresh_access
from casework.consent.models import ConsentEntry, VitalOpening, VitalOpeningSealed
from casework.consent.service import open_grant, vital_entry, withdraw_entry
from casework.consent.workflow import VITAL_FORM
from casework.db import check_version, db, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, NotVisible, n_
from casework.sharing.packet import may_pass_on
from casework.sharing.service.moves import data_classes
from casework.sharing.service.stopping import stop
from casework.vault import fields


def open_vital(
    case: Case, *, by: Actor, org_id: UUID, purpose: str, classes: Iterable[str], reason: str
) -> VitalOpening:
    """Let an office in at once because life or limb is at stake; a supervisor of the own office is asked to decide."""
    require(by, Permission.VITAL_OPEN)
    _check(org_id, reason, by=by)
    chosen = sorted(may_pass_on(case, by).intersection(classes))
    if not chosen:
        raise InvalidInput(
            n_("Your office may not open any of this. Ask the office that owns the case."), field="classes"
        )
    entry = vital_entry(case, by=by, purpose=purpose, org_id=org_id, classes=chosen)
    opening = VitalOpening(
        id=uuid7(),
        case_id=case.id,
        org_id=org_id,
        author_org_id=by.organisation_id,
        entry_id=entry.id,
        opened_by=by.user_id,
        opened_at=utcnow(),
        ends_at=entry.ends_at,
    )
    db.session.add(opening)
    db.session.flush()
    sealed = VitalOpeningSealed(id=opening.id, root_id=case.person_id)
    fields.seal(sealed, reason=reason)
    db.session.add(sealed)
    let_in = partial(
        open_grant, case.id, org_id=org_id, via="vital", ends_at=entry.ends_at, entry_id=entry.id, source_id=opening.id
    )
    let_in(classes=chosen)
    let_in(classes=data_classes(), reach="own")
    refresh_access(case)
    ask_approval(case, by=by, kind="vital", record_id=opening.id, due_at=entry.ends_at)
    for office_id in {org_id, by.organisation_id, case.owner_org_id}:
        own = office_id != org_id
        about = partial(notify, office_id, "vital_opened", case_id=case.id, for_supervisor=own)
        about(record_kind="vital_opening", record_id=opening.id)
    body = {"org": org_id, "classes": chosen, "purpose": purpose}
    record(by, "vital.opened", case_id=case.id, subject=("vital_opening", opening.id), body=body)
    db.session.flush()
    return opening


def _check(org_id: UUID, reason: str, *, by: Actor) -> None:
    if not reason.strip():
        raise InvalidInput(n_("Say what is at stake."), field="reason")
    office = organisation(org_id)
    if org_id == by.organisation_id or not (office.active and office.has_users):
        raise InvalidInput(n_("Choose the office that must know now."), field="recipient")


def decide_vital(
    opening: VitalOpening,
    case: Case,
    *,
    by: Actor,
    decision: str,
    reason: str,
    expected_version: int | None = None,
) -> None:
    """Confirm the opening, or refuse it, which ends it at once. Never by the one who opened it."""
    require(by, Permission.VITAL_DECIDE)
    if opening.author_org_id != by.organisation_id or opening.case_id != case.id:
        raise NotVisible
    check_version(opening, expected_version, {"decision": opening.decision})
    if opening.decision is not None:
        raise InvalidTransition(n_("This was decided already."))
    if decision not in ("confirmed", "refused"):
        raise InvalidInput(n_("Choose 'confirm' or 'refuse'."), field="decision")
    approval = db.session.scalars(select(Approval).where(Approval.record_id == opening.id)).one()
    outcome = "approved" if decision == "confirmed" else "returned"
    decide_approval(approval, case, by=by, decision=outcome, reason=reason)
    opening.decision, opening.decided_by, opening.decided_at = decision, by.user_id, utcnow()
    record(by, f"vital.{decision}", case_id=case.id, subject=("vital_opening", opening.id))
    db.session.flush()
    if decision == "refused" and opening.ends_at > utcnow():
        entry = db.session.get_one(ConsentEntry, opening.entry_id)
        withdraw_entry(entry, case, by=by, form=VITAL_FORM)
        stop(case, entry, by=by, status="revoked", reason="vital_refused")
    about = partial(notify, case_id=case.id, record_kind="vital_opening", record_id=opening.id)
    about(opening.org_id, "vital_decided", without_access=True)


def get_opening(opening_id: UUID, case: Case, *, by: Actor) -> VitalOpening:
    """An opening that the actor's office made on a visible case, or NotVisible."""
    opening = db.session.get(VitalOpening, opening_id)
    if opening is None or opening.case_id != case.id or opening.author_org_id != by.organisation_id:
        raise NotVisible
    return opening


def reason_of(opening: VitalOpening) -> str:
    """Why it was opened, in the worker's words."""
    return str(fields.unseal(db.session.get_one(VitalOpeningSealed, opening.id), "reason") or "")
