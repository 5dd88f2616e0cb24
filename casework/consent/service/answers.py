"""Answers of a person, appended to the ledger: given, refused, withdrawn. Nothing here opens a case to anybody."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Unpack
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.codes.service import check
from casework.consent.models import ConsentEntry, ConsentEntryClass, ConsentEntrySealed
from casework.consent.queries import answer_about, in_force
from casework.consent.service.checks import (
    Asked,
    CaseLike,
    How,
    check_how,
    check_recipient,
    check_vital,
    checked_classes,
)
from casework.consent.workflow import LONGEST_MONTHS, SEPARATE_PURPOSES, VALID_MONTHS, VITAL_FORM, VITAL_HOURS
from casework.db import PHNOM_PENH, db, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, n_
from casework.vault import fields


def validity(starts_at: datetime, months: int = VALID_MONTHS) -> datetime:
    """The moment `months` later by the calendar of Phnom Penh; a day that month lacks becomes its last."""
    local = starts_at.astimezone(PHNOM_PENH)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day).astimezone(starts_at.tzinfo)


def give(
    case: CaseLike,
    *,
    by: Actor,
    purpose: str,
    classes: Iterable[str],
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    **asked: Unpack[Asked],
) -> ConsentEntry:
    """Record that the person agrees: purpose x recipient x data classes x from-to (12 months unless said).

    Only `recipient_org_id` can open a case to an organisation. Opens nothing by itself.
    """
    require(by, Permission.CONSENT_RECORD)
    how = How(**asked)
    starts_at = starts_at or utcnow()
    ends_at = ends_at or validity(starts_at)
    chosen = checked_classes(classes)
    if ends_at <= max(starts_at, utcnow()) or ends_at > validity(starts_at, LONGEST_MONTHS):
        raise InvalidInput(n_("Enter an end after today and within two years."), field="ends_on")
    check_recipient(purpose, how)
    check_how(case, how, "given")
    return _append(case, "given", by, purpose, chosen, (starts_at, ends_at), how)


def refuse(
    case: CaseLike, *, by: Actor, purpose: str, classes: Iterable[str] = (), **asked: Unpack[Asked]
) -> ConsentEntry:
    """Record that the person was asked and said no. What was agreed before is withdrawn, not refused."""
    require(by, Permission.CONSENT_RECORD)
    how, now = How(**asked), utcnow()
    check_recipient(purpose, how)
    check_how(case, how, "refused")
    if answer_about(case.id, purpose, org_id=how.recipient_org_id, kind=how.recipient_kind) == "given":
        raise InvalidTransition(n_("The person agreed to this before. Record that the agreement is taken back."))
    chosen = checked_classes(classes, needed=False)
    return _append(case, "refused", by, purpose, chosen, (now, validity(now)), how)


def vital_entry(case: CaseLike, *, by: Actor, purpose: str, org_id: UUID, classes: Iterable[str]) -> ConsentEntry:
    """The entry behind an opening for vital interest: 72 hours, named as such, never mistaken for an agreement."""
    require(by, Permission.VITAL_OPEN)
    if check("consent_purpose", purpose, field="purpose").code in SEPARATE_PURPOSES:
        raise InvalidInput(n_("Choose the help that is needed now."), field="purpose")
    how = How(VITAL_FORM, "best_interest", "vital_interest", org_id, text_version=None, source="seen")
    check_recipient(purpose, how)
    check_vital(how)
    now = utcnow()
    return _append(case, "given", by, purpose, checked_classes(classes), (now, now + timedelta(hours=VITAL_HOURS)), how)


def withdraw_entry(
    entry: ConsentEntry, case: CaseLike, *, by: Actor, form: str, note: str | None = None
) -> ConsentEntry:
    """Append the withdrawal of an entry in force. Called by sharing, which ends what rested on the entry."""
    now = utcnow()
    live = select(ConsentEntry.id).where(ConsentEntry.id == entry.id, in_force(max(now, entry.starts_at)))
    if entry.case_id != case.id or db.session.scalar(live) is None:
        raise InvalidTransition(n_("This agreement has ended already."))
    new = ConsentEntry(
        id=uuid7(),
        case_id=case.id,
        purpose=entry.purpose,
        answer="withdrawn",
        recipient_org_id=entry.recipient_org_id,
        recipient_kind=entry.recipient_kind,
        starts_at=now,
        ends_at=entry.ends_at,
        form=form,
        giver=entry.giver,
        ground=entry.ground,
        withdraws_id=entry.id,
        author_org_id=by.organisation_id,
        author_user_id=by.user_id,
        recorded_at=now,
        source="said",
    )
    db.session.add(new)
    db.session.flush()
    _seal(new, case, How(note=note))
    body = {"purpose": entry.purpose, "entry": new.id}
    record(by, "consent.withdrawn", case_id=case.id, subject=("consent_entry", entry.id), body=body)
    db.session.flush()
    return new


def _append(
    case: CaseLike,
    answer: str,
    by: Actor,
    purpose: str,
    classes: list[str],
    span: tuple[datetime, datetime],
    how: How,
) -> ConsentEntry:
    entry = ConsentEntry(
        id=uuid7(),
        case_id=case.id,
        purpose=purpose,
        answer=answer,
        recipient_org_id=how.recipient_org_id,
        recipient_kind=None if how.recipient_org_id else how.recipient_kind,
        starts_at=span[0],
        ends_at=span[1],
        form=how.form,
        giver=how.giver,
        ground=how.ground,
        language=how.language,
        interpreter=bool(how.people.get("interpreter")),
        assented=how.assented,
        text_version=how.text_version,
        author_org_id=by.organisation_id,
        author_user_id=by.user_id,
        recorded_at=utcnow(),
        source=how.source,
    )
    db.session.add(entry)
    db.session.flush()
    db.session.add_all([ConsentEntryClass(entry_id=entry.id, data_class=one) for one in classes])
    _seal(entry, case, how)
    body = {
        "purpose": purpose, "classes": classes, "org": how.recipient_org_id,
        "kind": entry.recipient_kind, "ground": how.ground,
    }  # fmt: skip
    record(by, f"consent.{answer}", case_id=case.id, subject=("consent_entry", entry.id), body=body)
    db.session.flush()
    return entry


def _seal(entry: ConsentEntry, case: CaseLike, how: How) -> None:
    """Names and words of an entry, under the key of the person; no row when there are none."""
    named = {key: value for key, value in how.people.items() if value}
    name = None if how.recipient_org_id else how.recipient_name
    if not (name or named or how.note):
        return
    sealed = ConsentEntrySealed(id=entry.id, root_id=case.person_id)
    fields.seal(sealed, recipient_name=name, people=named or None, note=how.note)
    db.session.add(sealed)
