"""The few words beside a case on a list: age, tags; each only with the class that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.queries.bar import standings, tags_of
from casework.cases.queries.line import Line
from casework.cases.queries.names import Tag
from casework.cases.queries.visible import Classes
from casework.codes.dates import AgeRange, ages
from casework.db import today
from casework.people.queries import traits


@dataclass(frozen=True, slots=True)
class Signs:
    """What a row of a list says of a person besides name and code."""

    age: AgeRange | None
    sex: str | None
    tags: list[Tag]
    stage: str
    """As the actor's office may know it."""


def signs_of(by: Actor, cases: Sequence[Case | Line], classes: Mapping[UUID, Classes]) -> dict[UUID, Signs]:
    """Case id -> signs for a page of cases. One statement whatever the length of the page, two with kept ones."""
    nothing = Classes(frozenset(), frozenset())
    plain = [case for case in cases if "demographic" in classes.get(case.id, nothing)]
    persons = traits([case.person_id for case in plain])
    where = standings(by, cases, classes)
    found = {}
    for case in cases:
        opened = classes.get(case.id, nothing)
        person = persons.get(case.person_id) if "demographic" in opened else None
        found[case.id] = Signs(
            age=ages(person.birth_year, person.birth_precision, today(), person.age_estimated_on) if person else None,
            sex=person.sex if person else None,
            tags=tags_of(by, case, opened, person, where[case.id], person.fact if person else None),
            stage=where[case.id].stage,
        )
    return found
