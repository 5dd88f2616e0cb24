"""Looking for the family and at the home: asked only with the person's agreement, told the least, answered in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.access.queries import organisation
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import new_record
from casework.codes.dates import known
from casework.codes.queries import get
from casework.codes.service import check
from casework.consent.models import ConsentEntry
from casework.consent.queries import standing_rows
from casework.db import check_version, db, today, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, n_
from casework.repatriation.kinds import (
    FOUND,
    OFFERED_TRACING_STOPS,
    PARTIES,
    TRACING,
    TRACING_DAYS,
    TRACING_STATES,
    WISHES,
)
from casework.repatriation.models import FamilyTracing, FamilyTracingSealed, ReturnPath
from casework.repatriation.queries import steps_of
from casework.repatriation.service.checks import write_check
from casework.repatriation.service.moving import complete, require_open, require_planner
from casework.repatriation.workflow.states import RUNNING
from casework.repatriation.workflow.steps import rule
from casework.vault import fields

FAMILY = "family"
"""Data class of a tracing: it is about other people."""
ACTION, OUTCOME, SAFE = "action", "outcome", "safe to return"
"""Groups of the list tracing_status."""


@dataclass(frozen=True, slots=True)
class TraceData:
    """What is asked, of whom, in which words."""

    action: str
    told: str
    cover: str
    withheld: str = ""
    asked_org_id: UUID | None = None
    asked_party: str | None = None
    asked_on: date | None = None
    due_on: date | None = None


def ask_family(path: ReturnPath, case: Case, data: TraceData, *, by: Actor) -> FamilyTracing:
    """Ask an office or a party to look for the family. Raises InvalidTransition without the person's agreement."""
    require_planner(path, case, by=by)
    agreed = _agreements(case, data.asked_org_id)
    if not agreed:
        raise InvalidTransition(n_("Ask the person first: nobody is asked about the family without agreement."))
    asked_on = data.asked_on or today()
    _check_asked(data, asked_on)
    row = new_record(
        FamilyTracing,
        case,
        by=by,
        data_class=FAMILY,
        source="paper",
        occurred=known(asked_on),
        path_id=path.id,
        entry_id=agreed[0].id,
        state="asked",
        action=data.action,
        asked_org_id=organisation(data.asked_org_id).id if data.asked_org_id else None,
        asked_party=None if data.asked_org_id else data.asked_party,
        asked_on=asked_on,
        due_on=data.due_on or asked_on + timedelta(days=TRACING_DAYS),
    )
    db.session.flush()
    sealed = FamilyTracingSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, told=data.told, cover=data.cover, withheld=data.withheld)
    db.session.add(sealed)
    body = {"action": data.action}
    record(by, "family_tracing.asked", case_id=case.id, subject=("family_tracing", row.id), body=body)
    db.session.flush()
    return row


def _agreements(case: Case, asked_org_id: UUID | None) -> list[ConsentEntry]:
    """What the person agreed to: with an office that is asked, the entry names it; a party without a row of its own
    rests on any entry for this purpose."""
    return [row for row in standing_rows(case.id, purpose=TRACING, org_id=asked_org_id) if row.ground == "consent"]


def _check_asked(data: TraceData, asked_on: date) -> None:
    if data.asked_org_id is None and data.asked_party not in PARTIES:
        raise InvalidInput(n_("Choose who is asked."), field="asked_org_id")
    _check_code(data.action, ACTION, "action")
    if asked_on > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="asked_on")
    if data.due_on is not None and data.due_on < asked_on:
        raise InvalidInput(n_("Enter a day after the request."), field="due_on")
    for name in ("told", "cover"):
        if not getattr(data, name).strip():
            raise InvalidInput(n_("Write what the request tells."), field=name)


def _check_code(code: str, group: str, field: str) -> None:
    if check("tracing_status", code, field=field).group != group:
        raise InvalidInput(n_("Choose from the list."), field=field)


def answer_family(
    tracing: FamilyTracing,
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    outcome: str,
    safe: str,
    found: Mapping[str, str],
    answered_on: date | None = None,
    expected_version: int | None = None,
) -> None:
    """Write what came of a tracing. 'Safe to return' is the result the gate reads, and ends the step of the assessment;
    'not known' closes the gate until somebody knows."""
    _require_asked(tracing, path, case, by=by, expected_version=expected_version)
    day = answered_on or today()
    if not tracing.asked_on <= day <= today():
        raise InvalidInput(n_("Enter a day between the request and today."), field="answered_on")
    _check_code(outcome, OUTCOME, "outcome")
    _check_code(safe, SAFE, "safe")
    if found.get("wish") and found["wish"] not in WISHES:
        raise InvalidInput(n_("Choose from the list."), field="wish")
    tracing.state, tracing.outcome, tracing.safe, tracing.ended_on = "answered", outcome, safe, day
    tracing.answered_at = utcnow()
    if tracing.asked_org_id and not organisation(tracing.asked_org_id).has_users:
        tracing.on_behalf_org_id = tracing.asked_org_id
    words = {name: found[name] for name in FOUND if found.get(name)}
    fields.seal(db.session.get_one(FamilyTracingSealed, tracing.id), found=words)
    body = {"outcome": outcome, "safe": safe}
    record(by, "family_tracing.answered", case_id=case.id, subject=("family_tracing", tracing.id), body=body)
    db.session.flush()
    result = get("tracing_status", safe).extra.get("result", "")
    if result:
        write_check(path, case, by=by, kind="safety", result=result, checked_on=day)
        _end_step(path, case, by=by, result=result)


def _end_step(path: ReturnPath, case: Case, *, by: Actor, result: str) -> None:
    for step in steps_of(path):
        if step.state in RUNNING and rule(step.code).check == "safety":
            complete(step, path, case, by=by, on=today(), outcome=result)


def stop_tracing(
    tracing: FamilyTracing,
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    reason: str,
    expected_version: int | None = None,
) -> None:
    """End a tracing without an answer."""
    _require_asked(tracing, path, case, by=by, expected_version=expected_version)
    if reason not in OFFERED_TRACING_STOPS:
        raise InvalidInput(n_("Choose why it stops."), field="reason")
    _stop(tracing, reason, by=by)


def _require_asked(
    tracing: FamilyTracing, path: ReturnPath, case: Case, *, by: Actor, expected_version: int | None
) -> None:
    require_open(path, case, by=by)
    if tracing.path_id != path.id:
        raise NotVisible
    if by.organisation_id not in (tracing.author_org_id, tracing.asked_org_id, path.author_org_id, case.owner_org_id):
        raise NotAllowed(n_("Another office asks about the family."))
    stands = {"outcome": tracing.outcome, "safe": tracing.safe, "reason": tracing.stop_reason}
    check_version(tracing, expected_version, stands, {n_("State"): TRACING_STATES[tracing.state]})
    if tracing.state != "asked":
        raise InvalidTransition(n_("This request has ended already."))


def _stop(tracing: FamilyTracing, reason: str, *, by: Actor) -> None:
    tracing.state, tracing.stop_reason, tracing.ended_on = "stopped", reason, max(today(), tracing.asked_on)
    subject, body = ("family_tracing", tracing.id), {"reason": reason}
    record(by, "family_tracing.stopped", case_id=tracing.case_id, subject=subject, body=body)
    db.session.flush()


def tracing_withdrawn(case: Case, by: Actor) -> None:
    """The agreement to look for the family was taken back: requests that rest on no other agreement stop at once.

    Called by `sharing` in the transaction of the withdrawal; needs no permission of its own.
    """
    query = select(FamilyTracing).where(FamilyTracing.case_id == case.id, FamilyTracing.state == "asked")
    for row in db.session.scalars(query).all():
        agreed = {entry.id for entry in _agreements(case, row.asked_org_id)}
        if row.entry_id in agreed:
            continue
        if agreed:
            row.entry_id = min(agreed)
        else:
            _stop(row, "consent_withdrawn", by=by)
    db.session.flush()
