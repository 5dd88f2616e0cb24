"""The identity bar of a case: whose it is, where it stands, what it waits for, what must not be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from casework.access.permissions import Actor
from casework.access.queries import organisation_names
from casework.cases.models import Case, Task
from casework.cases.queries.names import Tag, name_on_page
from casework.cases.queries.visible import Classes, classes_of
from casework.cases.queries.work import visible_tasks
from casework.codes.dates import AgeRange, ages, is_minor
from casework.db import db, today, utcnow
from casework.errors import n_
from casework.people.kinds import FACT_KINDS
from casework.people.models import Person
from casework.people.queries import contacts_of, stopped

GRAVE_RISKS = frozenset({"high", "immediate"})
SIGNS = {
    "none": n_("no safe contact known"),
    "never": n_("do not contact"),
    "rule": n_("read the contact rule first"),
}
"""What stands beside the name about reaching the person; the rule itself comes before any number."""


@dataclass(frozen=True, slots=True)
class IdentityBar:
    """What stands on top of every page of a case."""

    case_id: UUID
    code: str
    name: str | None
    age: AgeRange | None
    age_ground: str | None
    tags: list[Tag]
    stage: str
    status: str
    contact_sign: str | None
    waiting_for: str | None
    waiting_since: datetime | None
    next_task: Task | None
    late: bool
    owner_org_id: UUID
    classes: Classes = field(repr=False)


def case_bar(by: Actor, case: Case, classes: Classes | None = None) -> IdentityBar:
    """The bar of one case for one actor. Six statements, whatever the case holds."""
    classes = classes or classes_of(by, case.id)
    person = db.session.get_one(Person, case.person_id) if "demographic" in classes or "identity" in classes else None
    gone = stopped([person.id]) if person else {}
    tasks = list(db.session.scalars(visible_tasks(by).where(Task.case_id == case.id).limit(50)))
    ours = [task for task in tasks if task.waiting_since is None]
    theirs = [task for task in tasks if task.waiting_since is not None]
    next_task = min(ours, key=lambda task: task.due_at or _never(), default=None)
    waiting = min(theirs, key=lambda task: task.waiting_since or utcnow(), default=None)
    return IdentityBar(
        case_id=case.id,
        code=case.code,
        name=name_on_page(by, case, classes),
        age=ages(person.birth_year, person.birth_precision, today()) if person else None,
        age_ground=person.birth_ground if person else None,
        tags=tags_of(by, case, classes, person, next((fact.kind for fact in gone.values()), None)),
        stage=case.stage,
        status=case.status,
        contact_sign=contact_sign(case.person_id) if "safe_contact" in classes else None,
        waiting_for=_awaited(waiting),
        waiting_since=waiting.waiting_since if waiting else None,
        next_task=next_task,
        late=any(task.due_at is not None and task.due_at < utcnow() for task in tasks),
        owner_org_id=case.owner_org_id,
        classes=classes,
    )


def tags_of(
    by: Actor, case: Case, classes: Classes, person: Person | None, fact: str | None = None, *, most: int = 3
) -> list[Tag]:
    """At most three words on a case, the gravest first; each only with the class that it belongs to."""
    tags: list[Tag] = []
    if person is not None:
        if fact is not None:
            tags.append(Tag("red", FACT_KINDS[fact]))
        if is_minor(person.minor_until, today()):
            tags.append(Tag("amber", n_("minor")))
    if case.risk_level in GRAVE_RISKS and classes.opens("needs_risk", case.risk_org_id, by):
        tags.append(Tag("red", n_("high risk")))
    if case.identified_as in ("presumed", "formal") and classes.opens("identification", case.identified_org_id, by):
        words = {"presumed": n_("presumed"), "formal": n_("formally identified")}
        tags.append(Tag("brand", words[case.identified_as]))
    if case.status == "closed":
        tags.append(Tag("grey", n_("closed")))
    if case.historical:
        tags.append(Tag("grey", n_("for statistics only")))
    return tags[:most]


def _awaited(task: Task | None) -> str | None:
    """Whom a task waits for, in words: an office's name, or the short party name that the task carries."""
    if task is None:
        return None
    if task.waiting_for_org_id is None:
        return task.waiting_for
    return organisation_names([task.waiting_for_org_id]).get(task.waiting_for_org_id)


def contact_sign(person_id: UUID) -> str:
    """One of SIGNS: whether and how the person may be reached, without saying how."""
    contacts = contacts_of(person_id)
    if not contacts:
        return SIGNS["none"]
    if all(contact.do_not_contact_reason for contact in contacts):
        return SIGNS["never"]
    return SIGNS["rule"]


def _never() -> datetime:
    return datetime.max.replace(tzinfo=utcnow().tzinfo)
