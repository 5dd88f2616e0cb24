"""The identity bar of a case: whose it is, where it stands, what it waits for, what must not be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.access.queries import organisation_names
from casework.cases.models import AskStop, Case, CaseAccess, Task
from casework.cases.queries.care import stop_now
from casework.cases.queries.line import Line
from casework.cases.queries.names import Tag, name_on_page
from casework.cases.queries.visible import Classes, classes_of
from casework.cases.queries.work import visible_tasks
from casework.codes.dates import AgeRange, ages, is_minor
from casework.db import db, today, utcnow
from casework.errors import n_
from casework.people.kinds import FACT_KINDS
from casework.people.models import Person
from casework.people.queries import Traits, contacts_of, stopped


@dataclass(frozen=True, slots=True)
class Standing:
    """Status and stage of a case as the actor's office may know them: as they are, or as they were when it last saw."""

    status: str
    stage: str


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
    stop: AskStop | None
    """Set while the person may not be asked anything more."""
    owner_org_id: UUID | None
    """None for an office that only keeps its own records: where the case went since is not told."""
    classes: Classes = field(repr=False)


def standings(by: Actor, cases: Sequence[Case | Line], classes: Mapping[UUID, Classes]) -> dict[UUID, Standing]:
    """Case id -> standing, for a page of visible cases. Asks only for those of which the office keeps its own records
    alone; what it knows of them stands in its own row (cases.service.refresh_access)."""
    found = {
        case.id: Standing(case.status, case.stage) for case in cases if case.id in classes and classes[case.id].all
    }
    kept = [case.id for case in cases if case.id not in found]
    if kept:
        query = select(CaseAccess.case_id, CaseAccess.status, CaseAccess.stage)
        rows = db.session.execute(query.where(CaseAccess.org_id == by.organisation_id, CaseAccess.case_id.in_(kept)))
        found |= {case_id: Standing(status, stage) for case_id, status, stage in rows}
    return found


def case_bar(by: Actor, case: Case, classes: Classes | None = None, tasks: Sequence[Task] | None = None) -> IdentityBar:
    """The bar of one case for one actor. Seven statements, whatever the case holds; one less on a page that has read
    the visible `tasks` of the case already."""
    classes = classes or classes_of(by, case.id)
    person = db.session.get_one(Person, case.person_id) if "demographic" in classes or "identity" in classes else None
    gone = stopped([person.id]) if person else {}
    standing = standings(by, [case], {case.id: classes}).get(case.id)
    if standing is None:
        raise RuntimeError("a page shows a case that its reader may not see: begin at cases.queries.get_case")
    if tasks is None:
        tasks = list(db.session.scalars(visible_tasks(by).where(Task.case_id == case.id).limit(50)))
    ours = [task for task in tasks if task.waiting_since is None]
    theirs = [task for task in tasks if task.waiting_since is not None]
    next_task = min(ours, key=lambda task: task.due_at or _never(), default=None)
    waiting = min(theirs, key=lambda task: task.waiting_since or utcnow(), default=None)
    return IdentityBar(
        case_id=case.id,
        code=case.code,
        name=name_on_page(by, case, classes),
        age=ages(person.birth_year, person.birth_precision, today(), person.age_estimated_on) if person else None,
        age_ground=person.birth_ground if person else None,
        tags=tags_of(by, case, classes, person, standing, next((fact.kind for fact in gone.values()), None)),
        stage=standing.stage,
        status=standing.status,
        contact_sign=contact_sign(case.person_id) if "safe_contact" in classes else None,
        waiting_for=_awaited(waiting),
        waiting_since=waiting.waiting_since if waiting else None,
        next_task=next_task,
        late=any(task.due_at is not None and task.due_at < utcnow() for task in tasks),
        stop=stop_now(by, case.id),
        owner_org_id=case.owner_org_id if classes.all else None,
        classes=classes,
    )


def tags_of(
    by: Actor,
    case: Case | Line,
    classes: Classes,
    person: Person | Traits | None,
    standing: Standing,
    fact: str | None = None,
    *,
    most: int = 3,
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
    if standing.status == "closed":
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
