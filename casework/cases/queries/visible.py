"""The one predicate of the house: which cases, and which records of them, are for whose eyes.

List, page, search, count, timeline, attachment, export and interface all go through here. An empty set means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, func, not_, or_, select, true, union_all

from casework.access.permissions import Actor, Permission, Scope
from casework.cases.models import Assignment, Case, CaseAccessClass, CaseRecord, Exclusion
from casework.cases.queries.predicate import MaySee, SeesClass, Unindexed
from casework.db import db, utcnow
from casework.errors import NotVisible

R = TypeVar("R", bound=CaseRecord)


@dataclass(frozen=True, slots=True)
class Classes:
    """Data classes of one case open to one actor: of everybody's records, and of the own organisation's only."""

    all: frozenset[str]
    own: frozenset[str]

    def __contains__(self, data_class: str) -> bool:
        return data_class in self.all

    def opens(self, data_class: str, author_org_id: UUID | None, by: Actor) -> bool:
        """True when a record of this class and author may be shown."""
        return data_class in self.all or (data_class in self.own and author_org_id == by.organisation_id)


def may_see(by: Actor, case_id: Any, now: datetime | None = None) -> ColumnElement[bool]:
    """Condition on a column that holds case ids: the actor's organisation has live access, the role opens a class
    of it and reaches it by its scope, and the user is not excluded."""
    if Permission.CASE_SEE not in by.permissions or by.scope < Scope.ASSIGNED or not by.classes:
        return false()
    return MaySee(by, case_id, now or utcnow())


def within_reach(by: Actor, case_id: Any) -> ColumnElement[bool]:
    """For statements over all cases of an office, beside `may_see`: begins at the assignments of a user or a team
    instead of asking for each case whether it is assigned. It only narrows early and never decides."""
    if by.scope == Scope.ORGANISATION:
        return true()
    held = [select(Assignment.case_id).where(Assignment.user_id == by.user_id)]
    if by.team_id is not None:
        held.append(select(Assignment.case_id).where(Assignment.team_id == by.team_id))
    # Each half of the union is read in its index alone. The cases are those of years, the rows asked about are open:
    # so these are read in their order, and looked up among the cases.
    found: ColumnElement[bool] = Unindexed(case_id).in_(union_all(*held))
    return found


def had_reach(by: Actor, case_id: Any, now: datetime | None = None) -> ColumnElement[bool]:
    """Condition: the case is within the reach of the role and the user is not excluded, whether or not anything of it
    is open any more. Only for what an office may know after its access ended; never alone for anything of the case."""
    if Permission.CASE_SEE not in by.permissions or by.scope < Scope.ASSIGNED or not by.classes:
        return false()
    return MaySee(by, case_id, now or utcnow(), live=False)


def not_kept_out(by: Actor, case_id: Any, now: datetime | None = None) -> ColumnElement[bool]:
    """Condition: the user is not excluded from the case (conflict of interest), whatever the office may see."""
    now = now or utcnow()
    kept_out = exists(
        select(1).where(
            Exclusion.user_id == by.user_id,
            Exclusion.case_id == case_id,
            Exclusion.starts_at <= now,
            or_(Exclusion.ended_at.is_(None), Exclusion.ended_at > now),
        )
    )
    return not_(kept_out)


def sees_class(by: Actor, model: Any, now: datetime | None = None) -> ColumnElement[bool]:
    """Condition on a record's class: open to the organisation (all, or its own only) and to the role, now.

    `model`: a table whose rows have a case_id, an author_org_id and a data_class.
    """
    if not by.classes:
        return false()
    return SeesClass(by, model, now or utcnow())


def visible_cases(by: Actor) -> Select[Case]:
    """The cases this actor may see: the only way to select cases."""
    return select(Case).where(may_see(by, Case.id), Case.published)


def visible_records(by: Actor, model: type[R]) -> Select[R]:
    """The records of one kind this actor may see, of all visible cases."""
    return (
        select(model)
        .join(Case, Case.id == model.case_id)
        .where(Case.published, may_see(by, model.case_id), sees_class(by, model))
    )


def get_case(by: Actor, case_id: UUID) -> Case:
    """The case, or NotVisible: absent and not-for-you are the same answer."""
    found = db.session.scalars(visible_cases(by).where(Case.id == case_id)).one_or_none()
    if found is None:
        raise NotVisible
    return found


def get_record(by: Actor, model: type[R], record_id: UUID) -> R:
    """The record, or NotVisible."""
    found = db.session.scalars(visible_records(by, model).where(model.id == record_id)).one_or_none()
    if found is None:
        raise NotVisible
    return found


def classes_of(by: Actor, case_id: UUID) -> Classes:
    """What of one case is open to the actor now; empty when the case itself is not visible."""
    return classes_of_many(by, [case_id]).get(case_id, Classes(frozenset(), frozenset()))


def classes_of_many(by: Actor, case_ids: list[UUID]) -> dict[UUID, Classes]:
    """`classes_of` for a page of cases in one statement."""
    if not case_ids or not by.classes:
        return {}
    now = utcnow()
    return classes_among(
        by, select(Case.id).where(Case.id.in_(case_ids), Case.published, may_see(by, Case.id, now)), now
    )


def classes_among(by: Actor, visible: Any, now: datetime) -> dict[UUID, Classes]:
    """What is open of cases that are visible at `now`: a statement that selects them, or the ids that one gave. It does
    not ask again whether they are; from outside of lists it is `classes_of_many`."""
    # One row a case and reach, not one a class: a page of fifty cases has a thousand of those.
    rows = db.session.execute(
        select(
            CaseAccessClass.case_id,
            CaseAccessClass.reach,
            func.aggregate_strings(CaseAccessClass.data_class, ","),
        )
        .where(
            CaseAccessClass.org_id == by.organisation_id,
            CaseAccessClass.case_id.in_(visible),
            CaseAccessClass.data_class.in_(sorted(by.classes)),
            CaseAccessClass.starts_at <= now,
            CaseAccessClass.expires_at > now,
        )
        .group_by(CaseAccessClass.case_id, CaseAccessClass.reach)
    )
    every: dict[UUID, frozenset[str]] = {}
    own: dict[UUID, frozenset[str]] = {}
    for case_id, reach, names in rows:
        (every if reach == "all" else own)[case_id] = _set_of(names)
    nothing = frozenset[str]()
    return {
        case_id: Classes(every.get(case_id, nothing), own.get(case_id, nothing))
        for case_id in every.keys() | own.keys()
    }


@lru_cache(maxsize=4096)
def _set_of(names: str) -> frozenset[str]:
    return frozenset(names.split(","))
