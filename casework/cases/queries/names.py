"""Names and signs shown with a case: only where identity is open, and on lists only for the own organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.queries.line import Line
from casework.cases.queries.visible import Classes, classes_of, classes_of_many
from casework.people.queries import display_name, names_of


def names_on_list(
    by: Actor, cases: Sequence[Case | Line], classes: Mapping[UUID, Classes] | None = None
) -> dict[UUID, str]:
    """Case id -> name, for the own organisation's cases with identity open; other offices' lists hold codes only.

    Two statements for a whole page; none while the actor hides names.
    """
    if by.names_hidden:
        return {}
    classes = classes if classes is not None else classes_of_many(by, [case.id for case in cases])
    nothing = Classes(frozenset(), frozenset())
    mine = [c for c in cases if c.owner_org_id == by.organisation_id and "identity" in classes.get(c.id, nothing)]
    names = names_of([case.person_id for case in mine])
    return {case.id: display_name(names[case.person_id], by.language) for case in mine if case.person_id in names}


def name_on_page(by: Actor, case: Case, classes: Classes | None = None) -> str | None:
    """The name for the case's own page, or None: 'name withheld', or hidden by the actor."""
    if by.names_hidden:
        return None
    classes = classes or classes_of(by, case.id)
    if "identity" not in classes:
        return None
    names = names_of([case.person_id])
    return display_name(names[case.person_id], by.language) if case.person_id in names else None


@dataclass(frozen=True, slots=True)
class Tag:
    """A word on a case: the tone gives the colour (plain, brand, amber, red, grey), the text says it all."""

    tone: str
    text: str
