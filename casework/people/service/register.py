"""Register a person and correct what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import fields as columns_of
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from casework.access.permissions import Actor
from casework.audit import recorder
from casework.codes import dates
from casework.codes.dates import UNKNOWN, PartialDate, Precision
from casework.codes.service import check_optional, check_place
from casework.db import db, today, touch, uuid7
from casework.errors import InvalidInput, StaleRecord, collected, n_
from casework.people import kinds, queries
from casework.people import names as naming
from casework.people.models import Person, PersonSealed
from casework.people.names import NOBODY, Names
from casework.people.service.checks import known, may_write, not_in_future
from casework.vault import fields, keys

SEALED = ("names", "birth", "address")
CODED = (
    ("gender", "gender"),
    ("marital_status", "marital_status"),
    ("education", "education"),
    ("language", "language"),
    ("birth_ground", "age_source"),
    ("origin_country", "country"),
)
WORDED = (
    ("sex", kinds.SEXES),
    ("birth_registered", kinds.YES_NO),
    ("sign_language", kinds.SIGNING),
    ("reads", kinds.READING),
    ("hearing", kinds.DIFFICULTY),
    ("sight", kinds.DIFFICULTY),
)


@dataclass(frozen=True, slots=True)
class PersonData:
    """Everything asked at registration; only a name is needed. Unknown stays unknown."""

    names: Names = NOBODY
    sex: str = "unknown"
    gender: str | None = None
    birth: PartialDate = UNKNOWN
    """A date known in part, or `dates.from_age(...)`."""
    birth_ground: str | None = None
    age_estimated_on: date | None = None
    birth_registered: str = "unknown"
    marital_status: str | None = None
    education: str | None = None
    language: str | None = None
    interpreter_needed: bool = False
    sign_language: str = "unknown"
    reads: str = "unknown"
    hearing: str = "unknown"
    sight: str = "unknown"
    origin_country: str | None = None
    origin_province: str | None = None
    origin_district: str | None = None
    address: str = ""


COLUMNS = tuple(column.name for column in columns_of(PersonData))


def register(
    data: PersonData, *, by: Actor, source: str = "said", case_id: UUID | None = None, person_id: UUID | None = None
) -> Person:
    """Record a person, sealed under a key of their own. The caller searched first and opens the case `case_id`.

    Raises InvalidInput naming the field of PersonData (or of Names) that cannot stand.
    """
    may_write(by)
    known(source, kinds.SOURCES, field="source")
    data = checked(data)
    person = Person(id=person_id or uuid7(), source=source)
    person.registered_by_org_id, person.registered_by_user_id = by.organisation_id, by.user_id
    fill(person, data)
    keys.make_root("person", person.id)
    sealed = PersonSealed(id=person.id, root_id=person.id)
    db.session.add_all([person, sealed])
    fields.seal(sealed, names=naming.to_document(data.names, data.birth), address=data.address)
    recorder.record(by, "person.registered", case_id=case_id, subject=("person", person.id))
    db.session.flush()
    return person


def correct(
    person: Person, changes: Mapping[str, object], *, by: Actor, version: int, case_id: UUID | None = None
) -> Person:
    """Change fields of PersonData. Raises StaleRecord with what stands now when `version` is not the newest.

    The audit row names the changed fields, never what they hold. The caller refreshes the search index.
    """
    may_write(by)
    current = data_of(person)
    if person.version != version:
        raise StaleRecord(_shown(current))
    unknown = set(changes) - set(COLUMNS)
    if unknown:
        raise InvalidInput(n_("This cannot be changed here."), field=min(unknown))
    data = checked(replace(current, **changes))  # type: ignore[arg-type]
    changed = [name for name in COLUMNS if getattr(data, name) != getattr(current, name)]
    if not changed:
        return person
    fill(person, data)
    if not set(changed).isdisjoint(SEALED):
        sealed = db.session.get_one(PersonSealed, person.id)
        fields.seal(sealed, names=naming.to_document(data.names, data.birth), address=data.address)
    touch(person)
    recorder.record(by, "person.corrected", case_id=case_id, subject=("person", person.id), body={"fields": changed})
    db.session.flush()
    return person


def data_of(person: Person) -> PersonData:
    """What stands now, as it would be registered."""
    identity = queries.identity_of(person)
    plain: dict[str, Any] = {name: getattr(person, name) for name in COLUMNS if name not in SEALED}
    return PersonData(identity.names, birth=identity.birth, address=identity.address, **plain)


def _shown(data: PersonData) -> dict[str, object]:
    """What stands now, field by field, the names apart, for the page about two versions."""
    values = {name: getattr(data, name) for name in COLUMNS if name != "names"}
    return values | {part: getattr(data.names, part) for part in (*naming.PARTS, "aliases")}


def person_faults(data: PersonData) -> list[InvalidInput]:
    """Everything about a person that cannot stand, so that a form can tell all of it."""
    return collected(*_checks(data))


def checked(data: PersonData) -> PersonData:
    """The data as they are kept. Raises InvalidInput naming the first field that cannot stand."""
    for check in _checks(data):
        check()
    names = naming.cleaned(data.names)
    estimated = data.birth.precision == Precision.AGE_ESTIMATE
    # The day an age was estimated on goes with the estimate and with nothing else.
    estimated_on = (data.age_estimated_on or today()) if estimated else None
    return replace(data, names=names, age_estimated_on=estimated_on)


def _checks(data: PersonData) -> Iterator[Callable[[], object]]:
    """One check for each thing that can be wrong alone."""
    for part in (*naming.PARTS, "aliases"):
        yield partial(naming.cleaned, replace(NOBODY, **{part: getattr(data.names, part)}))
    yield partial(_named, data.names)
    for field, list_name in CODED:
        yield partial(check_optional, list_name, getattr(data, field), field=field)
    for field, words in WORDED:
        yield partial(known, getattr(data, field), words, field=field)
    yield partial(check_place, data.origin_province, data.origin_district, field="origin_district")
    yield partial(_one_country, data)
    yield partial(not_in_future, data.birth, field="birth")


def _named(names: Names) -> None:
    if not naming.cleaned(names):
        raise InvalidInput(n_("Enter at least one name, or the name to use."), field="latin_given")


def _one_country(data: PersonData) -> None:
    if data.origin_province and data.origin_country not in (None, "KHM"):
        raise InvalidInput(n_("This province lies in Cambodia. Check the country of origin."), field="origin_country")


def fill(person: Person, data: PersonData) -> None:
    """Set the plain columns of a person."""
    for name in COLUMNS:
        if name not in SEALED:
            setattr(person, name, None if getattr(data, name) == "" else getattr(data, name))
    first, last = data.birth.first, data.birth.last
    person.birth_precision = data.birth.precision.value
    person.birth_year = None if first is None or last is None else (first + (last - first) / 2).year
    person.minor_until = dates.minor_until(data.birth)
