"""Names of the people around a person: third persons, and people we help too when the actor may see them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.queries.visible import classes_of_many, visible_cases
from casework.db import db
from casework.people.models import Relation
from casework.people.queries import display_name, names_of, names_of_third


def others_of(by: Actor, relations: Sequence[Relation]) -> dict[UUID, str]:
    """Relation id -> name of the other one. A person whose case is not open to the actor has no name here."""
    third = names_of_third([row.third_person_id for row in relations if row.third_person_id])
    wanted = [row.other_person_id for row in relations if row.other_person_id]
    seen = list(db.session.scalars(visible_cases(by).where(Case.person_id.in_(wanted)))) if wanted else []
    opened = classes_of_many(by, [case.id for case in seen])
    helped = names_of([case.person_id for case in seen if "identity" in opened[case.id]])
    found = {}
    for row in relations:
        name = third.get(row.third_person_id) if row.third_person_id else helped.get(row.other_person_id)  # type: ignore[arg-type]
        if name is not None:
            found[row.id] = display_name(name, by.language)
    return found
