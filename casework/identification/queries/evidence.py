"""What speaks for what: noted things as items with strength, dimension and element, and the suggestion from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.codes.queries import Code, choices, find
from casework.db import PHNOM_PENH, db, today
from casework.identification.kinds import ELEMENT_LISTS, EVIDENCE_LISTS, FORCED_CRIME, MEANS_OF_A_CHILD
from casework.identification.queries.events import events_of
from casework.identification.queries.screenings import answers_of, screenings_of
from casework.identification.workflow.rules import ELEMENTS, POINTS_TO
from casework.identification.workflow.suggestion import Item, Suggestion, child_then, suggest
from casework.people.models import Person

_ELEMENT_OF = {list_name: element for element, list_name in ELEMENT_LISTS.items()}


def offered() -> dict[str, dict[str, int]]:
    """How many operational indicators of each strength the code list holds, by dimension."""
    found: dict[str, Counter[str]] = {}
    for code in choices("indicator"):
        found.setdefault(code.extra.get("dimension", ""), Counter())[code.extra.get("strength", "")] += 1
    return {dimension: dict(counts) for dimension, counts in found.items()}


def item(list_name: str, code: str, strength: str | None = None) -> Item:
    """One noted thing with what its code list says. `strength` is what was kept when it was noted."""
    entry = find(list_name, code)
    extra = entry.extra if entry else {}
    return Item(
        list=list_name,
        code=code,
        strength=strength or extra.get("strength", ""),
        dimension=extra.get("dimension", ""),
        element=_element(list_name, entry),
    )


def _element(list_name: str, entry: Code | None) -> str:
    if entry is None or (list_name, entry.code) == (ELEMENT_LISTS["means"], MEANS_OF_A_CHILD):
        return ""
    group = entry.group if entry.group in ELEMENTS else ""
    return _ELEMENT_OF.get(list_name) or POINTS_TO.get(list_name) or group


def evidence_of(by: Actor, case: Case) -> list[Item]:
    """All that was noted about a case as far as this actor may see it: in screenings and in events."""
    noted = [
        item(row.list, row.code, row.strength)
        for row in answers_of(s.id for s in screenings_of(by, case.id))
        if row.list in EVIDENCE_LISTS
    ]
    told = [
        item(list_name, code)
        for view in events_of(by, case.id)
        for list_name, codes in view.codes.items()
        if list_name in EVIDENCE_LISTS
        for code in codes
    ]
    # Once each, though several screenings noted it and the list was edited in between.
    return list({(found.list, found.code): found for found in told + noted}.values())


def counts_as_child(by: Actor, case: Case) -> bool:
    """Whether the rule for a child holds: maybe under 18 when it happened, when screened, or today if never asked."""
    person = db.session.get_one(Person, case.person_id)
    days = [view.event.occurred_from for view in events_of(by, case.id)]
    asked = [screening.started_at.astimezone(PHNOM_PENH).date() for screening in screenings_of(by, case.id)]
    return child_then(person.minor_until, [*days, *asked, today()])


def suggestion_for(by: Actor, case: Case, items: Iterable[Item] | None = None) -> Suggestion:
    """What the evidence on a case suggests to this actor, and why. It is shown, never acted upon."""
    noted = evidence_of(by, case) if items is None else items
    return suggest(noted, child=counts_as_child(by, case), offered=offered())


def forced_crime(items: Iterable[Item]) -> bool:
    """True when something noted says that the person was made to do what is forbidden."""
    found = (find(one.list, one.code) for one in items if one.list == ELEMENT_LISTS["purpose"])
    return any(code is not None and code.group == FORCED_CRIME for code in found)
