"""Giving help and reversing a line of it. Lines are never edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, can, require
from casework.access.queries import organisation
from casework.assistance.models import RECEIPTS, REVERSAL_REASONS, LineAllocation, ServiceLine, ServiceLineSealed
from casework.assistance.queries import Breach, breaches, usable_funds
from casework.assistance.workflow import cost_of, data_class_of, is_money, quick_services, smallest, split, usual_unit
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import new_record
from casework.codes.dates import known
from casework.codes.queries import Code
from casework.codes.service import check, check_place
from casework.db import PHNOM_PENH, db, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, n_
from casework.vault import fields

EARLY = timedelta(minutes=10)
"""How far a clock may go wrong before a moment counts as the future."""


class CapReached(InvalidInput):
    """A cap of this service is reached. `blocks`: only who approves can record it, with a reason; else tick 'record
    anyway'. `asks_reason`: the actor is one who approves."""

    def __init__(self, breach: Breach, *, asks_reason: bool = False) -> None:
        self.breach, self.blocks = breach, breach.blocks
        field = ("cap_reason" if asks_reason else "service_type") if breach.blocks else "anyway"
        super().__init__(_words(breach, asks_reason), field=field, limit=breach.limit)


def _words(breach: Breach, asks_reason: bool) -> str:
    if asks_reason:
        return n_("This cash comes sooner or more often than allowed. Write why it is given all the same.")
    if breach.blocks:
        if breach.kind == "day":
            return n_(
                "Given as often as allowed that day already (%(limit)s). A supervisor can record more, with a reason."
            )
        return n_(
            "Less than %(limit)s h lie between this and another one. A supervisor can record more, with a reason."
        )
    if breach.kind == "day":
        return n_("Given as often as allowed that day already (%(limit)s). Tick 'Record anyway' if it is right.")
    return n_("Less than %(limit)s h lie between this and another one. Tick 'Record anyway' if it is right.")


@dataclass(frozen=True, slots=True)
class Price:
    """What a line costs; all None when nobody said."""

    unit_cost: int | None = None
    cost: int | None = None
    currency: str | None = None


def record_help(
    case: Case,
    *,
    by: Actor,
    service_type: str,
    quantity: Decimal | int,
    unit: str | None = None,
    occurred_at: datetime | None = None,
    unit_cost: int | None = None,
    currency: str | None = None,
    provider_org_id: UUID | None = None,
    province: str | None = None,
    given_by: UUID | None = None,
    receipt: str = "none",
    paper: str = "",
    note: str = "",
    source: str = "seen",
    on_behalf_org_id: UUID | None = None,
    shares: Sequence[tuple[UUID, int]] = (),
    anyway: bool = False,
    cap_reason: str = "",
    handout_id: UUID | None = None,
    persons: int = 1,
) -> ServiceLine:
    """Write a line of help. No status and no consent is asked.

    `quantity` in whole units (1.5 kg), without a unit the usual one; `unit_cost` in the smallest unit of the currency
    per whole unit; `shares` as (fund, basis points) making 10,000.
    Raises CapReached when the person got it too often: unless `anyway`, for cash unless who approves gives a reason.
    """
    require(by, Permission.ASSISTANCE_RECORD)
    service = check("service_type", service_type, field="service_type")
    measure, at = check("assistance_unit", unit or usual_unit(service), field="unit"), _moment(occurred_at)
    _check_around(receipt, province, provider_org_id)
    parts = smallest(quantity, measure)
    price = _price(parts, measure, unit_cost, currency)
    over = _within_caps(case, by, service.code, at, anyway, cap_reason)
    around = {
        "provider_org_id": provider_org_id, "province": province, "given_by": given_by or by.user_id,
        "receipt": receipt, "over_cap": over, "source": source, "on_behalf_org_id": on_behalf_org_id,
        "handout_id": handout_id, "persons": persons,
    }  # fmt: skip
    line = _write(case, by, at, service, measure.code, parts, price, around)
    _allocate(line, by, shares)
    _words_of(case, line, note=note, paper=paper, cap_reason=cap_reason if over else "")
    body = {"over_cap": over, "class": line.data_class}
    record(by, "help.recorded", case_id=case.id, subject=("service_line", line.id), body=body)
    db.session.flush()
    return line


def _check_around(receipt: str, province: str | None, provider_org_id: UUID | None) -> None:
    if receipt not in RECEIPTS:
        raise InvalidInput(n_("Choose one of the values in the list."), field="receipt")
    check_place(province, None, field="province")
    if provider_org_id is not None:
        organisation(provider_org_id)


def _write(
    case: Case, by: Actor, at: datetime, service: Code, unit: str, parts: int, price: Price, around: dict[str, Any]
) -> ServiceLine:
    line = new_record(
        ServiceLine,
        case,
        by=by,
        data_class=data_class_of(service),
        occurred=known(at.astimezone(PHNOM_PENH).date()),
        occurred_at=at,
        service_type=service.code,
        quantity=parts,
        unit=unit,
        unit_cost=price.unit_cost,
        cost=price.cost,
        currency=price.currency,
        **around,
    )
    db.session.flush()
    return line


def _moment(occurred_at: datetime | None) -> datetime:
    at = occurred_at or utcnow()
    if at > utcnow() + EARLY:
        raise InvalidInput(n_("Enter a moment that is not in the future."), field="occurred_at")
    return at


def _price(parts: int, measure: Code, unit_cost: int | None, currency: str | None) -> Price:
    if is_money(measure):
        return Price(10 ** int(measure.extra.get("decimals") or 0), parts, measure.code)
    if unit_cost is None:
        return Price()
    if unit_cost < 0:
        raise InvalidInput(n_("Enter what one unit costs, or leave it empty."), field="unit_cost")
    money = check("assistance_unit", currency or "", field="currency", group="money")
    return Price(unit_cost, cost_of(parts, measure, unit_cost), money.code)


def _within_caps(case: Case, by: Actor, service_type: str, at: datetime, anyway: bool, reason: str) -> bool:
    """False: nothing in the way. True: over a cap and recorded anyway. Raises CapReached otherwise."""
    # Two lines at once must not both find the cap free.
    db.session.execute(select(Case.id).where(Case.id == case.id).with_for_update())
    found = sorted(breaches(by, case, service_type, at), key=lambda breach: not breach.blocks)
    approves = can(by, Permission.CASE_APPROVE)
    if found and (not (approves and reason.strip()) if found[0].blocks else not anyway):
        raise CapReached(found[0], asks_reason=found[0].blocks and approves)
    return bool(found)


def _allocate(line: ServiceLine, by: Actor, shares: Sequence[tuple[UUID, int]]) -> None:
    if not shares:
        return
    if line.cost is None or line.currency is None:
        raise InvalidInput(n_("Enter what it cost before you say who pays."), field="unit_cost")
    day = line.occurred_at.astimezone(PHNOM_PENH).date()
    usable = {fund.id for fund in usable_funds(by.organisation_id, day, line.currency)}
    if any(fund_id not in usable for fund_id, _ in shares):
        raise InvalidInput(n_("Choose a fund of your office that runs on this day, in this currency."), field="fund")
    if len({fund_id for fund_id, _ in shares}) < len(shares):
        raise InvalidInput(n_("Choose each fund once."), field="fund")
    amounts = split(line.cost, [share for _, share in shares])
    for (fund_id, share), amount in zip(shares, amounts, strict=True):
        db.session.add(LineAllocation(line_id=line.id, fund_id=fund_id, share=share, amount=amount))


def _words_of(case: Case, line: ServiceLine, **words: str) -> None:
    if any(text.strip() for text in words.values()):
        sealed = ServiceLineSealed(id=line.id, root_id=case.person_id)
        fields.seal(sealed, **words)
        db.session.add(sealed)


def repeat_help(case: Case, line: ServiceLine, *, by: Actor) -> ServiceLine:
    """Give the same again, now, by this actor: service, quantity, unit, price, provider and funds of an own line."""
    if line.author_org_id != by.organisation_id:
        raise NotAllowed(n_("This line belongs to another office; record your own."))
    measure = check("assistance_unit", line.unit, field="unit")
    shares = db.session.execute(
        select(LineAllocation.fund_id, LineAllocation.share).where(LineAllocation.line_id == line.id)
    )
    return record_help(
        case,
        by=by,
        service_type=line.service_type,
        quantity=Decimal(abs(line.quantity)).scaleb(-int(measure.extra.get("decimals") or 0)),
        unit=line.unit,
        unit_cost=None if is_money(measure) else line.unit_cost,
        currency=line.currency,
        provider_org_id=line.provider_org_id,
        province=line.province,
        shares=[(fund_id, share) for fund_id, share in shares],
    )


def give_usual(case: Case, *, by: Actor, service_type: str) -> ServiceLine:
    """One usual unit of a usual service, now. Raises NotVisible for a service that is not among the usual ones."""
    if service_type not in quick_services():
        raise NotVisible
    return record_help(case, by=by, service_type=service_type, quantity=1)


def reverse(line: ServiceLine, case: Case, *, by: Actor, reason: str, note: str = "") -> ServiceLine:
    """Correct a wrong line of the own office by a line with the sign turned; both stay on the ledger.

    It stands at the moment of the line it corrects, so that sums of any period are right.
    """
    require(by, Permission.ASSISTANCE_REVERSE)
    if line.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that recorded this can reverse it."))
    if reason not in REVERSAL_REASONS:
        raise InvalidInput(n_("Say why this is reversed."), field="reason")
    if line.reverses_id is not None:
        raise InvalidTransition(n_("This line is a reversal itself. Record the help again."))
    if db.session.scalar(select(ServiceLine.id).where(ServiceLine.reverses_id == line.id)) is not None:
        raise InvalidTransition(n_("This line was reversed already."))
    turned = _turned(line, case, by, reason)
    db.session.flush()
    for part in db.session.scalars(select(LineAllocation).where(LineAllocation.line_id == line.id)):
        db.session.add(LineAllocation(line_id=turned.id, fund_id=part.fund_id, share=part.share, amount=-part.amount))
    _words_of(case, turned, note=note)
    record(
        by,
        "help.reversed",
        case_id=case.id,
        subject=("service_line", line.id),
        body={"reversal": str(turned.id), "class": line.data_class},
    )
    db.session.flush()
    return turned


def _turned(line: ServiceLine, case: Case, by: Actor, reason: str) -> ServiceLine:
    return new_record(
        ServiceLine,
        case,
        by=by,
        data_class=line.data_class,
        source=line.source,
        occurred=known(line.occurred_at.astimezone(PHNOM_PENH).date()),
        occurred_at=line.occurred_at,
        service_type=line.service_type,
        quantity=-line.quantity,
        unit=line.unit,
        unit_cost=line.unit_cost,
        cost=None if line.cost is None else -line.cost,
        currency=line.currency,
        provider_org_id=line.provider_org_id,
        province=line.province,
        given_by=line.given_by,
        persons=line.persons,
        handout_id=line.handout_id,
        receipt="none",
        over_cap=False,
        reverses_id=line.id,
        reversal_reason=reason,
    )
