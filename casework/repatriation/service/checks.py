"""Writing one check: the row, its sealed words, its audit line."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from casework.access.permissions import Actor
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import new_record
from casework.codes.dates import known
from casework.db import db, today
from casework.errors import InvalidInput, n_
from casework.repatriation.kinds import CHECK_KINDS, CHECK_RESULTS, DATA_CLASS
from casework.repatriation.models import ReturnCheck, ReturnCheckSealed, ReturnPath
from casework.vault import fields


def write_check(
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    kind: str,
    result: str,
    checked_on: date | None = None,
    note: str = "",
    source: str = "paper",
    on_behalf_org_id: UUID | None = None,
    receiver_org_id: UUID | None = None,
    referral_id: UUID | None = None,
) -> ReturnCheck:
    """Append a check; the newest of a kind counts. Raises InvalidInput for unknown codes or a day to come."""
    day = checked_on or today()
    if kind not in CHECK_KINDS:
        raise InvalidInput(n_("Choose what was checked."), field="kind")
    if result not in CHECK_RESULTS:
        raise InvalidInput(n_("Choose the result."), field="result")
    if day > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="checked_on")
    row = new_record(
        ReturnCheck,
        case,
        by=by,
        data_class=DATA_CLASS,
        source=source,
        occurred=known(day),
        on_behalf_org_id=on_behalf_org_id,
        path_id=path.id,
        kind=kind,
        result=result,
        checked_on=day,
        receiver_org_id=receiver_org_id,
        referral_id=referral_id,
    )
    db.session.flush()
    if note.strip():
        sealed = ReturnCheckSealed(id=row.id, root_id=case.person_id)
        fields.seal(sealed, note=note)
        db.session.add(sealed)
    body = {"kind": kind, "result": result}
    record(by, "return.check", case_id=case.id, subject=("return_check", row.id), body=body)
    db.session.flush()
    return row
