"""What the page of a group says of each member; the same statements for any number of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from casework.access.permissions import Actor, Permission, can
from casework.assistance.models import EmergencyNeed
from casework.assistance.queries.needs import needs_of
from casework.cases.models import AskStop, Case, PrivateTalk, Task
from casework.cases.queries import classes_of_many, members_of, names_on_list, visible_tasks
from casework.cases.queries.care import stops_now, talks_of
from casework.cases.queries.signs import Signs, signs_of
from casework.consent.queries import answers_of
from casework.db import db


@dataclass(frozen=True, slots=True)
class Member:
    """One visible member as the row of the group says it; what is not open to the actor is None or empty."""

    case: Case
    name: str | None
    signs: Signs
    needs: dict[str, EmergencyNeed]
    talk: PrivateTalk | None
    stop: AskStop | None
    consent: str | None
    """never_asked, given, refused, withdrawn or ended; None for a role that does not keep consent."""
    next_task: Task | None
    own: bool
    """The case is the actor's office's own."""

    @property
    def talked(self) -> bool:
        """Whether somebody talked with this person alone."""
        return self.talk is not None and self.talk.state == "held"


def members_now(by: Actor, group_id: UUID) -> list[Member]:
    """The visible members of a group, in the order in which they came into it."""
    cases = members_of(by, group_id)
    ids = [case.id for case in cases]
    classes = classes_of_many(by, ids)
    names, signs = names_on_list(by, cases, classes), signs_of(by, cases, classes)
    needs, talks, stops = needs_of(by, ids), talks_of(by, ids), stops_now(by, ids)
    consents = _consents(by, cases) if can(by, Permission.CONSENT_RECORD) else {}
    tasks = _next_tasks(by, ids)
    return [
        Member(
            case=case,
            name=names.get(case.id),
            signs=signs[case.id],
            needs=needs.get(case.id, {}),
            talk=talks.get(case.id),
            stop=next(iter(stops.get(case.id, [])), None),
            consent=consents.get(case.id),
            next_task=tasks.get(case.id),
            own=case.owner_org_id == by.organisation_id,
        )
        for case in cases
    ]


def _consents(by: Actor, cases: Sequence[Case]) -> dict[UUID, str]:
    own = [case.id for case in cases if case.owner_org_id == by.organisation_id]
    return answers_of([case.id for case in cases], org_id=by.organisation_id, owned=own)


def _next_tasks(by: Actor, case_ids: Sequence[UUID]) -> dict[UUID, Task]:
    """Case id -> the own move that is due first."""
    if not case_ids:
        return {}
    query = visible_tasks(by).where(Task.case_id.in_(list(case_ids)), Task.waiting_since.is_(None))
    found: dict[UUID, Task] = {}
    for task in db.session.scalars(query.order_by(Task.due_at.is_(None), Task.due_at, Task.id)):
        found.setdefault(task.case_id, task)
    return found
