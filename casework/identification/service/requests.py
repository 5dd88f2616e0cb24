"""The person's own request for a formal decision: what was explained, time to think, asked, taken back, answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, finish_tasks, new_record
from casework.codes.dates import known
from casework.codes.service import check
from casework.consent.queries import answer_about, standing_rows
from casework.db import check_version, db, end_of_day, today
from casework.errors import Conflict, InvalidInput, InvalidTransition, NotAllowed, n_
from casework.identification.kinds import (
    ANSWER_DAYS,
    EXPLAINED,
    OPEN_REQUESTS,
    REFLECTION_DAYS,
    REQUEST_MOVES,
    REQUEST_STATE_WORDS,
    REQUEST_STATES,
)
from casework.identification.models import Decision, FormalRequest, FormalRequestSealed
from casework.identification.service.authorities import check_country, check_formal
from casework.vault import fields
from casework.vault.text import clean_line

CLASS = "identification"
PURPOSE = "formal_identification"
TASK = "formal_request"


@dataclass(frozen=True, slots=True)
class RequestData:
    """What the person says: to which authority, and thinks about it, asks, or does not want to."""

    authority: str
    country: str
    state: str
    explained: Sequence[str] = ()
    asked_on: date | None = None
    accompanied: bool = False
    office: str = ""
    words: str = ""


def record_request(case: Case, data: RequestData, *, by: Actor, source: str = "said") -> FormalRequest:
    """Record the person's word about a formal decision, after it was explained what that opens and what it does not.

    Asking needs the person's consent for it (docs/domain.md 8). Raises InvalidInput, Conflict.
    """
    require(by, Permission.IDENTIFICATION_SCREEN)
    if not set(EXPLAINED) <= set(data.explained):
        raise InvalidInput(n_("Explain each of these to the person first."), field="explained")
    authority = check("identification_authority", data.authority, field="authority")
    check_formal(authority)
    check_country(authority, data.country)
    _check_none_open(case, data, by)
    _check_state(case, data, by)
    row = new_record(
        FormalRequest,
        case,
        by=by,
        data_class=CLASS,
        source=source,
        occurred=known(data.asked_on or today()),
        authority=data.authority,
        country=data.country,
        state=data.state,
        accompanied=data.accompanied,
    )
    _set_days(row, data)
    db.session.flush()
    sealed = FormalRequestSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, office=clean_line(data.office, field="office"), words=data.words)
    db.session.add(sealed)
    body = {"state": row.state, "authority": row.authority, "country": row.country}
    record(by, "formal_request.recorded", case_id=case.id, subject=("formal_request", row.id), body=body)
    db.session.flush()
    _plan(case, row, by=by)
    return row


def move_request(
    row: FormalRequest, case: Case, data: RequestData, *, by: Actor, expected_version: int | None
) -> FormalRequest:
    """Record what the person says now: asks after thinking, does not want to, or takes the request back."""
    require(by, Permission.IDENTIFICATION_SCREEN)
    if row.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Another office recorded this. Record what you know as a record of your own."))
    check_version(row, expected_version, told={n_("State"): REQUEST_STATE_WORDS[row.state]})
    if data.state not in REQUEST_MOVES[row.state]:
        raise InvalidTransition(n_("This request can't take that step. Load the page again."))
    _check_state(case, data, by)
    row.state, row.accompanied = data.state, data.accompanied
    _set_days(row, data)
    fields.seal(
        db.session.get_one(FormalRequestSealed, row.id),
        office=clean_line(data.office, field="office"),
        words=data.words,
    )
    finish_tasks(case, row.id, by=by)
    body = {"state": row.state}
    record(by, "formal_request.moved", case_id=case.id, subject=("formal_request", row.id), body=body)
    db.session.flush()
    _plan(case, row, by=by)
    return row


def answer_requests(case: Case, decision: Decision, *, by: Actor) -> None:
    """A formal outcome of an authority answers what was asked of it."""
    asked = select(FormalRequest).where(
        FormalRequest.case_id == case.id,
        FormalRequest.state == "asked",
        FormalRequest.authority == decision.authority,
        FormalRequest.country == decision.country,
    )
    for row in db.session.scalars(asked).all():
        row.state = "answered"
        finish_tasks(case, row.id, by=by)
        body = {"state": row.state, "decision": str(decision.id)}
        record(by, "formal_request.moved", case_id=case.id, subject=("formal_request", row.id), body=body)
    db.session.flush()


def requests_withdrawn(case: Case, purpose: str, by: Actor) -> None:
    """The agreement to ask an authority was taken back: what was asked on it is taken back with it.

    Called by `sharing` in the transaction of the withdrawal; needs no permission of its own.
    """
    if purpose != PURPOSE or standing_rows(case.id, purpose=PURPOSE):
        return
    asked = select(FormalRequest).where(FormalRequest.case_id == case.id, FormalRequest.state == "asked")
    for row in db.session.scalars(asked).all():
        row.state = "withdrawn"
        finish_tasks(case, row.id, by=by, state="cancelled")
        body = {"state": row.state, "reason": "consent_withdrawn"}
        record(by, "formal_request.moved", case_id=case.id, subject=("formal_request", row.id), body=body)
    db.session.flush()


def _check_none_open(case: Case, data: RequestData, by: Actor) -> None:
    taken = select(FormalRequest.id).where(
        FormalRequest.case_id == case.id,
        FormalRequest.author_org_id == by.organisation_id,
        FormalRequest.authority == data.authority,
        FormalRequest.country == data.country,
        FormalRequest.state.in_(OPEN_REQUESTS),
    )
    if db.session.scalar(taken.limit(1)) is not None:
        raise Conflict(n_("A request to this authority is open already. Change that one."), field="authority")


def _check_state(case: Case, data: RequestData, by: Actor) -> None:
    if data.state not in REQUEST_STATES:
        raise InvalidInput(n_("Choose one of the values in the list."), field="state")
    if data.asked_on is not None and data.asked_on > today():
        raise InvalidInput(n_("This date lies in the future. Check the year."), field="asked_on")
    if data.state != "asked":
        return
    if data.asked_on is None:
        raise InvalidInput(n_("Enter the day on which the person asked."), field="asked_on")
    if answer_about(case.id, PURPOSE, org_id=by.organisation_id) != "given":
        message = n_("Record the person's consent first: purpose 'Asking for formal identification'.")
        raise InvalidInput(message, field="state")


def _set_days(row: FormalRequest, data: RequestData) -> None:
    if data.state == "asked":
        row.asked_on = data.asked_on
    if data.state == "reflecting":
        row.reflection_until = today() + timedelta(days=REFLECTION_DAYS)


def _plan(case: Case, row: FormalRequest, *, by: Actor) -> None:
    """Ask again when the time to think is over; ask what became of it when it was asked."""
    days = {"reflecting": row.reflection_until, "asked": today() + timedelta(days=ANSWER_DAYS)}
    due = days.get(row.state)
    if due is None or case.historical:
        return
    add_task(
        case,
        by=by,
        kind=TASK,
        due_at=end_of_day(due),
        assignee_id=by.user_id,
        data_class=CLASS,
        record_kind="formal_request",
        record_id=row.id,
    )
