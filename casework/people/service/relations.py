"""Third persons and what they are to the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.access.permissions import Actor
from casework.audit import recorder
from casework.db import check_version, db, uuid7
from casework.errors import InvalidInput, n_
from casework.people import kinds, phones
from casework.people import names as naming
from casework.people.models import Person, Relation, ThirdPerson, ThirdPersonSealed
from casework.people.names import NOBODY, Names
from casework.people.service.checks import known, may_write
from casework.vault import fields, keys

EDITABLE = ("safe_to_contact", "guardian_valid_from", "guardian_valid_to", "ended_on")


@dataclass(frozen=True, slots=True)
class ThirdPersonData:
    """Somebody beside the person; held for one purpose only."""

    purpose: str
    names: Names = NOBODY
    phone: str = ""
    sex: str = "unknown"


@dataclass(frozen=True, slots=True)
class RelationData:
    """What the other one is to the person."""

    kind: str
    safe_to_contact: str = "unknown"
    guardian_valid_from: date | None = None
    guardian_valid_to: date | None = None
    known_since: date | None = None


def add_third_person(person: Person, data: ThirdPersonData, *, by: Actor, case_id: UUID | None = None) -> ThirdPerson:
    """Record a third person under a key of their own; it goes when the person it is held for is erased.

    An alleged offender's does not: other people's cases rest on it.
    """
    may_write(by)
    known(data.purpose, kinds.PURPOSES, field="purpose")
    known(data.sex, kinds.SEXES, field="sex")
    names, phone = naming.cleaned(data.names), phones.parse(data.phone, field="phone")
    if not names and not phone:
        raise InvalidInput(n_("Enter a name or a phone number."), field="latin_given")
    third = ThirdPerson(id=uuid7(), purpose=data.purpose, sex=data.sex)
    third.registered_by_org_id, third.registered_by_user_id = by.organisation_id, by.user_id
    held_for = None if data.purpose == "alleged_offender" else person.id
    keys.make_root("third_person", third.id, person_id=held_for)
    sealed = ThirdPersonSealed(id=third.id, root_id=third.id)
    db.session.add_all([third, sealed])
    fields.seal(sealed, names=naming.to_document(names), phone=phone)
    body = {"purpose": data.purpose}
    recorder.record(by, "third_person.added", case_id=case_id, subject=("third_person", third.id), body=body)
    db.session.flush()
    return third


def add_relation(
    person: Person,
    other: ThirdPerson | Person,
    data: RelationData,
    *,
    by: Actor,
    source: str = "said",
    case_id: UUID | None = None,
) -> Relation:
    """Record what a third person, or another person we help, is to the person. The caller checked both are visible."""
    may_write(by)
    known(source, kinds.SOURCES, field="source")
    known(data.kind, kinds.RELATIONS, field="kind")
    known(data.safe_to_contact, kinds.YES_NO, field="safe_to_contact")
    if other.id == person.id:
        raise InvalidInput(n_("Choose another person: nobody is related to themselves."), field="other")
    _check_validity(data.guardian_valid_from, data.guardian_valid_to)
    relation = Relation(
        id=uuid7(), person_id=person.id, author_org_id=by.organisation_id, author_user_id=by.user_id, source=source,
        data_class="family", kind=data.kind, safe_to_contact=data.safe_to_contact, known_since=data.known_since,
        guardian_valid_from=data.guardian_valid_from, guardian_valid_to=data.guardian_valid_to,
        third_person_id=other.id if isinstance(other, ThirdPerson) else None,
        other_person_id=other.id if isinstance(other, Person) else None,
    )  # fmt: skip
    db.session.add(relation)
    recorder.record(by, "relation.added", case_id=case_id, subject=("relation", relation.id), body={"kind": data.kind})
    db.session.flush()
    return relation


def change_relation(
    relation: Relation, changes: Mapping[str, object], *, by: Actor, version: int, case_id: UUID | None = None
) -> Relation:
    """Change whether contact is safe, how long a guardian is one, or end the relationship."""
    may_write(by)
    check_version(relation, version, {name: getattr(relation, name) for name in EDITABLE})
    unknown = set(changes) - set(EDITABLE)
    if unknown:
        raise InvalidInput(n_("This cannot be changed here."), field=min(unknown))
    if "safe_to_contact" in changes:
        known(str(changes["safe_to_contact"]), kinds.YES_NO, field="safe_to_contact")
    values = {name: getattr(relation, name) for name in EDITABLE} | dict(changes)
    _check_validity(values["guardian_valid_from"], values["guardian_valid_to"])
    for name, value in values.items():
        setattr(relation, name, value)
    body = {"fields": recorder.diff(relation)}
    recorder.record(by, "relation.changed", case_id=case_id, subject=("relation", relation.id), body=body)
    db.session.flush()
    return relation


def _check_validity(start: date | None, end: date | None) -> None:
    if start is not None and end is not None and end < start:
        raise InvalidInput(n_("The end lies before the beginning. Check both dates."), field="guardian_valid_to")
