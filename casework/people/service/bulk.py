"""Registering many people at once, for imports: the same checks, few statements, one line in the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casework.access.permissions import Actor
from casework.codes.service import check_optional
from casework.db import db, uuid7
from casework.people import kinds
from casework.people import names as naming
from casework.people.models import Person, PersonSealed
from casework.people.service.checks import known, may_write, not_in_future
from casework.people.service.register import PersonData, checked, fill
from casework.vault import fields, keys


def check_person(data: PersonData, *, named: bool = True) -> PersonData:
    """The data as they would be registered. `named=False`: a record for statistics may have no name."""
    if named or data.names:
        return checked(data)
    known(data.sex, kinds.SEXES, field="sex")
    check_optional("country", data.origin_country, field="origin_country")
    not_in_future(data.birth, field="birth")
    return replace(data)


def register_many(rows: Iterable[PersonData], *, by: Actor, source: str = "import") -> list[Person]:
    """Register people whose data passed `check_person`; the caller writes the audit row that names their cases."""
    may_write(by)
    made: list[Person] = []
    sealed: list[PersonSealed] = []
    data = list(rows)
    for one in data:
        person = Person(id=uuid7(), source=source)
        person.registered_by_org_id, person.registered_by_user_id = by.organisation_id, by.user_id
        fill(person, one)
        made.append(person)
    keys.make_roots("person", [person.id for person in made])
    for person, one in zip(made, data, strict=True):
        row = PersonSealed(id=person.id, root_id=person.id)
        fields.seal(row, names=naming.to_document(one.names, one.birth), address=one.address)
        sealed.append(row)
    db.session.add_all([*made, *sealed])
    db.session.flush()
    return made
