"""Organisations: added, corrected, with the provinces and services they cover and their teams."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import delete, select

from casework.access.models import Organisation, OrganisationProvince, OrganisationService, Team
from casework.access.permissions import Actor, Permission, can, require
from casework.access.queries import choosing, lists, offices
from casework.access.service.history import remember
from casework.audit import recorder
from casework.audit.recorder import Doer
from casework.db import check_version, db, touch, utcnow
from casework.errors import Conflict, InvalidInput, NotVisible, n_

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")


def create(
    *,
    code: str,
    name: str,
    type: str,
    by: Doer,
    name_km: str | None = None,
    country: str = "KHM",
    parent_id: UUID | None = None,
    has_users: bool = True,
    is_demo: bool = False,
) -> Organisation:
    """Add an organisation. Raises Conflict when the code is taken, InvalidInput for a code or name of wrong form."""
    if not CODE.fullmatch(code):
        message = n_("Use 2 to 20 capital letters, digits and hyphens, such as DOSVY-BTB.")
        raise InvalidInput(message, field="code")
    if db.session.execute(select(Organisation.id).where(Organisation.code == code)).first():
        raise Conflict(n_("Another office has this code."), field="code")
    if parent_id is not None:
        offices.organisation(parent_id)
    row = Organisation(
        code=code,
        name=_name(name),
        name_km=(name_km or "").strip() or None,
        type=lists.check("organisation_type", type, field="type"),
        country=lists.check("country", country, field="country"),
        parent_id=parent_id,
        has_users=has_users,
        is_demo=is_demo,
        created_at=utcnow(),
    )
    db.session.add(row)
    db.session.flush()
    recorder.record(by, "organisation.created", subject=("organisation", row.id), body={"code": code, "type": type})
    db.session.flush()
    return row


def change(
    row: Organisation,
    *,
    name: str,
    type: str,
    by: Actor,
    name_km: str | None = None,
    country: str = "KHM",
    parent_id: UUID | None = None,
    has_users: bool = True,
    active: bool = True,
) -> None:
    """Correct an organisation. The code stays: it stands in imports and reports."""
    require(by, Permission.SYSTEM_MANAGE)
    if parent_id is not None and _is_below(parent_id, row.id):
        raise InvalidInput(n_("An office can't stand under itself."), field="parent_id")
    if row.id == by.organisation_id and not (active and has_users):
        raise InvalidInput(n_("You can't close the office you act for."), field="active")
    before = _said(row)
    row.name, row.name_km = _name(name), (name_km or "").strip() or None
    row.type = lists.check("organisation_type", type, field="type")
    row.country = lists.check("country", country, field="country")
    row.parent_id, row.has_users, row.active = parent_id, has_users, active
    fields = recorder.diff(row)
    if fields:
        recorder.record(by, "organisation.changed", subject=("organisation", row.id), body={"fields": fields})
    db.session.flush()
    remember("organisation", row.id, by=by, before=before, after=_said(row))


def set_coverage(row: Organisation, *, provinces: Iterable[str], services: Mapping[str, int | None], by: Doer) -> None:
    """Set the provinces served and the services offered, with capacity (None: not said)."""
    if isinstance(by, Actor):
        _may_manage(row.id, by)
    wanted = sorted({lists.check("province", province, field="provinces") for province in provinces})
    offered = offices.services_of(row.id)
    for service_type, capacity in services.items():
        if service_type not in offered:
            lists.check("service_type", service_type, field="service_type")
        if capacity is not None and not 0 <= capacity <= 100_000:
            raise InvalidInput(n_("Enter how many people at once, such as 12."), field="capacity")
    before = _coverage(row.id)
    said = {room.service_type: (room.free_places, room.free_said_at) for room in choosing.rooms(row.id)}
    db.session.execute(delete(OrganisationProvince).where(OrganisationProvince.organisation_id == row.id))
    db.session.execute(delete(OrganisationService).where(OrganisationService.organisation_id == row.id))
    db.session.add_all([OrganisationProvince(organisation_id=row.id, province=one) for one in wanted])
    for one, capacity in services.items():
        free, said_at = said.get(one, (None, None))
        db.session.add(
            OrganisationService(
                organisation_id=row.id, service_type=one, capacity=capacity, free_places=free, free_said_at=said_at
            )
        )
    body = {"provinces": wanted, "services": sorted(services)}
    recorder.record(by, "organisation.coverage", subject=("organisation", row.id), body=body)
    touch(row)
    db.session.flush()
    remember("organisation", row.id, by=by, before=before, after=_coverage(row.id))


def set_provinces(
    row: Organisation, provinces: Iterable[str], *, by: Doer, expected_version: int | None = None
) -> None:
    """Set the provinces served; the services stay. Raises StaleRecord where the office changed since it was seen."""
    check_version(row, expected_version, {"provinces": offices.provinces_of(row.id)})
    set_coverage(row, provinces=provinces, services=offices.services_of(row.id), by=by)


def offer_service(
    row: Organisation, service_type: str, *, capacity: int | None, by: Doer, expected_version: int | None = None
) -> None:
    """Offer a service, or correct how many people it takes at once (None: not said). Raises StaleRecord like
    `set_provinces`; two people who offer two services both stand."""
    offered = offices.services_of(row.id)
    if service_type in offered:
        check_version(row, expected_version, {"service_type": service_type, "capacity": offered[service_type]})
    services = {**offered, service_type: capacity}
    set_coverage(row, provinces=offices.provinces_of(row.id), services=services, by=by)


def end_service(row: Organisation, service_type: str, *, by: Doer) -> None:
    """Offer a service no longer. Referrals that were sent stay. Raises NotVisible where it is not offered."""
    services = offices.services_of(row.id)
    if service_type not in services:
        raise NotVisible
    rest = {code: room for code, room in services.items() if code != service_type}
    set_coverage(row, provinces=offices.provinces_of(row.id), services=rest, by=by)


def say_room(service_type: str, free: int | None, *, by: Actor) -> None:
    """An office says how many places are free now for one of its services; None takes it back."""
    require(by, Permission.REFERRAL_ANSWER)
    found = next((room for room in choosing.rooms(by.organisation_id) if room.service_type == service_type), None)
    if found is None:
        raise InvalidInput(n_("Choose a service of your office."), field="service_type")
    if free is not None and not 0 <= free <= 100_000:
        raise InvalidInput(n_("Enter how many people at once, such as 12."), field="free")
    found.free_places, found.free_said_at = free, utcnow() if free is not None else None
    body = {"service": service_type, "free": free}
    recorder.record(by, "organisation.room", subject=("organisation", by.organisation_id), body=body)
    db.session.flush()


def add_team(row: Organisation, *, name: str, by: Doer) -> Team:
    """Add a team. From the first team on, who stands outside all teams sees only cases assigned to them."""
    if isinstance(by, Actor):
        _may_manage(row.id, by)
    wanted = _name(name)
    if db.session.execute(select(Team.id).where(Team.organisation_id == row.id, Team.name == wanted)).first():
        raise Conflict(n_("The office has a team of this name."), field="name")
    team = Team(organisation_id=row.id, name=wanted)
    db.session.add(team)
    db.session.flush()
    recorder.record(by, "team.created", subject=("team", team.id))
    db.session.flush()
    return team


def manageable(organisation_id: UUID, by: Actor) -> Organisation:
    """The organisation if this actor may manage it; else NotVisible, as if it were absent."""
    row = offices.organisation(organisation_id)
    _may_manage(row.id, by)
    return row


def _said(row: Organisation) -> dict[str, object]:
    names = ("name", "name_km", "type", "country", "has_users", "active")
    above = offices.organisation(row.parent_id).code if row.parent_id else None
    return {**{name: getattr(row, name) for name in names}, "parent": above}


def _coverage(organisation_id: UUID) -> dict[str, object]:
    return {"provinces": offices.provinces_of(organisation_id), "services": offices.services_of(organisation_id)}


def _may_manage(organisation_id: UUID, by: Actor) -> None:
    require(by, Permission.ORGANISATION_MANAGE)
    if organisation_id != by.organisation_id and not can(by, Permission.SYSTEM_MANAGE):
        raise NotVisible


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 2 <= len(cleaned) <= 120:
        raise InvalidInput(n_("Enter a name of 2 to 120 characters."), field="name")
    return cleaned


def _is_below(candidate: UUID, above: UUID) -> bool:
    """True if `candidate` is `above` or stands somewhere under it."""
    parents = {row.id: row.parent_id for row in db.session.execute(select(Organisation.id, Organisation.parent_id))}
    step: UUID | None = candidate
    for _ in range(len(parents) + 1):
        if step is None:
            return False
        if step == above:
            return True
        step = parents.get(step)
    return True
