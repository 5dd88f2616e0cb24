"""Giving the same to many at once, and taking all of it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.assistance.models import Handout
from casework.assistance.queries import get_handout, group_people, house_people
from casework.assistance.service.lines import CapReached, record_help, reverse
from casework.assistance.workflow import data_class_of
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.queries import visible_cases
from casework.codes.service import check
from casework.db import db, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, n_


@dataclass(frozen=True, slots=True)
class Gift:
    """What each gets, or the whole household together."""

    service_type: str
    quantity: Decimal | int
    unit: str | None = None
    occurred_at: datetime | None = None
    unit_cost: int | None = None
    currency: str | None = None
    receipt: str = "none"
    shares: Sequence[tuple[UUID, int]] = field(default=())


class CapsReached(InvalidInput):
    """Some got it too often. `cases`: who; `blocks`: they must be left out, else tick 'record anyway'."""

    def __init__(self, cases: Sequence[UUID], blocks: bool) -> None:
        self.cases, self.blocks = list(cases), blocks
        words = (
            n_("%(many)s of them got it as often as allowed. Cash is not given more often: untick them.")
            if blocks
            else n_("%(many)s of them got it as often as allowed. Untick them, or tick 'Record anyway' if it is right.")
        )
        super().__init__(words, field="people" if blocks else "anyway", many=len(self.cases))


def hand_out(
    gift: Gift,
    *,
    by: Actor,
    case_ids: Sequence[UUID],
    group_id: UUID | None = None,
    house_id: UUID | None = None,
    household: bool = False,
    anyway: bool = False,
) -> Handout:
    """One line for each of these people of a group or house; as a household one line of the first with their number.

    All lines are written, or none. Raises CapsReached, naming who got it too often.
    """
    require(by, Permission.ASSISTANCE_RECORD)
    reached = group_people(by, group_id) if group_id else house_people(by, house_id) if house_id else []
    known = {one.case.id: one.case for one in reached}
    chosen = [known[one] for one in dict.fromkeys(case_ids) if one in known]
    if not chosen or len(chosen) != len(set(case_ids)):
        raise InvalidInput(n_("Choose who got it, at least one of the people on this page."), field="people")
    service = check("service_type", gift.service_type, field="service_type")
    if data_class_of(service) != "assistance":
        raise InvalidInput(n_("This help is recorded for each person apart."), field="service_type")
    handout = Handout(
        id=uuid7(), org_id=by.organisation_id, user_id=by.user_id, recorded_at=utcnow(), group_id=group_id,
        house_id=house_id,
    )  # fmt: skip
    db.session.add(handout)
    db.session.flush()
    _lines(handout, gift, chosen, by=by, household=household, anyway=anyway)
    record(by, "handout.recorded", subject=("handout", handout.id), cases=[case.id for case in chosen])
    db.session.flush()
    return handout


def _lines(handout: Handout, gift: Gift, chosen: Sequence[Case], *, by: Actor, household: bool, anyway: bool) -> None:
    warned: list[tuple[UUID, bool]] = []
    for case in chosen[:1] if household else chosen:
        try:
            record_help(
                case,
                by=by,
                service_type=gift.service_type,
                quantity=gift.quantity,
                unit=gift.unit,
                occurred_at=gift.occurred_at,
                unit_cost=gift.unit_cost,
                currency=gift.currency,
                receipt=gift.receipt,
                shares=gift.shares,
                anyway=anyway,
                handout_id=handout.id,
                persons=len(chosen) if household else 1,
            )
        except CapReached as breach:
            warned.append((case.id, breach.blocks))
    if warned:
        raise CapsReached([case_id for case_id, _ in warned], any(blocks for _, blocks in warned))


def take_back(handout_id: UUID, *, by: Actor, reason: str, note: str = "") -> int:
    """Reverse every line of a hand-out that still stands; returns how many. The lines stay on the ledgers."""
    require(by, Permission.ASSISTANCE_REVERSE)
    handout, lines = get_handout(by, handout_id)
    if handout.org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that recorded this can reverse it."))
    standing = [row.line for row in lines if not row.reversed]
    if not standing:
        raise InvalidTransition(n_("All of it was taken back already."))
    cases = visible_cases(by).where(Case.id.in_([line.case_id for line in standing]))
    by_id = {case.id: case for case in db.session.scalars(cases)}
    for line in standing:
        reverse(line, by_id[line.case_id], by=by, reason=reason, note=note)
    record(by, "handout.reversed", subject=("handout", handout_id), cases=list(by_id))
    db.session.flush()
    return len(standing)
