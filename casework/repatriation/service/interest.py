"""The best-interest decision for a child: written by one who sat there, confirmed by a second person of the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.access.permissions import Actor
from casework.audit.recorder import record
from casework.cases.models import Approval, Case
from casework.cases.service import ask_approval, decide_approval, new_record
from casework.codes.dates import known
from casework.db import db, today
from casework.errors import InvalidInput, InvalidTransition, NotVisible, n_
from casework.repatriation.kinds import CHECK_RESULTS, DATA_CLASS
from casework.repatriation.models import BestInterest, BestInterestSealed, ReturnPath
from casework.repatriation.queries import is_child
from casework.repatriation.service.checks import write_check
from casework.repatriation.service.moving import require_open
from casework.vault import fields

INTEREST = "best_interest"
"""Kind of the approval, and of the check that it comes to."""


@dataclass(frozen=True, slots=True)
class InterestData:
    """What was decided for a child, by whom, and on which grounds."""

    result: str
    sat: str
    views: str
    reasons: str
    choices_looked_at: str = ""
    decided_on: date | None = None


def decide_interest(path: ReturnPath, case: Case, data: InterestData, *, by: Actor) -> BestInterest:
    """Write a best-interest decision and ask a second person to confirm it. Nothing opens before that."""
    require_open(path, case, by=by)
    if not is_child(case):
        raise InvalidTransition(n_("The person is grown up, and decides for themselves."))
    day = data.decided_on or today()
    _check(data, day)
    row = new_record(
        BestInterest,
        case,
        by=by,
        data_class=DATA_CLASS,
        source="paper",
        occurred=known(day),
        path_id=path.id,
        result=data.result,
        decided_on=day,
    )
    db.session.flush()
    sealed = BestInterestSealed(id=row.id, root_id=case.person_id)
    words = {name: getattr(data, name) for name in ("sat", "views", "reasons", "choices_looked_at")}
    fields.seal(sealed, **words)
    db.session.add(sealed)
    record(by, "best_interest.decided", case_id=case.id, subject=(INTEREST, row.id), body={"result": data.result})
    db.session.flush()
    ask_approval(case, by=by, kind=INTEREST, record_id=row.id, data_class=DATA_CLASS)
    return row


def _check(data: InterestData, day: date) -> None:
    if data.result not in CHECK_RESULTS:
        raise InvalidInput(n_("Say whether return is in the child's best interest."), field="result")
    if day > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="decided_on")
    missing = {
        "sat": n_("Write who sat together."),
        "views": n_("Write what the child says, or how the child was heard."),
        "reasons": n_("Write the reasons."),
    }
    for name, sentence in missing.items():
        if not getattr(data, name).strip():
            raise InvalidInput(sentence, field=name)


def confirm_interest(
    approval: Approval,
    row: BestInterest,
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    decision: str,
    reason: str,
    expected_version: int | None = None,
) -> None:
    """A second person confirms a best-interest decision, which then counts, or sends it back with a reason."""
    if approval.record_id != row.id or approval.kind != INTEREST or row.path_id != path.id:
        raise NotVisible
    require_open(path, case, by=by)
    decide_approval(approval, case, by=by, decision=decision, reason=reason, expected_version=expected_version)
    if decision == "approved":
        write_check(path, case, by=by, kind=INTEREST, result=row.result, checked_on=row.decided_on)
