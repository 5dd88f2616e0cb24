"""What closing a case rests on: open work, attempts to reach, accepted referrals, facts, earlier requests."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, select

from casework.access.permissions import Actor
from casework.cases.models import Case, Task
from casework.cases.queries import get_record, visible_records, visible_tasks
from casework.cases.workflow import REMINDERS
from casework.db import db
from casework.errors import NotVisible
from casework.people.models import PersonFact
from casework.people.queries import stopped
from casework.referrals.models import Referral
from casework.reintegration.models import Closure, ClosureOutcome, ClosureSealed, ContactAttempt
from casework.vault import fields

ACCEPTED = ("accepted", "service_started", "done")
"""States of a referral in which somebody else has taken the person on."""
OWN_KINDS = ("follow_up", "closure_approval", *REMINDERS)
"""Tasks that the closure itself ends."""


def blocking_tasks(by: Actor, case: Case) -> list[Task]:
    """Open tasks of the own office that have to be finished or cancelled before the case is closed.

    What waits for another office ends with the case; it blocks nothing.
    """
    ours = visible_tasks(by).where(Task.case_id == case.id, Task.waiting_since.is_(None))
    return list(db.session.scalars(ours.where(Task.kind.not_in(OWN_KINDS))))


def attempts(by: Actor, case: Case) -> list[ContactAttempt]:
    """Tries to reach the person, oldest first, as far as the actor may see."""
    rows = visible_records(by, ContactAttempt).where(ContactAttempt.case_id == case.id)
    return list(db.session.scalars(rows.order_by(ContactAttempt.tried_on, ContactAttempt.id)))


def handed_on(by: Actor, case: Case) -> bool:
    """True when another office accepted a referral of this office for the case."""
    found = exists().where(
        Referral.case_id == case.id, Referral.author_org_id == by.organisation_id, Referral.status.in_(ACCEPTED)
    )
    return bool(db.session.scalar(select(found)))


def stopping_fact(case: Case) -> PersonFact | None:
    """The fact that stops visits and contact: died, missing, did not arrive; None after 'found'."""
    return stopped([case.person_id]).get(case.person_id)


def closures(by: Actor, case: Case) -> list[Closure]:
    """Requests to close that the actor may see, newest first."""
    rows = visible_records(by, Closure).where(Closure.case_id == case.id)
    return list(db.session.scalars(rows.order_by(Closure.recorded_at.desc(), Closure.id.desc())))


def get_closure(by: Actor, case_id: UUID, closure_id: UUID) -> Closure:
    """A request to close this case, or NotVisible."""
    closure = get_record(by, Closure, closure_id)
    if closure.case_id != case_id:
        raise NotVisible
    return closure


def open_closure(case: Case) -> Closure | None:
    """The request that waits for a decision, whoever asks: a case has one at most."""
    waiting = select(Closure).where(Closure.case_id == case.id, Closure.state.in_(("waiting", "second")))
    return db.session.scalars(waiting.limit(1)).first()


def closure_of(closure: Closure) -> tuple[list[str], dict[str, str]]:
    """Outcomes and words of a visible request."""
    outcomes = list(
        db.session.scalars(
            select(ClosureOutcome.outcome).where(ClosureOutcome.closure_id == closure.id).order_by("outcome")
        )
    )
    sealed = db.session.get(ClosureSealed, closure.id)
    names = ("situation", "explanation", "recontact_rule")
    return outcomes, {name: (fields.unseal(sealed, name) if sealed else None) or "" for name in names}
