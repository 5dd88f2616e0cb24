"""Recording what was lost or is owed, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import new_record
from casework.claims.kinds import LEGAL, LOSS_STATES
from casework.claims.models import Loss, LossSealed
from casework.claims.queries.proceedings import get_proceeding
from casework.claims.service.parties import check_money, check_own, name_party
from casework.codes.dates import UNKNOWN, PartialDate
from casework.codes.service import check, check_optional
from casework.db import check_version, db, today, touch
from casework.errors import InvalidInput, n_
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class LossData:
    """What is known of a loss. Amounts are in the smallest unit; description, evidence and `party` are sealed.

    `party`: the name of the other side; None leaves it as it is, for roles without class perpetrator.
    """

    kind: str
    holder: str | None = None
    since: PartialDate = UNKNOWN
    amount: int | None = None
    claimed: int | None = None
    recovered: int | None = None
    currency: str | None = None
    state: str = "open"
    claimed_on: date | None = None
    proceeding_id: UUID | None = None
    description: str = ""
    evidence: str = ""
    party: str | None = None


def add_loss(case: Case, data: LossData, *, by: Actor, source: str = "said") -> Loss:
    """Record a loss of the person. Raises InvalidInput; NotAllowed for a role without class legal."""
    require(by, Permission.NOTE_WRITE)
    _check(case, data, by)
    row = new_record(
        Loss, case, by=by, data_class=LEGAL, source=source, occurred=data.since, kind=data.kind, state=_state(data)
    )
    _set(row, data)
    db.session.flush()
    sealed = LossSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, description=data.description, evidence=data.evidence)
    db.session.add(sealed)
    record(by, "loss.recorded", case_id=case.id, subject=("loss", row.id), body={"kind": row.kind, "state": row.state})
    db.session.flush()
    name_party(case, data.party, by=by, loss_id=row.id)
    return row


def mend_loss(loss: Loss, case: Case, data: LossData, *, by: Actor, expected_version: int | None) -> Loss:
    """Replace what is known of a loss: claimed, recovered, more evidence. Raises StaleRecord, NotAllowed."""
    check_own(loss.author_org_id, by)
    check_version(loss, expected_version)
    _check(case, data, by)
    before = loss.state
    loss.kind, loss.state = data.kind, _state(data)
    loss.occurred_from, loss.occurred_to = data.since.first, data.since.last
    loss.occurred_precision = str(data.since.precision)
    _set(loss, data)
    touch(loss)
    fields.seal(db.session.get_one(LossSealed, loss.id), description=data.description, evidence=data.evidence)
    changes = {"before": before, "state": loss.state}
    record(by, "loss.changed", case_id=case.id, subject=("loss", loss.id), body=changes)
    db.session.flush()
    name_party(case, data.party, by=by, loss_id=loss.id)
    return loss


def _set(row: Loss, data: LossData) -> None:
    row.holder, row.currency = data.holder, data.currency
    row.amount, row.claimed, row.recovered = data.amount, data.claimed, data.recovered
    row.claimed_on, row.proceeding_id = data.claimed_on, data.proceeding_id


def _state(data: LossData) -> str:
    """The state said; an amount that is claimed or in hand says itself that something was done."""
    if data.state != "open":
        return data.state
    return "partly" if data.recovered else "claimed" if data.claimed is not None or data.claimed_on else "open"


def _check(case: Case, data: LossData, by: Actor) -> None:
    check("loss_kind", data.kind, field="kind")
    check_optional("loss_holder", data.holder, field="holder")
    if data.currency is not None:
        check("assistance_unit", data.currency, field="currency", group="money")
    check_money(data.currency, data.amount, data.claimed, data.recovered)
    if data.state not in LOSS_STATES:
        raise InvalidInput(n_("Choose one of the values in the list."), field="state")
    if data.since.first is not None and data.since.first > today():
        raise InvalidInput(n_("This date lies in the future. Check the year."), field="since")
    if data.claimed_on is not None and data.claimed_on > today():
        raise InvalidInput(n_("This date lies in the future. Check the year."), field="claimed_on")
    if data.proceeding_id is not None:
        get_proceeding(by, case.id, data.proceeding_id)
