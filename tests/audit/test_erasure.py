"""Erasing a person: two other people, no legal hold, once."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from casework.audit import erasure
from casework.audit.models import AuditEvent
from casework.audit.recorder import SYSTEM
from casework.audit.verify import verify
from casework.db import uuid7
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible
from casework.vault import keys
from casework.vault.errors import Erased
from casework.vault.models import ErasureRequest
from tests.audit.test_recorder import Worker

ORG = uuid7()
ASKS, FIRST, SECOND = (Worker(uuid7(), ORG) for _ in range(3))


@pytest.fixture
def person(session: scoped_session) -> uuid.UUID:
    person_id = uuid7()
    keys.make_root("person", person_id)
    session.flush()
    return person_id


@pytest.fixture
def approved(person: uuid.UUID) -> ErasureRequest:
    request = erasure.ask(person, reason="erase", by=ASKS)
    erasure.approve(request, by=FIRST)
    return erasure.approve(request, by=SECOND)


def test_an_approved_request_erases_and_is_recorded(
    session: scoped_session, person: uuid.UUID, approved: ErasureRequest
) -> None:
    assert erasure.erase(approved.id, by=SYSTEM) == 1
    with pytest.raises(Erased):
        keys.newest(person)
    actions = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_id == person)).all()
    assert sorted(actions) == ["erasure.approved", "erasure.approved", "erasure.asked", "erasure.done"]
    assert verify() == []
    with pytest.raises(InvalidTransition):
        erasure.erase(approved.id, by=SYSTEM)


def test_one_approval_is_not_enough(person: uuid.UUID) -> None:
    request = erasure.ask(person, reason="erase", by=ASKS)
    for _ in range(2):
        with pytest.raises(NotAllowed):
            erasure.erase(request.id, by=SYSTEM)
        if request.first_by is None:
            erasure.approve(request, by=FIRST)
    keys.newest(person)


def test_nobody_approves_twice_or_the_own_request(person: uuid.UUID) -> None:
    request = erasure.ask(person, reason="erase", by=ASKS)
    with pytest.raises(NotAllowed):
        erasure.approve(request, by=ASKS)
    erasure.approve(request, by=FIRST)
    with pytest.raises(NotAllowed):
        erasure.approve(request, by=FIRST)
    with pytest.raises(InvalidInput):
        erasure.approve(request, by=SYSTEM)


def test_a_legal_hold_stops_it_until_it_is_lifted(person: uuid.UUID, approved: ErasureRequest) -> None:
    held = erasure.hold(person, reason="court", by=FIRST)
    with pytest.raises(InvalidTransition):
        erasure.erase(approved.id, by=SYSTEM)
    keys.newest(person)
    erasure.lift(held, by=SECOND)
    assert erasure.erase(approved.id, by=SYSTEM) == 1


def test_a_refused_request_ends(person: uuid.UUID, approved: ErasureRequest) -> None:
    erasure.refuse(approved, by=FIRST)
    with pytest.raises(InvalidTransition):
        erasure.erase(approved.id, by=SYSTEM)


def test_an_unknown_request_is_absent(session: scoped_session) -> None:
    with pytest.raises(NotVisible):
        erasure.erase(uuid7(), by=SYSTEM)
