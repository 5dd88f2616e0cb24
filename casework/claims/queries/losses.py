"""Losses of a case with their words, the other side as far as it is open, and totals by currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.queries import get_record, visible_records
from casework.claims.kinds import OWES
from casework.claims.models import ClaimParty, ClaimPartySealed, Loss, LossSealed
from casework.codes.queries import find
from casework.db import db
from casework.errors import NotVisible
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class LossView:
    """A loss with its opened words. `party` is empty where class perpetrator is not open."""

    loss: Loss
    side: str
    description: str = field(default="", repr=False)
    evidence: str = field(default="", repr=False)
    party: str = field(default="", repr=False)


@dataclass(slots=True)
class Total:
    """What losses of one currency add up to, in its smallest unit."""

    currency: str
    owes: int = 0
    lost: int = 0
    claimed: int = 0
    recovered: int = 0


def side_of(kind: str) -> str:
    """Whether it is owed to the person, was paid, is kept back, or the person is said to owe it."""
    found = find("loss_kind", kind)
    return found.group if found else ""


def losses_of(by: Actor, case_id: UUID) -> list[LossView]:
    """The losses of a case that the actor may see, in the order recorded. Three statements, whatever their number."""
    query = visible_records(by, Loss).where(Loss.case_id == case_id)
    rows = db.session.scalars(query.order_by(Loss.recorded_at, Loss.id)).all()
    sealed = db.session.scalars(select(LossSealed).where(LossSealed.id.in_([row.id for row in rows]))).all()
    words = {name: fields.unseal_many(sealed, name) for name in LossSealed.__sealed__}
    parties = parties_of(by, case_id)
    return [
        LossView(
            row,
            side_of(row.kind),
            words["description"].get(row.id) or "",
            words["evidence"].get(row.id) or "",
            parties.get(row.id, ""),
        )
        for row in rows
    ]


def parties_of(by: Actor, case_id: UUID) -> dict[UUID, str]:
    """Loss or proceeding id -> name of the other side, as far as class perpetrator is open to the actor."""
    rows = db.session.scalars(visible_records(by, ClaimParty).where(ClaimParty.case_id == case_id)).all()
    sealed = db.session.scalars(select(ClaimPartySealed).where(ClaimPartySealed.id.in_([row.id for row in rows]))).all()
    names = fields.unseal_many(sealed, "name")
    return {row.loss_id or row.proceeding_id or row.id: names.get(row.id) or "" for row in rows}


def party_of(by: Actor, subject_id: UUID, case_id: UUID) -> str:
    """The other side of one loss or proceeding, empty where it may not be told."""
    return parties_of(by, case_id).get(subject_id, "")


def get_loss(by: Actor, case_id: UUID, loss_id: UUID) -> Loss:
    """The loss of this case, or NotVisible."""
    found = get_record(by, Loss, loss_id)
    if found.case_id != case_id:
        raise NotVisible
    return found


def loss_words(loss: Loss) -> dict[str, str]:
    """The opened words of a visible loss."""
    row = db.session.get_one(LossSealed, loss.id)
    return {name: fields.unseal(row, name) or "" for name in LossSealed.__sealed__}


def totals(views: Iterable[LossView]) -> list[Total]:
    """What these losses add up to, for each currency apart: nothing is converted."""
    found: dict[str, Total] = {}
    for view in views:
        loss = view.loss
        if loss.currency is None:
            continue
        total = found.setdefault(loss.currency, Total(loss.currency))
        if view.side == OWES:
            total.owes += loss.amount or 0
        else:
            total.lost += loss.amount or 0
        total.claimed += loss.claimed or 0
        total.recovered += loss.recovered or 0
    return [found[currency] for currency in sorted(found)]
