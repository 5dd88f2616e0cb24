"""Offices, acting users, persons, cases and grants in one line each, for tests of who sees what. Names are invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from casework.access.models import Organisation, Team
from casework.access.permissions import Actor
from casework.access.queries import actor_for
from casework.cases.models import Case
from casework.cases.service import open_case, refresh_access
from casework.consent.models import Grant, GrantClass
from casework.db import db, utcnow, uuid7
from casework.people.names import Names
from casework.people.service import PersonData, register
from tests import factories

_numbers = count(1)


def office(**details: str) -> Organisation:
    """An office with accounts."""
    return factories.office(**details)  # type: ignore[arg-type]


def team(organisation: Organisation) -> Team:
    """A team of an office."""
    row = Team(id=uuid7(), organisation_id=organisation.id, name=f"Team {next(_numbers)}")
    db.session.add(row)
    db.session.flush()
    return row


def user(organisation: Organisation, *roles: str, team: Team | None = None) -> Actor:
    """A user of an office, supervisor by default, as the actor that services take."""
    made = factories.user(*(roles or ("supervisor",)), at_office=organisation, team=team)
    return actor_for(made.username)


def person(by: Actor, family: str = "Testfamily", given: str = "Given", **details: object) -> UUID:
    """A registered person."""
    data = PersonData(names=Names(latin_family=family, latin_given=given), **details)  # type: ignore[arg-type]
    return register(data, by=by).id


def case(by: Actor, *, person_id: UUID | None = None, **details: object) -> Case:
    """An open case of the actor's office, carried by the actor."""
    return open_case(by=by, person_id=person_id or person(by), **details)  # type: ignore[arg-type]


def grant(
    case: Case,
    organisation_id: UUID,
    classes: Iterable[str],
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    reach: str = "all",
) -> Grant:
    """A grant, already in the derived tables."""
    start = starts_at or utcnow()
    row = Grant(
        id=uuid7(),
        case_id=case.id,
        org_id=organisation_id,
        via="referral",
        reach=reach,
        starts_at=start,
        ends_at=ends_at or start + timedelta(days=365),
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all([GrantClass(grant_id=row.id, data_class=name) for name in classes])
    refresh_access(case)
    return row
