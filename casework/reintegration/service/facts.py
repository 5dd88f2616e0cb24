"""Died, missing, did not arrive: facts that stop visits and contact and tell supervisors; found takes them back."""

from __future__ import annotations

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, can, require
from casework.cases.models import Case
from casework.cases.service import may_write, new_record, notify
from casework.cases.service.person import state_fact
from casework.codes.dates import UNKNOWN, PartialDate
from casework.db import db, today
from casework.errors import InvalidInput, n_
from casework.people.models import PersonFact
from casework.reintegration.kinds import FOUND_REASONS
from casework.reintegration.models import KIN_ANSWERS, FactReport, FactReportSealed, FollowUp
from casework.reintegration.queries import stopping_fact
from casework.reintegration.service.plans import DATA_CLASS
from casework.reintegration.service.schedule import cancel_visits, give_task, moved
from casework.vault import fields

NEWS = {
    "dead": "person_dead",
    "missing": "person_missing",
    "did_not_arrive": "person_not_arrived",
    "found": "person_found",
}
"""Fact → kind of notice."""
MISTAKE = "recorded_by_mistake"
"""The one reason that also takes back a death; a supervisor's to give."""


def note_fact(
    case: Case,
    *,
    by: Actor,
    kind: str,
    occurred: PartialDate = UNKNOWN,
    source: str = "said",
    known: str = "",
    kin: str | None = None,
    next_of_kin: str = "",
    authority_told: bool = False,
    reason: str | None = None,
) -> PersonFact:
    """Record a fact about the person. Visits of every office on this case stop at once and their tasks end; the
    supervisors of the own and the owning office are told. 'found' takes up what still lies ahead."""
    require(by, Permission.CASE_CLOSE)
    _check(case, by, kind, reason)
    if kin is not None and kin not in KIN_ANSWERS:
        raise InvalidInput(n_("Choose one of the values in the list."), field="kin")
    fact = state_fact(case, kind, by=by, occurred=occurred, source=source)
    if may_write(case, DATA_CLASS, by=by):
        _report(case, fact, by, known, kin, next_of_kin, authority_told, reason if kind == "found" else None)
    if kind == "found":
        _take_up(case, by)
    else:
        cancel_visits(case, by=by, reason=kind, every_office=True)
    for org_id in dict.fromkeys((case.owner_org_id, by.organisation_id)):
        notify(org_id, NEWS[kind], case_id=case.id, record_kind="person_fact", record_id=fact.id, for_supervisor=True)
    db.session.flush()
    return fact


def _check(case: Case, by: Actor, kind: str, reason: str | None) -> None:
    stops = stopping_fact(case)
    if kind not in NEWS:
        raise InvalidInput(n_("Choose one of the values in the list."), field="kind")
    if kind == "found":
        if stops is None:
            raise InvalidInput(n_("Nothing says that this person is missing."), field="kind")
        if reason is not None and reason not in FOUND_REASONS:
            raise InvalidInput(n_("Choose one of the values in the list."), field="reason")
        if stops.kind == "dead" and not (reason == MISTAKE and can(by, Permission.CASE_APPROVE)):
            raise InvalidInput(
                n_("A death was recorded. Only a supervisor can take it back, as recorded by mistake."), field="reason"
            )
        return
    if stops is not None and stops.kind == kind:
        raise InvalidInput(n_("This was recorded already."), field="kind")
    if stops is not None and stops.kind == "dead":
        raise InvalidInput(n_("A death was recorded. If that was wrong, ask the supervisor."), field="kind")


def _report(
    case: Case,
    fact: PersonFact,
    by: Actor,
    known: str,
    kin: str | None,
    next_of_kin: str,
    authority_told: bool,
    reason: str | None,
) -> None:
    row = new_record(
        FactReport,
        case,
        by=by,
        data_class=DATA_CLASS,
        source=fact.source,
        timeline=False,
        fact_id=fact.id,
        kin=kin,
        authority_told=authority_told,
        reason=reason,
    )
    db.session.flush()
    sealed = FactReportSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, known=known, next_of_kin=next_of_kin)
    db.session.add(sealed)


def _take_up(case: Case, by: Actor) -> None:
    """Plan again what a fact had cancelled and what still lies ahead; the past is past."""
    if case.status != "open":
        return
    stopped = select(FollowUp).where(
        FollowUp.case_id == case.id,
        FollowUp.state == "cancelled",
        FollowUp.cancelled_reason.in_(tuple(NEWS)),
        FollowUp.due_on >= today(),
    )
    for visit in db.session.scalars(stopped.order_by(FollowUp.due_on)):
        visit.state, visit.cancelled_reason = "planned", None
        moved(visit, "state", "cancelled", "planned", by=by, reason="found")
        db.session.flush()
        give_task(visit, case, by=by)
