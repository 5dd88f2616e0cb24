"""The ledger of a case as one actor may see it, and what is quickly repeated."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from casework.access.permissions import Actor
from casework.access.queries import names_of, organisation_names
from casework.assistance.models import ServiceLine, ServiceLineSealed
from casework.assistance.workflow import data_class_of, quick_services, shown, tells_place, usual_unit
from casework.cases.models import Case
from casework.cases.queries import classes_of, get_record, visible_records
from casework.codes import queries as codes
from casework.db import db
from casework.errors import NotVisible
from casework.vault import fields

PAGE = 50
RECENT = 3
"""Lines offered as one-tap repeats."""
SEARCHED = 40
REVERSAL = aliased(ServiceLine, name="reversal")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A line as the page shows it."""

    line: ServiceLine
    quantity: str
    note: str | None
    paper: str | None
    """Where the signed receipt lies."""
    cap_reason: str | None
    given_by: str
    office: str
    provider: str | None
    """None also when the provider would tell where the person sleeps and the actor may not know that."""
    reversed: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """Something given lately that one tap records again."""

    line_id: UUID | None
    """The line that is given again; None for something not given yet."""
    service_type: str
    quantity: str
    unit: str


def is_reversed() -> ColumnElement[bool]:
    """Condition: a reversal of this line stands."""
    return exists(select(1).where(REVERSAL.reverses_id == ServiceLine.id))


def get_line(by: Actor, case_id: UUID, line_id: UUID) -> ServiceLine:
    """A line of this case, or NotVisible."""
    line = get_record(by, ServiceLine, line_id)
    if line.case_id != case_id:
        raise NotVisible
    return line


def ledger(by: Actor, case: Case, *, before: ServiceLine | None = None, limit: int = PAGE) -> list[LedgerRow]:
    """Lines of a case whose class the actor may see, newest first; one more than `limit` when there are more."""
    statement = visible_records(by, ServiceLine).where(ServiceLine.case_id == case.id)
    if before is not None:
        older = (ServiceLine.occurred_at == before.occurred_at) & (ServiceLine.id < before.id)
        statement = statement.where(or_(ServiceLine.occurred_at < before.occurred_at, older))
    newest = statement.order_by(ServiceLine.occurred_at.desc(), ServiceLine.id.desc()).limit(limit + 1)
    return _rows(by, case, list(db.session.scalars(newest)))


def _rows(by: Actor, case: Case, lines: list[ServiceLine]) -> list[LedgerRow]:
    ids = [line.id for line in lines]
    sealed = list(db.session.scalars(select(ServiceLineSealed).where(ServiceLineSealed.id.in_(ids))))
    notes, papers, reasons = (fields.unseal_many(sealed, name) for name in ("note", "paper", "cap_reason"))
    turned = set(db.session.scalars(select(ServiceLine.reverses_id).where(ServiceLine.reverses_id.in_(ids))))
    people = names_of({line.given_by for line in lines})
    offices = organisation_names(
        {line.author_org_id for line in lines} | {line.provider_org_id for line in lines if line.provider_org_id}
    )
    knows_place = "location_current" in classes_of(by, case.id)
    return [
        LedgerRow(
            line,
            shown(line.quantity, codes.find("assistance_unit", line.unit)),
            notes.get(line.id),
            papers.get(line.id),
            reasons.get(line.id),
            people.get(line.given_by, ""),
            offices.get(line.author_org_id, ""),
            _provider(line, offices, knows_place),
            line.id in turned,
        )
        for line in lines
    ]


def _provider(line: ServiceLine, offices: dict[UUID, str], knows_place: bool) -> str | None:
    service = codes.find("service_type", line.service_type)
    if line.provider_org_id is None or (service and tells_place(service) and not knows_place):
        return None
    return offices.get(line.provider_org_id)


def repeats(by: Actor, case: Case) -> list[Repeat]:
    """The last three different things the own office gave in this case."""
    own = visible_records(by, ServiceLine).where(
        ServiceLine.author_org_id == by.organisation_id, ServiceLine.reverses_id.is_(None), ~is_reversed()
    )
    newest = (ServiceLine.occurred_at.desc(), ServiceLine.id.desc())
    here = own.where(ServiceLine.case_id == case.id).order_by(*newest).limit(SEARCHED)
    found = _different(list(db.session.scalars(here)))
    return [
        Repeat(line.id, line.service_type, shown(line.quantity, codes.find("assistance_unit", line.unit)), line.unit)
        for line in found
    ]


def usual_gifts(repeated: list[Repeat]) -> list[Repeat]:
    """The usual things, one of each, that `repeats` does not offer already. They have no line yet."""
    known = {one.service_type for one in repeated}
    services = [codes.find("service_type", name) for name in quick_services() if name not in known]
    usable = [service for service in services if service is not None and service.active]
    return [Repeat(None, service.code, "1", usual_unit(service)) for service in usable]


def _different(lines: list[ServiceLine]) -> list[ServiceLine]:
    kept: dict[tuple[str, int, str], ServiceLine] = {}
    for line in lines:
        kept.setdefault((line.service_type, line.quantity, line.unit), line)
    return list(kept.values())[:RECENT]


def count_lines(by: Actor, case: Case) -> int:
    """How many lines of a case the actor may see: tells one look at the ledger from the next."""
    rows = visible_records(by, ServiceLine).where(ServiceLine.case_id == case.id)
    return db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def offered_services(by: Actor, case_id: UUID, language: str | None = None) -> list[codes.Choice]:
    """Services whose lines this actor may write on the case: a clinical one only with the class of health."""
    classes = classes_of(by, case_id)
    return [
        service
        for service in codes.choices("service_type", language=language)
        if data_class_of(service) in classes.all | classes.own
    ]
