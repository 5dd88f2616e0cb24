"""The other side of a loss or a proceeding: kept apart, under the class of alleged offenders."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.cases.models import Case
from casework.cases.service import may_write, new_record
from casework.claims.kinds import PERPETRATOR
from casework.claims.models import ClaimParty, ClaimPartySealed
from casework.db import db
from casework.errors import InvalidInput, NotAllowed, n_
from casework.vault import fields
from casework.vault.text import clean_line


def name_party(
    case: Case, name: str | None, *, by: Actor, loss_id: UUID | None = None, proceeding_id: UUID | None = None
) -> None:
    """Set the name of the other side; None leaves it as it is. Needs class perpetrator, else NotAllowed."""
    if name is None:
        return
    wanted = (ClaimParty.loss_id == loss_id) if loss_id else (ClaimParty.proceeding_id == proceeding_id)
    row = db.session.scalars(select(ClaimParty).where(wanted)).one_or_none()
    if row is None and not name:
        return
    if not may_write(case, PERPETRATOR, by=by):
        raise NotAllowed(n_("Your role can't write this kind of record on this case."))
    if row is None:
        row = new_record(
            ClaimParty,
            case,
            by=by,
            data_class=PERPETRATOR,
            timeline=False,
            loss_id=loss_id,
            proceeding_id=proceeding_id,
        )
        db.session.flush()
        sealed = ClaimPartySealed(id=row.id, root_id=case.person_id)
        db.session.add(sealed)
    else:
        sealed = db.session.get_one(ClaimPartySealed, row.id)
    fields.seal(sealed, name=clean_line(name, field="party"))
    db.session.flush()


def check_own(author_org_id: UUID, by: Actor) -> None:
    """Only the office that recorded something mends it; another office records what it knows itself."""
    require(by, Permission.NOTE_WRITE)
    if author_org_id != by.organisation_id:
        raise NotAllowed(n_("Another office recorded this. Record what you know as a record of your own."))


def check_money(currency: str | None, *amounts: int | None) -> None:
    """That every amount has a currency. Raises InvalidInput."""
    if currency is None and any(amount is not None for amount in amounts):
        raise InvalidInput(n_("Choose the currency of the amount."), field="currency")
