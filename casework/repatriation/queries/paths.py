"""Returns and steps for an actor's eyes; who may be given a step; what is late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, select

from casework.access.permissions import Actor
from casework.cases.models import CaseAccessClass
from casework.cases.queries import get_record, visible_records
from casework.db import db, utcnow
from casework.errors import NotVisible
from casework.repatriation.kinds import DATA_CLASS
from casework.repatriation.models import ReturnPath, ReturnStep, ReturnStepPause


def visible_paths(by: Actor) -> Select[ReturnPath]:
    """The returns this actor may see: the only way to select them."""
    return visible_records(by, ReturnPath)


def get_path(by: Actor, path_id: UUID) -> ReturnPath:
    """The return, or NotVisible."""
    return get_record(by, ReturnPath, path_id)


def paths_of(by: Actor, case_id: UUID) -> Sequence[ReturnPath]:
    """The visible returns of a case, the newest first."""
    query = visible_paths(by).where(ReturnPath.case_id == case_id)
    return db.session.scalars(query.order_by(ReturnPath.recorded_at.desc(), ReturnPath.id.desc())).all()


def open_path(case_id: UUID) -> ReturnPath | None:
    """The return that is under way, whoever planned it: for services, which say no more than that there is one."""
    query = select(ReturnPath).where(ReturnPath.case_id == case_id, ReturnPath.state == "open")
    return db.session.scalars(query.order_by(ReturnPath.recorded_at.desc()).limit(1)).one_or_none()


def steps_of(path: ReturnPath) -> Sequence[ReturnStep]:
    """All steps of a return in their order, older rounds first."""
    query = select(ReturnStep).where(ReturnStep.path_id == path.id)
    return db.session.scalars(query.order_by(ReturnStep.sequence, ReturnStep.round)).all()


def get_step(by: Actor, step_id: UUID) -> tuple[ReturnStep, ReturnPath]:
    """A step with its return, or NotVisible: whoever sees the return sees its steps."""
    step = db.session.get(ReturnStep, step_id)
    if step is None:
        raise NotVisible
    return step, get_path(by, step.path_id)


def reaches(case_id: UUID, org_id: UUID) -> bool:
    """True when an organisation can see a return of the case that another office planned: it can be given a step."""
    now = utcnow()
    live = exists(
        select(1).where(
            CaseAccessClass.case_id == case_id,
            CaseAccessClass.org_id == org_id,
            CaseAccessClass.data_class == DATA_CLASS,
            CaseAccessClass.reach == "all",
            CaseAccessClass.starts_at <= now,
            CaseAccessClass.expires_at > now,
        )
    )
    return bool(db.session.scalar(select(live)))


def spells_of(step_ids: Iterable[UUID]) -> dict[UUID, list[tuple[date, date | None]]]:
    """Step -> the spells in which its clock stood still, in one statement."""
    wanted = list(step_ids)
    found: dict[UUID, list[tuple[date, date | None]]] = {}
    rows = select(ReturnStepPause).where(ReturnStepPause.step_id.in_(wanted)).order_by(ReturnStepPause.from_on)
    for row in db.session.scalars(rows) if wanted else ():
        found.setdefault(row.step_id, []).append((row.from_on, row.until_on))
    return found
