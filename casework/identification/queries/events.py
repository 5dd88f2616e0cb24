"""Events, seen through a visible member; their members, codes, places, words and alleged offenders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.queries import classes_of, visible_records
from casework.db import db
from casework.errors import NotVisible
from casework.identification.models import (
    AllegedOffender,
    AllegedOffenderSealed,
    EventCase,
    EventCode,
    EventPlace,
    EventSealed,
    OffenderRole,
    TraffickingEvent,
)
from casework.vault import fields

PERPETRATOR = "perpetrator"
"""Data class of alleged offenders."""


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as one actor sees it through one case."""

    event: TraffickingEvent
    role: str
    codes: Mapping[str, list[str]]
    places: Sequence[EventPlace]
    members: int
    """Visible members; the others are neither shown nor counted."""


@dataclass(frozen=True, slots=True)
class OffenderView:
    """An alleged offender with its opened words."""

    offender: AllegedOffender
    roles: list[str]
    name: str = ""
    description: str = field(default="", repr=False)


def get_event(by: Actor, case_id: UUID, event_id: UUID) -> TraffickingEvent:
    """The event as seen through this case, or NotVisible."""
    member = visible_records(by, EventCase).where(EventCase.event_id == event_id, EventCase.case_id == case_id)
    if db.session.scalars(member).one_or_none() is None:
        raise NotVisible
    return db.session.get_one(TraffickingEvent, event_id)


def members_of(by: Actor, event_id: UUID) -> list[tuple[EventCase, str]]:
    """The visible members with their case codes, in the order they were added."""
    query = visible_records(by, EventCase).add_columns(Case.code).where(EventCase.event_id == event_id)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(EventCase.recorded_at, EventCase.id))]


def events_of(by: Actor, case_id: UUID) -> list[EventView]:
    """The events of a case that the actor may see, the latest first. Four statements, whatever their number."""
    links = db.session.scalars(visible_records(by, EventCase).where(EventCase.case_id == case_id)).all()
    roles = {link.event_id: link.role for link in links}
    events = db.session.scalars(
        select(TraffickingEvent)
        .where(TraffickingEvent.id.in_(roles))
        .order_by(TraffickingEvent.occurred_from.desc(), TraffickingEvent.id.desc())
    ).all()
    codes, places = codes_of(roles), _places_of(roles)
    seen = db.session.scalars(visible_records(by, EventCase).where(EventCase.event_id.in_(roles))).all()
    return [
        EventView(
            event=event,
            role=roles[event.id],
            codes=codes.get(event.id, {}),
            places=places.get(event.id, []),
            members=sum(1 for member in seen if member.event_id == event.id),
        )
        for event in events
    ]


def codes_of(event_ids: Iterable[UUID]) -> dict[UUID, dict[str, list[str]]]:
    """Event id -> list -> codes, of events known to be visible."""
    found: dict[UUID, dict[str, list[str]]] = {}
    query = select(EventCode).where(EventCode.event_id.in_(list(event_ids))).order_by(EventCode.list, EventCode.code)
    for row in db.session.scalars(query):
        found.setdefault(row.event_id, {}).setdefault(row.list, []).append(row.code)
    return found


def _places_of(event_ids: Iterable[UUID]) -> dict[UUID, list[EventPlace]]:
    found: dict[UUID, list[EventPlace]] = {}
    query = select(EventPlace).where(EventPlace.event_id.in_(list(event_ids))).order_by(EventPlace.position)
    for row in db.session.scalars(query):
        found.setdefault(row.event_id, []).append(row)
    return found


def event_words(event: TraffickingEvent) -> dict[str, Any]:
    """The opened words of a visible event: account, names, places. Empty ones are left out."""
    row = db.session.get(EventSealed, event.id)
    if row is None:
        return {}
    opened = {name: fields.unseal(row, name) for name in EventSealed.__sealed__}
    return {name: value for name, value in opened.items() if value}


def sees_offenders(by: Actor, case_id: UUID) -> bool:
    """True when, through this case, some alleged offenders may be shown: class perpetrator is open in some reach."""
    classes = classes_of(by, case_id)
    return PERPETRATOR in classes.all or PERPETRATOR in classes.own


def offenders_of(by: Actor, case_id: UUID, event_id: UUID) -> list[OffenderView]:
    """The alleged offenders of an event for which class perpetrator is open through this case. No list goes wider."""
    get_event(by, case_id, event_id)
    classes = classes_of(by, case_id)
    query = select(AllegedOffender).where(AllegedOffender.event_id == event_id)
    every = db.session.scalars(query.order_by(AllegedOffender.recorded_at, AllegedOffender.id)).all()
    rows = [row for row in every if classes.opens(row.data_class, row.author_org_id, by)]
    ids = [row.id for row in rows]
    sealed = db.session.scalars(select(AllegedOffenderSealed).where(AllegedOffenderSealed.id.in_(ids))).all()
    names, words = fields.unseal_many(sealed, "name"), fields.unseal_many(sealed, "description")
    roles: dict[UUID, list[str]] = {}
    for role in db.session.scalars(select(OffenderRole).where(OffenderRole.offender_id.in_(ids))):
        roles.setdefault(role.offender_id, []).append(role.code)
    return [
        OffenderView(row, sorted(roles.get(row.id, [])), names.get(row.id) or "", words.get(row.id) or "")
        for row in rows
    ]
