"""Feedback to the sending country: sent by the office in charge to a named office, by agreement, in general terms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import new_record
from casework.codes.dates import known
from casework.db import db, today
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, n_
from casework.repatriation.kinds import DATA_CLASS, FEEDBACK_OCCASIONS, FEEDBACK_TELLS
from casework.repatriation.models import ReturnFeedback, ReturnFeedbackSealed, ReturnPath
from casework.repatriation.queries.feedback import agreed_entries
from casework.vault import fields


def send_feedback(
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    occasion: str,
    entry_id: UUID,
    told: Mapping[str, bool],
    given_on: date | None = None,
) -> ReturnFeedback:
    """Write the letter that goes to the office the person agreed to. What the agreement does not list is left out.

    Raises InvalidInput where nothing that may be told was answered: an empty letter tells only that there is a case.
    """
    _require(path, case, occasion, given_on, by=by)
    entry = next((row for row in agreed_entries(by, case) if row.id == entry_id), None)
    if entry is None:
        raise InvalidInput(n_("Choose an agreement that is in force."), field="to")
    allowed = {name: told[name] for name, needed in FEEDBACK_TELLS.items() if needed in entry.classes and name in told}
    if not allowed:
        raise InvalidInput(n_("Answer at least one thing that the person agreed to tell."), field="to")
    row = _write(path, case, "sent", occasion, given_on, by=by, entry_id=entry.id)
    sealed = ReturnFeedbackSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, to_name=entry.recipient_name, told=allowed)
    db.session.add(sealed)
    db.session.flush()
    return row


def refuse_feedback(
    path: ReturnPath, case: Case, *, by: Actor, occasion: str, given_on: date | None = None
) -> ReturnFeedback:
    """The person does not want any feedback sent. That counts as done."""
    _require(path, case, occasion, given_on, by=by)
    return _write(path, case, "refused", occasion, given_on, by=by)


def _require(path: ReturnPath, case: Case, occasion: str, given_on: date | None, *, by: Actor) -> None:
    require(by, Permission.RETURN_MANAGE)
    if path.case_id != case.id:
        raise NotVisible
    if case.owner_org_id != by.organisation_id:
        raise NotAllowed(n_("Feedback is sent by the office in charge of the case."))
    if path.state == "stopped" or path.direction != "INBOUND":
        raise InvalidTransition(n_("Feedback goes to the country that sent a person home to Cambodia."))
    if occasion not in FEEDBACK_OCCASIONS:
        raise InvalidInput(n_("Choose why it is sent now."), field="occasion")
    if given_on is not None and given_on > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="given_on")


def _write(
    path: ReturnPath,
    case: Case,
    state: str,
    occasion: str,
    given_on: date | None,
    *,
    by: Actor,
    entry_id: UUID | None = None,
) -> ReturnFeedback:
    day = given_on or today()
    row = new_record(
        ReturnFeedback,
        case,
        by=by,
        data_class=DATA_CLASS,
        source="paper" if entry_id else "said",
        occurred=known(day),
        path_id=path.id,
        entry_id=entry_id,
        state=state,
        occasion=occasion,
        given_on=day,
    )
    body = {"state": state, "occasion": occasion}
    record(by, "return.feedback", case_id=case.id, subject=("return_feedback", row.id), body=body)
    db.session.flush()
    return row
