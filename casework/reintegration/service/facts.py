"""Died, missing, did not arrive: facts that stop visits and contact and tell supervisors; found undoes."""

from __future__ import annotations

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.cases.models import Case
from casework.cases.service import notify
from casework.cases.service.person import state_fact
from casework.codes.dates import UNKNOWN, PartialDate
from casework.db import db, today
from casework.errors import InvalidInput, n_
from casework.people.models import PersonFact
from casework.reintegration.models import FollowUp
from casework.reintegration.queries import stopping_fact
from casework.reintegration.service.schedule import cancel_visits, give_task, moved

NEWS = {
    "dead": "person_dead",
    "missing": "person_missing",
    "did_not_arrive": "person_not_arrived",
    "found": "person_found",
}
"""Fact → kind of notice."""


def note_fact(case: Case, *, by: Actor, kind: str, occurred: PartialDate = UNKNOWN, source: str = "said") -> PersonFact:
    """Record a fact about the person. Visits of every office on this case stop at once and their tasks end; the
    supervisors of the own and the owning office are told. 'found' takes up what still lies ahead."""
    require(by, Permission.CASE_CLOSE)
    stops = stopping_fact(case)
    if kind not in NEWS:
        raise InvalidInput(n_("Choose one of the values in the list."), field="kind")
    if kind == "found" and (stops is None or stops.kind == "dead"):
        raise InvalidInput(n_("Nothing says that this person is missing."), field="kind")
    if stops is not None and stops.kind == kind:
        raise InvalidInput(n_("This was recorded already."), field="kind")
    if stops is not None and stops.kind == "dead":
        raise InvalidInput(n_("A death was recorded. If that was wrong, ask the supervisor."), field="kind")
    fact = state_fact(case, kind, by=by, occurred=occurred, source=source)
    if kind == "found":
        _take_up(case, by)
    else:
        cancel_visits(case, by=by, reason=kind, every_office=True)
    for org_id in dict.fromkeys((case.owner_org_id, by.organisation_id)):
        notify(org_id, NEWS[kind], case_id=case.id, record_kind="person_fact", record_id=fact.id, for_supervisor=True)
    db.session.flush()
    return fact


def _take_up(case: Case, by: Actor) -> None:
    """Plan again what a fact had cancelled and what still lies ahead; the past is past."""
    if case.status != "open":
        return
    stopped = select(FollowUp).where(
        FollowUp.case_id == case.id,
        FollowUp.state == "cancelled",
        FollowUp.cancelled_reason.in_(("missing", "did_not_arrive")),
        FollowUp.due_on >= today(),
    )
    for visit in db.session.scalars(stopped.order_by(FollowUp.due_on)):
        visit.state, visit.cancelled_reason = "planned", None
        moved(visit, "state", "cancelled", "planned", by=by, reason="found")
        db.session.flush()
        give_task(visit, case, by=by)
