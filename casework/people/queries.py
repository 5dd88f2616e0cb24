"""Reads about people. What an actor may see is decided above, with the person's cases: hand in only such ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import select

from casework.codes.dates import PartialDate, is_minor
from casework.db import db, today
from casework.errors import NotVisible
from casework.people import names as naming
from casework.people.kinds import STOPPING_FACTS
from casework.people.models import (
    Contact,
    ContactSealed,
    HeldDocument,
    HeldDocumentSealed,
    NationalityClaim,
    Person,
    PersonFact,
    PersonRecord,
    PersonSealed,
    Relation,
    ThirdPersonSealed,
)
from casework.people.names import Name, display_name
from casework.vault import fields, index

__all__ = [
    "ContactRule",
    "Guardians",
    "Identity",
    "Traits",
    "candidates",
    "claims_of",
    "contacts_of",
    "display_name",
    "document_numbers",
    "documents_of",
    "get_person",
    "guardians_of",
    "identity_of",
    "names_of",
    "names_of_third",
    "relations_of",
    "rules_of",
    "stopped",
    "traits",
]

RULE = ("name_to_use", "code_word", "unsafe_persons", "who_may_accompany", "note")
"""Words of a contact that are read before its number."""

Record = TypeVar("Record", bound=PersonRecord)


@dataclass(frozen=True, slots=True)
class Identity:
    """Everything sealed beside a person: names, exact birth, address."""

    names: Name
    birth: PartialDate
    address: str


@dataclass(frozen=True, slots=True)
class ContactRule:
    """How to reach a person, without the number: what the page shows first."""

    contact: Contact
    name_to_use: str
    code_word: str
    unsafe_persons: str
    who_may_accompany: str
    note: str
    has_number: bool
    has_handle: bool


def get_person(person_id: UUID) -> Person:
    """The person's plain row. Raises NotVisible when there is none."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotVisible
    return found


class Traits(NamedTuple):
    """What a list says of a person, under the names of the columns."""

    id: UUID
    sex: str
    birth_year: int | None
    birth_precision: str
    age_estimated_on: date | None
    minor_until: date
    fact: str | None
    """The newest fact, if it says that the person must not be contacted or visited (`stopped`)."""


def traits(person_ids: Iterable[UUID]) -> dict[UUID, Traits]:
    """Traits of many people in one statement."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    newest = select(PersonFact.kind).where(PersonFact.person_id == Person.id).limit(1)
    newest = newest.order_by(PersonFact.recorded_at.desc(), PersonFact.id.desc())
    columns = (getattr(Person, name) for name in Traits._fields[:-1])
    rows: Iterable[Any] = db.session.execute(select(*columns, newest.scalar_subquery()).where(Person.id.in_(wanted)))
    found = [Traits(*row) for row in rows]
    return {one.id: one if one.fact in STOPPING_FACTS else one._replace(fact=None) for one in found}


def candidates(scope_org_id: UUID, text: str) -> list[UUID]:
    """People of one office's index whose names hold all the words typed, in any order, or whose phone or document
    number it is; best first. The caller lays the visible cases over them."""
    return list(index.lookup(scope_org_id, text))


def names_of(person_ids: Iterable[UUID]) -> dict[UUID, Name]:
    """Names of many people: one statement for the rows, one for their keys. An erased person has no name."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    rows = list(db.session.scalars(select(PersonSealed).where(PersonSealed.id.in_(wanted))))
    return {row_id: naming.from_document(value) for row_id, value in fields.unseal_many(rows, "names").items()}


def names_of_third(third_ids: Iterable[UUID]) -> dict[UUID, Name]:
    """As `names_of`, for third persons."""
    wanted = set(third_ids)
    if not wanted:
        return {}
    rows = list(db.session.scalars(select(ThirdPersonSealed).where(ThirdPersonSealed.id.in_(wanted))))
    return {row_id: naming.from_document(value) for row_id, value in fields.unseal_many(rows, "names").items()}


def identity_of(person: Person) -> Identity:
    """Names, exact birth and address of one person. Raises Erased when the key is destroyed."""
    row = db.session.get_one(PersonSealed, person.id)
    document = fields.unseal(row, "names")
    birth = naming.birth_of(document, person.birth_precision)
    return Identity(naming.from_document(document), birth, fields.unseal(row, "address") or "")


def contacts_of(person_id: UUID, *, ended: bool = False) -> list[Contact]:
    """The contacts that stand, last confirmed first; with `ended` also those that ended."""
    statement = _of(Contact, [person_id])
    if not ended:
        statement = statement.where(Contact.ended_at.is_(None))
    rows = list(db.session.scalars(statement))
    return sorted(rows, key=lambda row: (row.last_confirmed_on or row.recorded_at.date(), row.id), reverse=True)


def rules_of(contacts: Sequence[Contact]) -> list[ContactRule]:
    """The rule of each contact, in the same order; numbers stay sealed."""
    sealed = _beside(ContactSealed, [row.id for row in contacts])
    words = {name: fields.unseal_many(sealed.values(), name) for name in RULE}
    return [_rule(row, sealed[row.id], [words[name].get(row.id) or "" for name in RULE]) for row in contacts]


def _rule(contact: Contact, sealed: ContactSealed, words: Sequence[Any]) -> ContactRule:
    has: dict[str, Any] = {f"has_{name}": getattr(sealed, name) is not None for name in ("number", "handle")}
    return ContactRule(contact, *words, **has)


def documents_of(person_id: UUID) -> list[HeldDocument]:
    """Papers of a person, oldest record first, without their numbers."""
    return list(db.session.scalars(_of(HeldDocument, [person_id])))


def document_numbers(documents: Sequence[HeldDocument]) -> dict[UUID, str]:
    """The numbers of papers, by the paper's id; those without a number are left out."""
    rows = _beside(HeldDocumentSealed, [row.id for row in documents])
    return {row_id: number for row_id, number in fields.unseal_many(rows.values(), "number").items() if number}


def claims_of(person_ids: Iterable[UUID]) -> dict[UUID, list[NationalityClaim]]:
    """What stands about each nationality of many people: the newest row of each country."""
    newest: dict[tuple[UUID, str], NationalityClaim] = {}
    for row in db.session.scalars(_of(NationalityClaim, person_ids)):
        newest[row.person_id, row.country] = row
    return _grouped(newest.values())


def stopped(person_ids: Iterable[UUID]) -> dict[UUID, PersonFact]:
    """Those of many people who must not be contacted or visited, with the fact that says so."""
    newest = {row.person_id: row for row in db.session.scalars(_of(PersonFact, person_ids))}
    return {person_id: row for person_id, row in newest.items() if row.kind in STOPPING_FACTS}


def relations_of(person_id: UUID, *, ended: bool = False) -> list[Relation]:
    """What others are to a person, oldest record first."""
    rows = db.session.scalars(_of(Relation, [person_id]))
    return [row for row in rows if ended or row.ended_on is None or row.ended_on > today()]


@dataclass(frozen=True, slots=True)
class Guardians:
    """How a child is guarded by the dates of the papers."""

    now: frozenset[UUID]
    """Relations of guardians whose dates are valid today."""
    over: frozenset[UUID]
    wanted: bool
    """The person may be a child, and nobody is a guardian today."""


def guardians_of(person: Person, relations: Iterable[Relation]) -> Guardians:
    """Which of a person's relations guard today, and whether one is missing."""
    dated = [row for row in relations if row.guardian_valid_from is not None]
    now = {row.id for row in dated if row.guards(today())}
    over = {row.id for row in dated if row.guardian_valid_to is not None and row.guardian_valid_to < today()}
    return Guardians(frozenset(now), frozenset(over), is_minor(person.minor_until, today()) and not now)


def _of(model: type[Record], person_ids: Iterable[UUID]) -> Any:
    """The records of these people in the order of their making; ids rise with it."""
    return select(model).where(model.person_id.in_(set(person_ids))).order_by(model.recorded_at, model.id)


def _beside(model: type[Any], ids: Sequence[UUID]) -> dict[UUID, Any]:
    if not ids:
        return {}
    return {row.id: row for row in db.session.scalars(select(model).where(model.id.in_(ids)))}


def _grouped(rows: Iterable[Record]) -> dict[UUID, list[Record]]:
    found: dict[UUID, list[Record]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found
