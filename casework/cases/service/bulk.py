"""Opening many cases at once, for imports: staged out of everybody's sight, made visible by one flip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import (
    STATIONS,
    Assignment,
    Case,
    CaseAccess,
    CaseAccessClass,
    CaseStation,
    CaseStatistic,
    CaseStatisticForm,
)
from casework.cases.permissions import OWNER_SEES_OF_OTHERS
from casework.cases.service.access import ALWAYS, FOREVER, data_classes
from casework.cases.service.statistics import age_group
from casework.cases.workflow import mask_of, new_code, stage_of
from casework.db import db, utcnow, uuid7
from casework.people.models import Person
from casework.people.service import PersonData
from casework.people.service.bulk import register_many
from casework.people.service.postings import tokens_of_data
from casework.vault import index


@dataclass(frozen=True, slots=True)
class Counted:
    """What a statistics row says when the file says it; None: worked out from the person."""

    opened_from: date | None = None
    opened_to: date | None = None
    sex: str | None = None
    age_group: str | None = None
    origin_region: str = "unknown"
    exploitation_region: str = "unknown"
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewCase:
    """One case to open: checked before (people.service.bulk.check_person, codes), so that nothing here can fail."""

    key: str
    """What makes the row the same one in a repeated import."""
    person: PersonData
    opened_on: date
    opened_precision: str = "day"
    historical: bool = False
    manner_of_return: str | None = None
    entry_point: str | None = None
    stations: Mapping[str, str] = field(default_factory=lambda: {"identification": "open"})
    counted: Counted = Counted()


def known_keys(organisation_id: UUID, keys: Sequence[str]) -> set[str]:
    """Which of these rows were imported by the organisation already, visible or still staged."""
    return set(
        db.session.scalars(
            select(Case.import_key).where(Case.import_org_id == organisation_id, Case.import_key.in_(list(keys)))
        )
    )


def open_many(rows: Sequence[NewCase], *, by: Actor, import_id: UUID, published: bool = False) -> list[UUID]:
    """Open cases of the actor's organisation, carried by the actor. One audit row lists them all.

    Statements grow with the number of tables, not of cases. Staged cases are seen by nobody until `publish`.
    """
    require(by, Permission.IMPORT_RUN)
    people = register_many([row.person for row in rows], by=by)
    made = [_case(row, person, by, import_id, published) for row, person in zip(rows, people, strict=True)]
    db.session.execute(insert(Case), made)
    pairs = list(zip(rows, made, strict=True))
    _insert(CaseStation, [station for row, case in pairs for station in _stations(row, case)])
    _insert(CaseAccess, [_access(row, case, by) for row, case in pairs])
    _insert(CaseAccessClass, [cause for _, case in pairs for cause in _classes(case, by)])
    _insert(CaseStatistic, [_statistic(row, case, person) for (row, case), person in zip(pairs, people, strict=True)])
    _insert(CaseStatisticForm, [{"case_id": c["id"], "form": form} for r, c in pairs for form in r.counted.forms])
    _insert(Assignment, [_assignment(case, by) for row, case in pairs])
    named = [
        (person.id, by.organisation_id, tokens_of_data(row.person)) for row, person in zip(rows, people, strict=True)
    ]
    index.sync_many(db.session(), [change for change in named if change[2]])
    ids: list[UUID] = [case["id"] for case in made]
    record(by, "case.imported", subject=("import_run", import_id), cases=ids, body={"count": len(ids)})
    db.session.flush()
    return ids


def publish(import_id: UUID) -> int:
    """Make all cases of an import visible: one statement, all or none. Returns how many."""
    flipped = db.session.execute(
        update(Case.__table__).where(Case.import_id == import_id, Case.published.is_(False)).values(published=True)  # type: ignore[arg-type]
    )
    return int(getattr(flipped, "rowcount", 0))


def adopt(import_id: UUID, organisation_id: UUID, keys: Sequence[str]) -> None:
    """Take cases that a killed run left staged into this run."""
    db.session.execute(
        update(Case.__table__)  # type: ignore[arg-type]
        .where(Case.import_org_id == organisation_id, Case.published.is_(False), Case.import_key.in_(list(keys)))
        .values(import_id=import_id)
    )


def _insert(model: type[Any], rows: list[dict[str, object]]) -> None:
    if rows:
        db.session.execute(insert(model), rows)


def _case(row: NewCase, person: Person, by: Actor, import_id: UUID, published: bool) -> dict[str, Any]:
    states = {name: "not_needed" for name in STATIONS} | dict(row.stations)
    return {
        "id": uuid7(),
        "code": new_code(),
        "person_id": person.id,
        "owner_org_id": by.organisation_id,
        "opened_by_org_id": by.organisation_id,
        "opened_by_user_id": by.user_id,
        "opened_on": row.opened_on,
        "opened_precision": row.opened_precision,
        "closed_on": row.opened_on if row.historical else None,
        "status": "closed" if row.historical else "open",
        "stage": "closure" if row.historical else stage_of(states),
        "identified_as": "unknown",
        "manner_of_return": row.manner_of_return,
        "entry_point": row.entry_point,
        "historical": row.historical,
        "published": published,
        "import_id": import_id,
        "import_org_id": by.organisation_id,
        "import_key": row.key,
        "recorded_at": utcnow(),
        "version": 1,
    }


def _stations(row: NewCase, case: dict[str, Any]) -> list[dict[str, object]]:
    states = {name: "not_needed" for name in STATIONS} | ({} if row.historical else dict(row.stations))
    return [
        {
            "case_id": case["id"],
            "station": name,
            "state": state,
            "opened_on": row.opened_on if state == "open" else None,
            "version": 1,
        }
        for name, state in states.items()
    ]


def _access(row: NewCase, case: dict[str, Any], by: Actor) -> dict[str, object]:
    return {
        "org_id": by.organisation_id,
        "case_id": case["id"],
        "owner": True,
        "status": case["status"],
        "stage": case["stage"],
        "station_mask": 0 if row.historical else mask_of(dict(row.stations)),
        "starts_at": ALWAYS,
        "expires_at": FOREVER,
        "last_visible_activity": utcnow(),
        "next_due_at": None,
    }


def _classes(case: dict[str, Any], by: Actor) -> list[dict[str, object]]:
    return [
        {
            "org_id": by.organisation_id,
            "case_id": case["id"],
            "data_class": name,
            "via_id": case["id"],
            "via": "owner",
            "reach": "all" if name in OWNER_SEES_OF_OTHERS else "own",
            "starts_at": ALWAYS,
            "expires_at": FOREVER,
        }
        for name in data_classes()
    ]


def _statistic(row: NewCase, case: dict[str, Any], person: Person) -> dict[str, object]:
    said = row.counted
    known = row.historical
    return {
        "case_id": case["id"],
        "opened_from": said.opened_from if known else row.opened_on,
        "opened_to": said.opened_to if known else row.opened_on,
        "sex": said.sex or person.sex,
        "age_group": said.age_group or age_group(person, row.opened_on),
        "origin_country": person.origin_country,
        "origin_region": said.origin_region,
        "exploitation_region": said.exploitation_region,
    }


def _assignment(case: dict[str, Any], by: Actor) -> dict[str, object]:
    return {
        "id": uuid7(),
        "case_id": case["id"],
        "org_id": by.organisation_id,
        "user_id": by.user_id,
        "team_id": by.team_id,
        "part": "carries",
        "starts_at": utcnow(),
        "by_user_id": by.user_id,
    }
