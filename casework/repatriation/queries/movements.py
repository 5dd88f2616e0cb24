"""Journeys for an actor's eyes: through the returns on them that the actor may see, and no others, not even counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select

from casework.access.permissions import Actor
from casework.access.queries import organisation_names
from casework.cases.models import Case
from casework.cases.queries import classes_of_many, names_on_list
from casework.cases.queries.signs import signs_of
from casework.codes.dates import AgeRange
from casework.codes.queries import choices, find, label
from casework.db import db, today
from casework.errors import NotVisible
from casework.repatriation.models import (
    Movement,
    MovementEscort,
    MovementEscortSealed,
    MovementLeg,
    MovementLegSealed,
    MovementSealed,
    MovementSeat,
    MovementSeatNeed,
    ReturnPath,
)
from casework.repatriation.queries.paths import visible_paths
from casework.vault import fields

PAGE = 30
BANDS, NO_BAND = "reception", "UNKNOWN"
"""Group of age_band on a manifest, and the code where no age is open or known."""


def _seen_paths(by: Actor) -> Select[UUID]:
    return visible_paths(by).with_only_columns(ReturnPath.id)


def visible_movements(by: Actor) -> Select[Movement]:
    """Journeys with a visible seat: the only way to select journeys. Who gave the seat up reads on only what the own
    office plans."""
    seats = select(MovementSeat.movement_id).where(MovementSeat.path_id.in_(_seen_paths(by)))
    riding = Movement.id.in_(seats.where(MovementSeat.state != "stayed"))
    own = and_(Movement.author_org_id == by.organisation_id, Movement.id.in_(seats))
    return select(Movement).where(or_(riding, own))


def get_movement(by: Actor, movement_id: UUID) -> Movement:
    """The journey, or NotVisible."""
    found = db.session.scalars(visible_movements(by).where(Movement.id == movement_id)).one_or_none()
    if found is None:
        raise NotVisible
    return found


def planned_movements(by: Actor) -> Sequence[Movement]:
    """Journeys that one more return can join."""
    query = visible_movements(by).where(Movement.state == "planned", Movement.travel_on >= today())
    return db.session.scalars(query.order_by(Movement.travel_on, Movement.id).limit(50)).all()


@dataclass(frozen=True, slots=True)
class MovementRow:
    """A line of the list of journeys; `seats` counts the visible ones."""

    row: Movement
    vehicle: str
    office: str
    seats: int


def list_movements(by: Actor, after: tuple[date, UUID] | None = None) -> tuple[list[MovementRow], str]:
    """One page of journeys, the latest day first, and the key of the next page or ''. Four statements."""
    query = visible_movements(by)
    if after is not None:
        same_day = and_(Movement.travel_on == after[0], Movement.id < after[1])
        query = query.where(or_(Movement.travel_on < after[0], same_day))
    query = query.order_by(Movement.travel_on.desc(), Movement.id.desc()).limit(PAGE + 1)
    rows = db.session.scalars(query).all()
    shown = rows[:PAGE]
    ids = [row.id for row in shown]
    counts = select(MovementSeat.movement_id, func.count()).where(
        MovementSeat.movement_id.in_(ids), MovementSeat.state != "stayed", MovementSeat.path_id.in_(_seen_paths(by))
    )
    seats: dict[UUID, int] = {key: int(n) for key, n in db.session.execute(counts.group_by(MovementSeat.movement_id))}
    sealed = db.session.scalars(select(MovementSealed).where(MovementSealed.id.in_(ids))).all()
    vehicles = fields.unseal_many(sealed, "vehicle")
    offices = organisation_names({row.author_org_id for row in shown})
    found = [
        MovementRow(row, str(vehicles.get(row.id) or ""), offices.get(row.author_org_id, ""), seats.get(row.id, 0))
        for row in shown
    ]
    more = f"{shown[-1].travel_on.isoformat()}_{shown[-1].id.hex}" if len(rows) > PAGE else ""
    return found, more


def read_key(text: str | None) -> tuple[date, UUID] | None:
    """The key out of an address; None for nothing or nonsense."""
    day, _, row_id = (text or "").partition("_")
    try:
        return date.fromisoformat(day), UUID(row_id)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class SeatView:
    """One visible seat: code or name, sex, age band, where to, what the seat needs. Nothing of why."""

    row: MovementSeat
    case: Case
    path: ReturnPath
    name: str
    """'' for other offices' people: the code stands for them."""
    sex: str
    age_band: str
    destination: str
    needs: list[str]
    """Codes of kinds.SEAT_NEEDS."""


@dataclass(frozen=True, slots=True)
class MovementView:
    """A journey opened for one reader."""

    row: Movement
    words: dict[str, str]
    office: str
    legs: list[tuple[MovementLeg, dict[str, str]]]
    escorts: list[tuple[MovementEscort, dict[str, str], str]]
    """Escort, name and phone, office."""
    seats: list[SeatView]


def view_movement(by: Actor, row: Movement) -> MovementView:
    """The journey with its visible seats, by their number and then as they joined; in few statements."""
    sealed = db.session.get_one(MovementSealed, row.id)
    escorts = _escorts(row)
    offices = organisation_names({row.author_org_id, *(one.org_id for one, _ in escorts if one.org_id)})
    return MovementView(
        row=row,
        words={name: str(fields.unseal(sealed, name) or "") for name in ("vehicle", "meeting", "note")},
        office=offices.get(row.author_org_id, ""),
        legs=_legs(row),
        escorts=[(one, words, offices.get(one.org_id, "") if one.org_id else "") for one, words in escorts],
        seats=seats_of(by, row),
    )


def _legs(row: Movement) -> list[tuple[MovementLeg, dict[str, str]]]:
    query = select(MovementLeg).where(MovementLeg.movement_id == row.id)
    legs = db.session.scalars(query.order_by(MovementLeg.recorded_at, MovementLeg.id)).all()
    sealed = db.session.scalars(select(MovementLegSealed).where(MovementLegSealed.id.in_([leg.id for leg in legs])))
    listed = sealed.all()
    words = {name: fields.unseal_many(listed, name) for name in MovementLegSealed.__sealed__}
    return [(leg, {name: str(words[name].get(leg.id) or "") for name in words}) for leg in legs]


def _escorts(row: Movement) -> list[tuple[MovementEscort, dict[str, str]]]:
    query = select(MovementEscort).where(MovementEscort.movement_id == row.id)
    found = db.session.scalars(query.order_by(MovementEscort.recorded_at, MovementEscort.id)).all()
    ids = [one.id for one in found]
    listed = db.session.scalars(select(MovementEscortSealed).where(MovementEscortSealed.id.in_(ids))).all()
    words = {name: fields.unseal_many(listed, name) for name in MovementEscortSealed.__sealed__}
    return [(one, {name: str(words[name].get(one.id) or "") for name in words}) for one in found]


def seats_of(by: Actor, row: Movement) -> list[SeatView]:
    """The visible seats of a journey."""
    query = (
        visible_paths(by)
        .join(MovementSeat, MovementSeat.path_id == ReturnPath.id)
        .where(MovementSeat.movement_id == row.id)
        .with_only_columns(MovementSeat, Case, ReturnPath)
    )
    found = db.session.execute(query).all()
    cases = [case for _, case, _ in found]
    classes = classes_of_many(by, [case.id for case in cases])
    names, signs = names_on_list(by, cases, classes), signs_of(by, cases, classes)
    needs: dict[UUID, list[str]] = {}
    wanted = select(MovementSeatNeed).where(MovementSeatNeed.movement_id == row.id)
    for need in db.session.scalars(wanted.order_by(MovementSeatNeed.need)):
        needs.setdefault(need.case_id, []).append(need.need)
    views = [
        SeatView(
            row=seat,
            case=case,
            path=path,
            name=names.get(case.id, ""),
            sex=signs[case.id].sex or "",
            age_band=age_band(signs[case.id].age, by.language),
            destination=_destination(seat, path, by.language),
            needs=needs.get(case.id, []),
        )
        for seat, case, path in found
    ]
    return sorted(views, key=lambda view: (view.row.seat or 999, view.row.joined_at, view.case.code))


def age_band(age: AgeRange | None, language: str) -> str:
    """The band of an age as a manifest has it; the younger one when it is not sure."""
    if age is None:
        return label("age_band", NO_BAND, language)
    for band in choices("age_band", group=BANDS):
        most = band.extra.get("max_age", "")
        if not most or age.lowest <= int(most):
            return label("age_band", band.code, language)
    return label("age_band", NO_BAND, language)


def _destination(seat: MovementSeat, path: ReturnPath, language: str) -> str:
    if seat.to_province and find("province", seat.to_province):
        return label("province", seat.to_province, language)
    return label("country", path.to_country, language)


def get_seat(by: Actor, movement_id: UUID, case_id: UUID) -> tuple[MovementSeat, Movement, ReturnPath, Case]:
    """One seat with what it belongs to, or NotVisible."""
    row = get_movement(by, movement_id)
    view = next((view for view in seats_of(by, row) if view.case.id == case_id), None)
    if view is None:
        raise NotVisible
    return view.row, row, view.path, view.case


def seats_of_path(by: Actor, path: ReturnPath) -> list[tuple[MovementSeat, Movement]]:
    """The seats of a return the actor may see (see get_path), the latest journey first."""
    query = select(MovementSeat, Movement).join(Movement, Movement.id == MovementSeat.movement_id)
    query = query.where(MovementSeat.path_id == path.id).order_by(Movement.travel_on.desc(), Movement.id.desc())
    return [(seat, row) for seat, row in db.session.execute(query)]
