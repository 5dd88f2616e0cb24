"""A referral is recorded as sent, moves through its states, and keeps the words said about it sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from casework.access.permissions import Actor
from casework.access.queries import organisation
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.codes.queries import find, get, label
from casework.codes.service import check, check_optional
from casework.db import check_version, db, today, utcnow, uuid7
from casework.errors import Conflict, InvalidInput, n_
from casework.referrals.kinds import KINDS
from casework.referrals.models import Letter, Referral, ReferralChange, ReferralClass, ReferralSealed
from casework.referrals.queries import get_referral, visible_referrals
from casework.referrals.workflow import OPEN, again, check_move, clock
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the sender asks for: one service for one person, of one receiver."""

    service_type: str
    priority: str
    purpose: str
    to_org_id: UUID | None = None
    entry_id: UUID | None = None
    """For a party without a row of its own: the consent entry that names it; the referral goes on paper."""
    kind: str = "referral"
    reason: str | None = None
    need: str = ""
    follow_up: str = ""
    not_to_say: str = ""
    next_contact_on: date | None = None
    replaces_id: UUID | None = None
    """The referral in whose place this one goes to another office."""
    classes: frozenset[str] | None = None
    """Classes to share out of those consented; None means all of them."""


def check_wanted(case: Case, wanted: Wanted, *, by: Actor) -> None:
    """Codes exist, the receiver is another office that works, and the same was not asked of it already."""
    check("service_type", wanted.service_type, field="service_type")
    check("referral_priority", wanted.priority, field="priority")
    check("consent_purpose", wanted.purpose, field="purpose")
    check_optional("referral_reason", wanted.reason, field="reason")
    if wanted.kind not in KINDS:
        raise InvalidInput(n_("Choose a referral or a transfer."), field="kind")
    if wanted.next_contact_on is not None and wanted.next_contact_on < today():
        raise InvalidInput(n_("Enter today or a later day."), field="next_contact_on")
    if case.status != "open" or case.historical:
        raise InvalidInput(n_("This case is closed. Open it again first."))
    if wanted.replaces_id is not None:
        _check_replaced(case, wanted.replaces_id, by=by)
    if wanted.to_org_id is None:
        return
    office = organisation(wanted.to_org_id)
    if not office.active:
        raise InvalidInput(n_("This office does not work any more. Choose another one."), field="to_org_id")
    if wanted.kind == "transfer" and not office.has_users:
        raise InvalidInput(n_("An office without accounts can't carry a case. Send a referral."), field="to_org_id")


def _check_replaced(case: Case, referral_id: UUID, *, by: Actor) -> None:
    """Only an own referral of this case that came to nothing, or back, is asked of another office."""
    before = get_referral(by, referral_id)
    if before.case_id != case.id or before.author_org_id != by.organisation_id or not again(before):
        raise InvalidInput(n_("Ask another office from the referral that came to nothing."))


def check_not_asked(case: Case, wanted: Wanted, *, by: Actor) -> None:
    """Raise Conflict when the same service was asked of the same office and is still open, as far as the actor may
    know of it: a refusal would tell that it exists."""
    same = visible_referrals(by).where(
        Referral.case_id == case.id,
        Referral.author_org_id == by.organisation_id,
        Referral.to_org_id == wanted.to_org_id,
        Referral.service_type == wanted.service_type,
        Referral.kind == wanted.kind,
        Referral.status.in_(OPEN),
    )
    if wanted.to_org_id is not None and db.session.scalar(same.with_only_columns(Referral.id)) is not None:
        raise Conflict(n_("This was asked of this office already, and is open."), field="service_type")


def record_sent(
    case: Case,
    *,
    by: Actor,
    wanted: Wanted,
    packet: Mapping[str, Any],
    digest: str,
    classes: Mapping[str, tuple[UUID, datetime]],
    letter: Letter,
    to_kind: str | None = None,
) -> Referral:
    """Write the referral with its packet exactly as it was previewed. Its clock starts now."""
    now = utcnow()
    referral = Referral(
        id=uuid7(),
        case_id=case.id,
        author_org_id=by.organisation_id,
        author_user_id=by.user_id,
        kind=wanted.kind,
        to_org_id=wanted.to_org_id,
        to_kind=to_kind,
        service_type=wanted.service_type,
        data_class=class_of_service(wanted.service_type),
        reason=wanted.reason,
        purpose=wanted.purpose,
        priority=wanted.priority,
        status="sent",
        sent_at=now,
        due_at=now + clock(get("referral_priority", wanted.priority)),
        next_contact_on=wanted.next_contact_on,
        replaces_id=wanted.replaces_id,
        letter_id=letter.id,
        letter_number=letter.label,
        packet_digest=digest,
    )
    db.session.add(referral)
    db.session.flush()
    _keep_packet(referral, case, packet, classes)
    _remember(referral, "draft", by)
    body = {
        "org": wanted.to_org_id, "kind": wanted.kind, "service": wanted.service_type,
        "priority": wanted.priority, "classes": sorted(classes),
        "entries": sorted({str(entry_id) for entry_id, _ in classes.values()}),
    }  # fmt: skip
    record(by, "referral.sent", case_id=case.id, subject=("referral", referral.id), body=body)
    db.session.flush()
    return referral


def _keep_packet(
    referral: Referral, case: Case, packet: Mapping[str, Any], classes: Mapping[str, tuple[UUID, datetime]]
) -> None:
    for name, (entry_id, ends_at) in classes.items():
        db.session.add(ReferralClass(referral_id=referral.id, data_class=name, entry_id=entry_id, ends_at=ends_at))
    sealed = ReferralSealed(id=referral.id, root_id=case.person_id)
    fields.seal(sealed, packet=dict(packet))
    db.session.add(sealed)


def move(referral: Referral, after: str, *, by: Actor, expected_version: int | None = None, **columns: object) -> None:
    """Take a referral to another state, with its history and audit row. `columns` are set along with it.

    Raises StaleRecord when somebody moved it since the page was opened, InvalidTransition when the way is closed.
    """
    stands = {
        "reason": referral.rejection_reason or referral.back_reason,
        "outcome": referral.outcome,
        "next_contact_on": referral.next_contact_on,
    }
    told = {n_("State"): label("referral_status", referral.status, by.language)}
    check_version(referral, expected_version, stands, told)
    check_move(referral.status, after)
    before, referral.status = referral.status, after
    for name, value in columns.items():
        setattr(referral, name, value)
    _remember(referral, before, by)
    body = {
        "from": before,
        "to": after,
        "reason": referral.rejection_reason or referral.back_reason,
        "outcome": referral.outcome,
    }
    record(by, f"referral.{after}", case_id=referral.case_id, subject=("referral", referral.id), body=body)
    db.session.flush()


def seal_words(referral: Referral, **words: str | None) -> None:
    """Keep words about a referral (rejection_note, answered_by_name, feedback) beside its packet."""
    said = {name: text for name, text in words.items() if text and text.strip()}
    if said:
        sealed = db.session.get_one(ReferralSealed, referral.id)
        fields.seal(sealed, **said)
        db.session.flush()


def class_of_service(service_type: str) -> str:
    """The data class a service belongs to, by the attribute of its code: a clinical one is not on everybody's list."""
    found = find("service_type", service_type)
    name = found.extra.get("data_class") if found else None
    return name if name and find("data_class", name) else "assistance"


def _remember(referral: Referral, before: str, by: Actor) -> None:
    db.session.add(
        ReferralChange(
            id=uuid7(),
            referral_id=referral.id,
            before=before,
            after=referral.status,
            at=utcnow(),
            by_user_id=by.user_id,
            by_org_id=by.organisation_id,
        )
    )
