"""What the tests of identification begin with: offices, people who act, a registered person with a case."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.service import open_case, refresh_access
from casework.codes.dates import PartialDate, known
from casework.consent.models import ConsentEntry, Grant, GrantClass
from casework.db import db, utcnow, uuid7
from casework.people.names import Names
from casework.people.service.register import PersonData, register
from tests.factories import actor, office

GROWN = known(date(1990, 5, 4))


def worker(role: str = "case_worker") -> Actor:
    """A user with one role in an office of their own, with one-time codes where the role needs them."""
    return actor(role, at_office=office(), factor=role == "coordinator")


def case_of(by: Actor, birth: PartialDate = GROWN) -> Case:
    """A case of a newly registered person, owned by the actor's office."""
    person = register(PersonData(names=Names(latin_family="Planted", latin_given="Bopha"), birth=birth), by=by)
    return open_case(by=by, person_id=person.id)


def share(case: Case, to: Actor, *classes: str, by: Actor, days: int = 30) -> UUID:
    """Open classes of a case to another office for some days, as a consented grant does; gives the grant's id."""
    now = utcnow()
    entry = ConsentEntry(
        id=uuid7(), case_id=case.id, purpose="case_management", answer="given", recipient_org_id=to.organisation_id,
        starts_at=now, ends_at=now + timedelta(days=days), form="written", giver="self", ground="consent",
        author_org_id=by.organisation_id, author_user_id=by.user_id, recorded_at=now,
    )  # fmt: skip
    grant = Grant(
        id=uuid7(), case_id=case.id, org_id=to.organisation_id, via="asked", entry_id=entry.id,
        starts_at=now, ends_at=now + timedelta(days=days),
    )  # fmt: skip
    db.session.add(entry)
    db.session.flush()
    db.session.add(grant)
    db.session.flush()
    db.session.add_all(GrantClass(grant_id=grant.id, data_class=name) for name in classes)
    db.session.flush()
    refresh_access(case)
    return grant.id
