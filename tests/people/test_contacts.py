"""Safe contact: the rule before the number, the log before the showing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from casework.access.permissions import Actor
from casework.audit.models import AuditEvent
from casework.db import at, db, today
from casework.errors import InvalidInput, NotAllowed, NotVisible, StaleRecord
from casework.people import queries
from casework.people.models import Person
from casework.people.service import (
    ConfirmFirst,
    ContactData,
    add_contact,
    confirm_contact,
    end_contact,
    record_fact,
    reveal_contact,
    safe_now,
)
from tests import factories

WEEKDAYS_9_TO_17 = ContactData(
    "voice_call", number="០១២ ៣៤៥ ៦៧៨", phone_owner="self", safe_days=0b0011111, safe_from=540, safe_to=1020,
    name_to_use="Aunt Invented", unsafe_persons="the invented uncle",
)  # fmt: skip
TUESDAY_NOON = datetime(2026, 5, 12, 5, tzinfo=UTC)
"""12:00 in Phnom Penh."""


def revealed() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.body).where(AuditEvent.action == "contact.revealed")))


def test_the_rule_is_read_without_the_number(worker: Actor, person: Person) -> None:
    contact = add_contact(person, WEEKDAYS_9_TO_17, by=worker)
    (rule,) = queries.rules_of([contact])
    assert (rule.name_to_use, rule.unsafe_persons, rule.has_number) == ("Aunt Invented", "the invented uncle", True)
    assert "+85512345678" not in repr(rule)
    assert revealed() == []


def test_showing_the_number_is_written_down_with_its_reason(worker: Actor, person: Person) -> None:
    contact = add_contact(person, WEEKDAYS_9_TO_17, by=worker)
    with at(TUESDAY_NOON):
        assert reveal_contact(contact, by=worker, reason="planned").number == "+85512345678"
    assert revealed() == ['{"confirmed":false,"reason":"planned"}']


@pytest.mark.parametrize(
    ("data", "moment"),
    [
        (WEEKDAYS_9_TO_17, TUESDAY_NOON + timedelta(hours=5)),
        (WEEKDAYS_9_TO_17, TUESDAY_NOON + timedelta(days=4)),
        (replace(WEEKDAYS_9_TO_17, safe_days=None, safe_from=None, safe_to=None), TUESDAY_NOON),
        (replace(WEEKDAYS_9_TO_17, do_not_contact_reason="unsafe_home"), TUESDAY_NOON),
    ],
    ids=["too late", "Saturday", "never asked", "do not contact"],
)
def test_when_a_call_may_harm_the_number_needs_a_second_yes(
    worker: Actor, person: Person, data: ContactData, moment: datetime
) -> None:
    contact = add_contact(person, data, by=worker)
    with at(moment):
        with pytest.raises(ConfirmFirst):
            reveal_contact(contact, by=worker, reason="planned")
        assert revealed() == []
        assert reveal_contact(contact, by=worker, reason="urgent", confirmed=True).number
    assert revealed() == ['{"confirmed":true,"reason":"urgent"}']


@pytest.mark.parametrize("kind", ["dead", "missing", "did_not_arrive"])
def test_a_number_of_somebody_dead_or_missing_needs_a_second_yes(worker: Actor, person: Person, kind: str) -> None:
    contact = add_contact(person, WEEKDAYS_9_TO_17, by=worker)
    record_fact(person, kind, by=worker)
    with at(TUESDAY_NOON), pytest.raises(ConfirmFirst):
        reveal_contact(contact, by=worker, reason="planned")
    record_fact(person, "found", by=worker)
    with at(TUESDAY_NOON):
        assert reveal_contact(contact, by=worker, reason="planned").number


def test_who_may_not_see_numbers_does_not(worker: Actor, person: Person) -> None:
    contact = add_contact(person, WEEKDAYS_9_TO_17, by=worker)
    for role in ("coordinator", "police_identifier", "observer"):
        with pytest.raises(NotAllowed):
            reveal_contact(contact, by=factories.actor(role), reason="planned")
    with at(TUESDAY_NOON), pytest.raises(NotAllowed):
        reveal_contact(contact, by=replace(worker, classes=worker.classes - {"contact"}), reason="planned")
    assert revealed() == []


def test_hours_over_midnight_belong_to_the_evening_before(worker: Actor, person: Person) -> None:
    data = replace(WEEKDAYS_9_TO_17, safe_days=0b0000001, safe_from=1200, safe_to=120)
    contact = add_contact(person, data, by=worker)
    monday_2030 = datetime(2026, 5, 11, 13, 30, tzinfo=UTC)
    answers = [safe_now(contact, monday_2030 + timedelta(hours=hours)) for hours in (0, 5, 6, 24, -19)]
    assert answers == [True, True, False, False, False]


def test_a_contact_that_ended_is_kept_and_no_longer_offered(worker: Actor, person: Person) -> None:
    contact = add_contact(person, WEEKDAYS_9_TO_17, by=worker)
    end_contact(contact, by=worker, reason="unsafe", version=contact.version)
    assert queries.contacts_of(person.id) == []
    assert queries.contacts_of(person.id, ended=True) == [contact]
    with pytest.raises(NotVisible):
        reveal_contact(contact, by=worker, reason="planned", confirmed=True)


def test_a_second_editor_of_a_contact_is_told(worker: Actor, person: Person) -> None:
    contact = add_contact(person, replace(WEEKDAYS_9_TO_17, confirmed_on=date(2025, 1, 1)), by=worker)
    seen = contact.version
    confirm_contact(contact, by=worker, version=seen)
    assert contact.last_confirmed_on == today()
    with pytest.raises(StaleRecord):
        end_contact(contact, by=worker, reason="wrong", version=seen)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "fax"}, "channel"),
        ({"phone_owner": "boss"}, "phone_owner"),
        ({"number": ""}, "number"),
        ({"number": "12"}, "number"),
        ({"safe_to": None}, "safe_to"),
        ({"safe_to": 540}, "safe_from"),
        ({"safe_from": -1}, "safe_from"),
        ({"safe_days": 128}, "safe_days"),
        ({"channel": "none"}, "do_not_contact_reason"),
        ({"do_not_contact_reason": "because"}, "do_not_contact_reason"),
        ({"confirmed_on": date(2100, 1, 1)}, "confirmed_on"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_beside_its_field(
    worker: Actor, person: Person, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_contact(person, replace(WEEKDAYS_9_TO_17, **changes), by=worker)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_no_word_of_a_contact_stands_plain(worker: Actor, person: Person) -> None:
    add_contact(person, replace(WEEKDAYS_9_TO_17, handle="@invented", code_word="lantern"), by=worker)
    tables = [db.metadata.tables[name] for name in ("contact", "contact_sealed")]
    rows = [row for table in tables for row in db.session.execute(select(table))]
    for secret in ("12345678", "invented", "Invented", "lantern"):
        assert secret not in repr(rows)
