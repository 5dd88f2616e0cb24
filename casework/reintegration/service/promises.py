"""Promises to the person: made, kept, or not kept with the reason and the day on which the person was told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import members
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, change, finish_tasks, new_record
from casework.codes.dates import known
from casework.db import check_version, db, end_of_day, today
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, n_
from casework.reintegration.kinds import BROKEN_REASONS, PROMISE_WORDS
from casework.reintegration.models import Promise, PromiseSealed
from casework.reintegration.service.plans import DATA_CLASS, must_be_open
from casework.vault import fields


def promise(
    case: Case,
    *,
    by: Actor,
    what: str,
    by_whom: str = "",
    owner_user_id: UUID | None = None,
    due_on: date | None = None,
) -> Promise:
    """Record a promise to the person: what, by whom, by when. With a day it is on the list of the office."""
    require(by, Permission.FOLLOWUP_RECORD)
    must_be_open(case)
    if not what.strip():
        raise InvalidInput(n_("Write what was promised."), field="what")
    if owner_user_id is None and not by_whom.strip():
        raise InvalidInput(n_("Say who promised it."), field="by_whom")
    if owner_user_id is not None and owner_user_id not in {m.user_id for m in members(by.organisation_id)}:
        raise InvalidInput(n_("Choose a colleague of your own office."), field="owner_user_id")
    if due_on is not None and due_on < today():
        raise InvalidInput(n_("Enter today or a later day."), field="due_on")
    row = new_record(
        Promise,
        case,
        by=by,
        data_class=DATA_CLASS,
        occurred=known(today()),
        promised_on=today(),
        due_on=due_on,
        owner_user_id=owner_user_id,
        state="open",
    )
    db.session.flush()
    sealed = PromiseSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, what=what, by_whom=by_whom)
    db.session.add(sealed)
    if due_on is not None:
        add_task(
            case,
            by=by,
            kind="promise",
            due_at=end_of_day(due_on),
            assignee_id=owner_user_id,
            station="reintegration",
            data_class=DATA_CLASS,
            record_kind="promise",
            record_id=row.id,
        )
    record(by, "promise.made", case_id=case.id, subject=("promise", row.id))
    db.session.flush()
    return row


def settle_promise(
    row: Promise,
    case: Case,
    *,
    by: Actor,
    state: str,
    why: str | None = None,
    told: str = "",
    expected_version: int | None = None,
) -> Promise:
    """Say that a promise was kept, or not kept: why, and what the person was told. Its task ends."""
    require(by, Permission.FOLLOWUP_RECORD)
    if row.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that wrote this promise can settle it."))
    check_version(row, expected_version, {"state": row.state, "why": row.why}, {n_("State"): PROMISE_WORDS[row.state]})
    if row.state != "open":
        raise InvalidTransition(n_("This promise was settled already. Load the page again."))
    if state not in ("kept", "not_kept"):
        raise InvalidInput(n_("Choose one of the values in the list."), field="state")
    if state == "not_kept":
        if why not in BROKEN_REASONS:
            raise InvalidInput(n_("Choose why it was not kept."), field="why")
        if not told.strip():
            raise InvalidInput(n_("Tell the person, and write what you said."), field="told")
    row.state, row.settled_on = state, today()
    row.why = why if state == "not_kept" else None
    sealed = db.session.get_one(PromiseSealed, row.id)
    fields.seal(sealed, told=told)
    finish_tasks(case, row.id, by=by)
    change(case, "promise", "open", state, by=by, reason=row.why, data_class=DATA_CLASS)
    record(by, "promise.settled", case_id=case.id, subject=("promise", row.id), body={"to": state})
    db.session.flush()
    return row
