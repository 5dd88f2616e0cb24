"""The condition 'this actor may see this case' as one piece of a statement, spelled out only when a statement is new.

Put together anew for each use it costs half a millisecond, and a case page uses it a dozen times. So the piece holds
the column and the actor's ids alone; SQLAlchemy asks for its words once per form of statement and keeps them. What
differs between two actors is either a bound value or part of the key under which the words are kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, Uuid, and_, bindparam, exists, not_, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.visitors import InternalTraversal

from casework.access.permissions import Actor, Scope
from casework.cases.models import Assignment, CaseAccessClass, Exclusion
from casework.db import Utc

LIVE = aliased(CaseAccessClass, name="live")
CARRIED = aliased(Assignment, name="carried")
AWAY = aliased(Exclusion, name="away")
FROM_LIVE = "FROM case_access_class AS live"
BY_KEY = f"{FROM_LIVE} INDEXED BY sqlite_autoindex_case_access_class_1"
"""SQLite would ask the index of cases first and the table, which is kept in the order of its key, after it: two looks
where one does, for each case of a list."""
"""Apart from the tables themselves, so that the conditions may stand inside queries that read those tables."""


class MaySee(ColumnElement[bool]):
    """The organisation has live access to the case, the role opens a class of it and reaches it by its scope, and the
    user is not excluded. With `live=False` without the first half: whose work it was, though access has ended."""

    __visit_name__ = "may_see"
    _traverse_internals = [
        ("case_id", InternalTraversal.dp_clauseelement),
        ("binds", InternalTraversal.dp_clauseelement_list),
        ("reach", InternalTraversal.dp_string),
        ("classes", InternalTraversal.dp_string),
        ("live", InternalTraversal.dp_string),
    ]
    type = Boolean()

    def __init__(self, by: Actor, case_id: Any, now: datetime, *, live: bool = True) -> None:
        self.live = "live" if live else "was"
        self.case_id = _plain(case_id)
        self.reach = _reach(by)
        self.classes = ",".join(sorted(by.classes))
        self.binds: list[BindParameter[Any]] = [
            bindparam(None, by.organisation_id, type_=Uuid, unique=True),
            bindparam(None, by.user_id, type_=Uuid, unique=True),
            bindparam(None, now, type_=Utc, unique=True),
        ]
        if self.reach == "team":
            self.binds.append(bindparam(None, by.team_id, type_=Uuid, unique=True))

    def self_group(self, against: Any = None) -> ColumnElement[bool]:
        """It brings its own brackets."""
        return self

    def words(self) -> ColumnElement[bool]:
        """The condition spelled out. The scope first: it is the cheapest to ask and turns away the most."""
        org, user, now, *team = self.binds
        live = exists(
            select(1).where(
                LIVE.org_id == org,
                LIVE.case_id == self.case_id,
                LIVE.data_class.in_(self.classes.split(",")),
                LIVE.starts_at <= now,
                LIVE.expires_at > now,
            )
        )
        # Asked once for a statement, not once a case: a user is kept out of few.
        kept_out = self.case_id.in_(
            select(AWAY.case_id).where(
                AWAY.user_id == user, AWAY.starts_at <= now, or_(AWAY.ended_at.is_(None), AWAY.ended_at > now)
            )
        )
        opened = [live] if self.live == "live" else []
        if self.reach == "organisation":
            return and_(not_(kept_out), *opened)
        holder = CARRIED.user_id == user
        carried = exists(
            select(1).where(
                CARRIED.case_id == self.case_id,
                CARRIED.org_id == org,
                CARRIED.starts_at <= now,
                or_(CARRIED.ended_at.is_(None), CARRIED.ended_at > now),
                or_(holder, CARRIED.team_id == team[0]) if team else holder,
            )
        )
        return and_(carried, not_(kept_out), *opened)


class SeesClass(ColumnElement[bool]):
    """The class of a record is open to the organisation (all, or its own records only) and to the role, now."""

    __visit_name__ = "sees_class"
    _traverse_internals = [
        ("columns", InternalTraversal.dp_clauseelement_list),
        ("binds", InternalTraversal.dp_clauseelement_list),
        ("classes", InternalTraversal.dp_string),
    ]
    type = Boolean()

    def __init__(self, by: Actor, model: Any, now: datetime) -> None:
        self.columns = [_plain(one) for one in (model.case_id, model.data_class, model.author_org_id)]
        self.classes = ",".join(sorted(by.classes))
        self.binds: list[BindParameter[Any]] = [
            bindparam(None, by.organisation_id, type_=Uuid, unique=True),
            bindparam(None, now, type_=Utc, unique=True),
        ]

    def self_group(self, against: Any = None) -> ColumnElement[bool]:
        """It brings its own brackets."""
        return self

    def words(self) -> ColumnElement[bool]:
        """The condition spelled out."""
        (case_id, data_class, author), (org, now) = self.columns, self.binds
        return exists(
            select(1).where(
                LIVE.org_id == org,
                LIVE.case_id == case_id,
                LIVE.data_class == data_class,
                LIVE.data_class.in_(self.classes.split(",")),
                LIVE.starts_at <= now,
                LIVE.expires_at > now,
                or_(LIVE.reach == "all", author == org),
            )
        )


class Unindexed(ColumnElement[Any]):
    """A column by which SQLite is not to look rows up, because another index reads fewer pages; itself everywhere
    else."""

    inherit_cache = True
    _traverse_internals = [("column", InternalTraversal.dp_clauseelement)]

    def __init__(self, column: Any) -> None:
        self.column = _plain(column)
        self.type = self.column.type


@compiles(Unindexed)
def _itself(element: Unindexed, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.column, **options))


@compiles(Unindexed, "sqlite")
def _computed(element: Unindexed, compiler: Any, **options: Any) -> str:
    return f"+{compiler.process(element.column, **options)}"


def _plain(column: Any) -> ColumnElement[Any]:
    """The column of a statement behind an attribute of a model."""
    found: ColumnElement[Any] = column.__clause_element__() if hasattr(column, "__clause_element__") else column
    return found


def _reach(by: Actor) -> str:
    """How far the scope goes, in the three forms that the condition has. Less than ASSIGNED never comes here."""
    if by.scope == Scope.ORGANISATION:
        return "organisation"
    return "team" if by.scope == Scope.TEAM and by.team_id is not None else "assigned"


@compiles(MaySee)
@compiles(SeesClass)
def _spell(element: MaySee | SeesClass, compiler: Any, **options: Any) -> str:
    text = f"({compiler.process(element.words(), **options)})"
    return text.replace(FROM_LIVE, BY_KEY) if compiler.dialect.name == "sqlite" else text
