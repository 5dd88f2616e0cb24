"""Whom a hand-out can reach, and one that was given, as far as the actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.assistance.models import Handout, ServiceLine, Stay
from casework.assistance.queries.houses import get_house, rooms_of_house
from casework.cases.models import Case
from casework.cases.queries import get_group, members_of, names_on_list, visible_cases, visible_records
from casework.db import db
from casework.errors import NotVisible


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody a hand-out can reach: name only for the own office's lists."""

    case: Case
    name: str | None


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A line of a hand-out."""

    line: ServiceLine
    code: str
    name: str | None
    reversed: bool


def group_people(by: Actor, group_id: UUID) -> list[Reached]:
    """Visible members of a group. NotVisible when the group is."""
    get_group(by, group_id)
    return _named(by, list(members_of(by, group_id)))


def house_people(by: Actor, house_id: UUID) -> list[Reached]:
    """All who stay in a house of the own office tonight, of those whose stay the actor may see."""
    get_house(by, house_id)
    tonight = visible_records(by, Stay).where(Stay.room_id.in_(rooms_of_house(house_id)), Stay.left_on.is_(None))
    cases = visible_cases(by).where(Case.id.in_(tonight.with_only_columns(Stay.case_id))).order_by(Case.code)
    return _named(by, list(db.session.scalars(cases)))


def _named(by: Actor, cases: Sequence[Case]) -> list[Reached]:
    names = names_on_list(by, cases)
    open_ones = [case for case in cases if case.status == "open" and not case.historical]
    return [Reached(case, names.get(case.id)) for case in open_ones]


def get_handout(by: Actor, handout_id: UUID) -> tuple[Handout, list[GivenLine]]:
    """A hand-out of the own office with its visible lines; NotVisible when none of them is."""
    handout = db.session.get(Handout, handout_id)
    if handout is None or handout.org_id != by.organisation_id:
        raise NotVisible
    mine = visible_records(by, ServiceLine).where(
        ServiceLine.handout_id == handout_id, ServiceLine.reverses_id.is_(None)
    )
    lines = list(db.session.scalars(mine.order_by(ServiceLine.id)))
    if not lines:
        raise NotVisible
    cases = {
        case.id: case
        for case in db.session.scalars(visible_cases(by).where(Case.id.in_([row.case_id for row in lines])))
    }
    names = names_on_list(by, list(cases.values()))
    turned = set(
        db.session.scalars(
            select(ServiceLine.reverses_id).where(ServiceLine.reverses_id.in_([row.id for row in lines]))
        )
    )
    return handout, [GivenLine(row, cases[row.case_id].code, names.get(row.case_id), row.id in turned) for row in lines]
