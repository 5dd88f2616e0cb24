"""Names of the people around a person: third persons, and people we help too when the actor may see them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.models import Case, GroupMember
from casework.cases.queries.names import names_on_list
from casework.cases.queries.visible import Classes, classes_of_many, visible_cases
from casework.db import db
from casework.people.models import Relation
from casework.people.queries import display_name, names_of, names_of_third, relations_of


def relations_for(by: Actor, opened: Classes, person_id: UUID) -> list[Relation]:
    """The people around a person. An alleged offender only for who reads that class, or whose office wrote it."""
    if "family" not in opened:
        return []
    told = "perpetrator" in opened
    return [
        row
        for row in relations_of(person_id)
        if told or row.kind != "alleged_offender" or row.author_org_id == by.organisation_id
    ]


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


def mates_of(by: Actor, case: Case) -> dict[UUID, str]:
    """Case id -> name or code of those who are in a group with this case and whose family is open to the actor."""
    groups = select(GroupMember.group_id).where(GroupMember.case_id == case.id)
    together = select(GroupMember.case_id).where(GroupMember.group_id.in_(groups))
    found = list(db.session.scalars(visible_cases(by).where(Case.id.in_(together), Case.id != case.id)))
    opened = classes_of_many(by, [one.id for one in found])
    names = names_on_list(by, found, opened)
    return {one.id: f"{names.get(one.id, '')} {one.code}".strip() for one in found if "family" in opened[one.id]}
