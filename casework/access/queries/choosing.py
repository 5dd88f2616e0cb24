"""Which office to ask: who offers a service, where it works, what else it does and how much room it says it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from casework.access.models import Organisation, OrganisationProvince, OrganisationService
from casework.db import db


@dataclass(frozen=True, slots=True)
class Offer:
    """An office that offers a service: what stands beside its name when somebody chooses."""

    office: Organisation
    service_type: str
    provinces: tuple[str, ...]
    others: tuple[str, ...]
    """The other services it offers."""
    capacity: int | None
    """How many it can take at once, as its own office said."""
    free: int | None
    """Places free, as its own office said last; when, stands in `free_said_at`."""
    free_said_at: datetime | None
    near: bool
    """It says that it works in the province asked for."""


def offers(
    services: Iterable[str], *, province: str | None = None, only_there: bool = False, without: Iterable[UUID] = ()
) -> list[Offer]:
    """Working offices that offer one of the services: those of the province first, then by name. Three statements.

    `only_there` leaves out offices that do not name the province; `without` leaves out some offices.
    """
    query = (
        select(OrganisationService, Organisation)
        .join(Organisation, Organisation.id == OrganisationService.organisation_id)
        .where(OrganisationService.service_type.in_(list(services)), Organisation.active)
        .where(Organisation.id.not_in(list(without)))
        .order_by(Organisation.name, OrganisationService.service_type)
    )
    rows = db.session.execute(query).all()
    ids = {office.id for _, office in rows}
    where, what = _lists(OrganisationProvince, "province", ids), _lists(OrganisationService, "service_type", ids)
    found = [_offer(said, office, where, what, province) for said, office in rows]
    wanted = [offer for offer in found if offer.near or not (only_there and province)]
    return sorted(wanted, key=lambda offer: not offer.near)


def _offer(
    said: OrganisationService,
    office: Organisation,
    where: dict[UUID, list[str]],
    what: dict[UUID, list[str]],
    province: str | None,
) -> Offer:
    provinces = tuple(where.get(office.id, ()))
    others = tuple(code for code in what.get(office.id, ()) if code != said.service_type)
    near = province is not None and province in provinces
    return Offer(office, said.service_type, provinces, others, said.capacity, said.free_places, said.free_said_at, near)


def _lists(model: Any, column: str, ids: set[UUID]) -> dict[UUID, list[str]]:
    """Organisation -> sorted codes, of all of them in one statement."""
    codes = func.aggregate_strings(getattr(model, column), ",")
    query: Select[Any] = (
        select(model.organisation_id, codes).where(model.organisation_id.in_(ids)).group_by(model.organisation_id)
    )
    return {org_id: sorted(text.split(",")) for org_id, text in db.session.execute(query)}


def rooms(organisation_id: UUID) -> list[OrganisationService]:
    """The services of one office with the room it says it has."""
    query = select(OrganisationService).where(OrganisationService.organisation_id == organisation_id)
    return list(db.session.scalars(query.order_by(OrganisationService.service_type)))
