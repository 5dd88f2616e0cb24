"""A worker's cases go to colleagues in one act, each with its own line in the record."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.queries import get_case
from casework.cases.service import assign
from casework.db import db
from casework.errors import InvalidInput, n_
from casework.overview.queries.caseload import plan


def hand_over(
    by: Actor, worker: UUID | None, case_ids: Sequence[UUID], *, to: Sequence[UUID], reason: str, shown: str
) -> int:
    """Give cases of a worker (None: of nobody) to colleagues exactly as it was shown; says how many moved.

    Each case gets its own line in the record, its tasks move along, and the new worker is told. What none of the
    chosen may take stays. Raises InvalidInput when something changed since it was shown.
    """
    require(by, Permission.BOARD_SEE, Permission.CASE_ASSIGN)
    if not case_ids:
        raise InvalidInput(n_("Choose at least one case."), field="cases")
    if not to:
        raise InvalidInput(n_("Choose at least one colleague."), field="to")
    now = plan(by, worker, case_ids, to)
    if now.digest != shown:
        raise InvalidInput(n_("This changed since you looked. Look at who gets what, then hand over."))
    if not now.going:
        raise InvalidInput(n_("None of the chosen colleagues may take these cases. Choose somebody else."), field="to")
    # Loaded before the first one moves: a person's cases may leave the reach of who hands them over one by one.
    moves = [(get_case(by, move.case.case_id), move.to) for move in now.going]
    for case, taker in moves:
        if taker is not None:
            assign(case, to_user_id=taker, by=by, reason=reason)
    body = {"cases": len(moves), "stayed": len(now.moves) - len(moves), "reason": reason}
    record(by, "caseload.handed_over", subject=("user", worker) if worker else None, body=body)
    db.session.flush()
    return len(moves)
