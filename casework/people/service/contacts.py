"""Safe contact: the rule stands before the number, and showing the number is written down first (docs/domain.md 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.audit import recorder
from casework.codes.service import check, check_optional
from casework.db import PHNOM_PENH, check_version, db, today, utcnow, uuid7
from casework.errors import InvalidInput, NotAllowed, NotVisible, collected, n_
from casework.people import kinds, phones, queries
from casework.people.models import Contact, ContactSealed, Person
from casework.people.service.checks import known, may_write
from casework.vault import fields

PHONE_GROUP = "phone"
"""Group of contact_channel whose number is a phone number."""
STOP_GROUP = "stop"


class ConfirmFirst(InvalidInput):
    """The number is not shown before the worker confirms once more; the message says why."""


@dataclass(frozen=True, slots=True)
class ContactData:
    """What is asked about one way to reach a person. Hours are minutes after midnight in Phnom Penh."""

    channel: str
    number: str = ""
    handle: str = ""
    phone_owner: str | None = None
    safe_days: int | None = None
    """Bits, Monday the lowest; None = not asked."""
    safe_from: int | None = None
    safe_to: int | None = None
    may_leave_message: bool = False
    may_text: bool = False
    do_not_contact_reason: str | None = None
    """A code of STOP_REASONS says: do not contact at all."""
    name_to_use: str = ""
    code_word: str = ""
    unsafe_persons: str = ""
    who_may_accompany: str = ""
    note: str = ""
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Revealed:
    """What was shown: the E.164 number and the handle."""

    number: str
    handle: str


def add_contact(
    person: Person, data: ContactData, *, by: Actor, source: str = "said", case_id: UUID | None = None
) -> Contact:
    """Record how a person may be reached; earlier contacts stand until somebody ends them."""
    may_write(by)
    known(source, kinds.SOURCES, field="source")
    number = _checked(data)
    contact = Contact(
        id=uuid7(), person_id=person.id, author_org_id=by.organisation_id, author_user_id=by.user_id, source=source,
        data_class="safe_contact", channel=data.channel, phone_owner=data.phone_owner, safe_days=data.safe_days,
        safe_from=data.safe_from, safe_to=data.safe_to, may_leave_message=data.may_leave_message,
        may_text=data.may_text, do_not_contact=data.do_not_contact_reason is not None,
        do_not_contact_reason=data.do_not_contact_reason, last_confirmed_on=data.confirmed_on or today(),
    )  # fmt: skip
    sealed = ContactSealed(id=contact.id, root_id=person.id)
    db.session.add_all([contact, sealed])
    words = {name: getattr(data, name) for name in queries.RULE}
    fields.seal(sealed, number=number, handle=data.handle, **words)
    recorder.record(by, "contact.added", case_id=case_id, subject=("contact", contact.id))
    db.session.flush()
    return contact


def end_contact(
    contact: Contact, *, by: Actor, reason: str, version: int | None = None, case_id: UUID | None = None
) -> Contact:
    """End a contact: it is kept and no longer offered. Raises StaleRecord for an old `version`."""
    may_write(by)
    known(reason, kinds.END_REASONS, field="reason")
    _current(contact, version)
    if contact.ended_at is not None:
        return contact
    contact.ended_at, contact.end_reason = utcnow(), reason
    recorder.record(by, "contact.ended", case_id=case_id, subject=("contact", contact.id), body={"reason": reason})
    db.session.flush()
    return contact


def confirm_contact(contact: Contact, *, by: Actor, version: int | None = None, case_id: UUID | None = None) -> Contact:
    """Record that the rule was asked again today and still holds."""
    may_write(by)
    _current(contact, version)
    if contact.ended_at is not None:
        raise NotVisible
    contact.last_confirmed_on = today()
    recorder.record(by, "contact.confirmed", case_id=case_id, subject=("contact", contact.id))
    db.session.flush()
    return contact


def reveal_contact(
    contact: Contact, *, by: Actor, reason: str, confirmed: bool = False, case_id: UUID | None = None
) -> Revealed:
    """Number and handle, after the audit row with the reason is written.

    Raises ConfirmFirst outside the safe hours, when nobody asked for them, when the person must not be contacted, or
    is dead or missing, until `confirmed`. The caller has checked that the actor sees this case's class `contact`.
    """
    require(by, Permission.CONTACT_REVEAL)
    if "contact" not in by.classes:
        raise NotAllowed(n_("Your role does not show phone numbers."))
    known(reason, kinds.REVEAL_REASONS, field="reason")
    if contact.ended_at is not None:
        raise NotVisible
    warning = _warning(contact)
    if warning and not confirmed:
        raise ConfirmFirst(warning, field="confirmed")
    body: Mapping[str, object] = {"reason": reason, "confirmed": bool(warning)}
    recorder.record(by, "contact.revealed", case_id=case_id, subject=("contact", contact.id), body=body)
    db.session.flush()
    sealed = db.session.get_one(ContactSealed, contact.id)
    return Revealed(fields.unseal(sealed, "number") or "", fields.unseal(sealed, "handle") or "")


def safe_now(contact: Contact, moment: datetime | None = None) -> bool | None:
    """Whether the moment lies in the safe days and hours; None when neither was asked."""
    if contact.safe_days is None and contact.safe_from is None:
        return None
    local = (moment or utcnow()).astimezone(PHNOM_PENH)
    minute, weekday = local.hour * 60 + local.minute, local.weekday()
    if contact.safe_from is None or contact.safe_to is None:
        return _day_safe(contact, weekday)
    if contact.safe_from < contact.safe_to:
        return contact.safe_from <= minute < contact.safe_to and _day_safe(contact, weekday)
    if minute >= contact.safe_from:
        return _day_safe(contact, weekday)
    # After midnight the hours belong to the evening before.
    return minute < contact.safe_to and _day_safe(contact, (weekday - 1) % 7)


def _day_safe(contact: Contact, weekday: int) -> bool:
    return contact.safe_days is None or bool(contact.safe_days >> weekday & 1)


def _warning(contact: Contact) -> str | None:
    if queries.stopped([contact.person_id]):
        return n_("This person is recorded as dead, missing or not arrived. Confirm that you need the number.")
    if contact.do_not_contact:
        return n_("This contact must not be used. Confirm that you need the number.")
    safe = safe_now(contact)
    if safe is None:
        return n_("Nobody asked when a call is safe. Confirm that you need the number now.")
    return None if safe else n_("A call is not safe at this hour. Confirm that you need the number now.")


def _current(contact: Contact, version: int | None) -> None:
    check_version(contact, version, {"reason": contact.end_reason})


def contact_faults(data: ContactData) -> list[InvalidInput]:
    """Everything about a contact that cannot stand, so that a form can tell all of it."""
    return collected(*(partial(check, data) for check in (_check_codes, _check_hours, _check_number)))


def _checked(data: ContactData) -> str:
    """Check all fields; returns the number as it is kept."""
    _check_codes(data)
    _check_hours(data)
    return _check_number(data)


def _check_codes(data: ContactData) -> None:
    channel = check("contact_channel", data.channel, field="channel")
    check_optional("phone_owner", data.phone_owner, field="phone_owner")
    known(data.do_not_contact_reason, kinds.STOP_REASONS, field="do_not_contact_reason", optional=True)
    if channel.group == STOP_GROUP and data.do_not_contact_reason is None:
        raise InvalidInput(n_("Choose why this person must not be contacted."), field="do_not_contact_reason")
    if data.confirmed_on is not None and data.confirmed_on > today():
        raise InvalidInput(n_("This date lies in the future. Check the year."), field="confirmed_on")


def _check_number(data: ContactData) -> str:
    number = phones.parse(data.number, field="number")
    channel = check("contact_channel", data.channel, field="channel")
    if channel.group == PHONE_GROUP and not number and data.do_not_contact_reason is None:
        raise InvalidInput(n_("Enter the phone number."), field="number")
    return number


def _check_hours(data: ContactData) -> None:
    if data.safe_days is not None and not 0 <= data.safe_days <= 127:
        raise InvalidInput(n_("Choose the safe days."), field="safe_days")
    if (data.safe_from is None) != (data.safe_to is None):
        raise InvalidInput(n_("Enter both the beginning and the end of the safe hours."), field="safe_to")
    if data.safe_from is None or data.safe_to is None:
        return
    if not (0 <= data.safe_from < 1440 and 0 < data.safe_to <= 1440) or data.safe_from == data.safe_to:
        raise InvalidInput(n_("Enter the safe hours as times of the day."), field="safe_from")
