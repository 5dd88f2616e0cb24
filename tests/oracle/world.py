"""One random world of the oracle: offices and users, the clock, and what the program and the law hold of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import case, exists, or_, select

from casework.access.models import Team
from casework.access.permissions import Actor, Permission, Scope, can
from casework.access.queries import actor_for
from casework.cases.models import Approval, Case, Task
from casework.db import db, utcnow, uuid7
from tests import factories
from tests.oracle import law as laws
from tests.oracle.law import Law, Record, User
from tests.oracle.plain import kinds

T = TypeVar("T")
RECORDS: dict[str, Any] = kinds()
"""Every kind of case record there is, by its table."""

OFFICES = ("NGO", "mission", "dosvy", "shelter", "moi_ahtjp", "HealthServiceOrganisation")
HANDS = ("case_worker", "supervisor", "mission_officer", "case_worker", "supervisor")
"""Roles that can do much: each office has one, so that the world moves."""
SCOPES = {
    Scope.NONE: laws.NONE, Scope.TOTALS: laws.TOTALS, Scope.ASSIGNED: laws.ASSIGNED, Scope.TEAM: laws.TEAM,
    Scope.ORGANISATION: laws.ORGANISATION,
}  # fmt: skip


class World:
    """3-5 offices, some with teams, 4-7 users; everything else happens in the moves."""

    def __init__(self, rng: Random) -> None:
        self.now = utcnow() + timedelta(seconds=1)
        self.law = Law()
        self.law.wrote = self.wrote
        self.actors: dict[UUID, Actor] = {}
        self.touched: UUID | None = None
        self.openings: dict[UUID, UUID] = {}
        """Opening -> entry behind it."""
        self.fresh_word = 0
        rows = [factories.office(type=rng.choice(OFFICES)) for _ in range(rng.choice((3, 3, 4, 5)))]
        self.offices = [row.id for row in rows]
        self.police = {row.id for row in rows if row.type == "moi_ahtjp"}
        self.teams = {office: self._teams(office) if rng.random() < 0.5 else [] for office in self.offices}
        for office in self.offices:
            self._user(rng, office, rng.choice(HANDS))
        for _ in range(rng.randint(1, 2)):
            self._user(rng, rng.choice(self.offices), rng.choice(sorted(laws.ROLES)), odd=rng.random() < 0.2)
        db.session.flush()

    def _teams(self, office: UUID) -> list[Team]:
        made = [Team(id=uuid7(), organisation_id=office, name=f"Team {number}") for number in (1, 2)]
        db.session.add_all(made)
        db.session.flush()
        return made

    def _user(self, rng: Random, office: UUID, role: str, *, odd: bool = False) -> None:
        """A user; an odd one has another reach than the role is delivered with."""
        team = rng.choice([None, *self.teams[office], *self.teams[office]]) if self.teams[office] else None
        row = factories.user(role, at_office=db.session.get(factories.Organisation, office), team=team)
        actor = actor_for(row.username)
        scope = laws.scope_of(role, team.id if team else None, bool(self.teams[office]))
        if odd:
            wide = rng.choice(sorted(SCOPES))
            actor, scope = replace(actor, scope=wide), SCOPES[wide]
        self.actors[row.id] = actor
        self.law.users[row.id] = User(row.id, office, role, team.id if team else None, scope)

    # For the moves

    def case(self, case_id: UUID) -> Case:
        """The row of a case, whoever may see it; the moves ask the law first."""
        self.touched = case_id
        return db.session.get_one(Case, case_id)

    def doers(self, *wanted: Permission) -> list[tuple[Actor, UUID]]:
        """Who could do a thing on which case: the permission, and the case seen by the law."""
        return [
            (actor, case_id)
            for user_id, actor in self.actors.items()
            if can(actor, *wanted)
            for case_id in sorted(self.law.seen_cases(self.law.users[user_id], self.now))
        ]

    def with_classes(self, pairs: list[tuple[Actor, UUID]], data_class: str) -> list[tuple[Actor, UUID]]:
        """Those of `pairs` to whom a class is open for everybody's records."""
        return [
            (actor, case_id)
            for actor, case_id in pairs
            if data_class in self.law.opened(self.law.users[actor.user_id], case_id, self.now)[0]
        ]

    def user(self, actor: Actor) -> User:
        """The user of the law behind an actor."""
        return self.law.users[actor.user_id]

    # Facts as they lie in the database

    def records(self, name: str) -> list[Record]:
        """All records of a kind, read past the predicate, as facts for the law."""
        model = RECORDS[name]
        rows = db.session.execute(select(model.id, model.case_id, model.author_org_id, model.data_class))
        return [Record(*row) for row in rows if row[1] in self.law.cases]

    def tasks(self) -> list[Record]:
        """All open tasks; the author is the office whose it is."""
        given = case((Task.record_kind == "referral", Task.assignee_id))
        rows = db.session.execute(
            select(Task.id, Task.case_id, Task.org_id, Task.data_class, given).where(Task.state == "open")
        )
        return [Record(*row) for row in rows if row[1] in self.law.cases]

    def hand_out(self) -> None:
        """Tell the law who has open tasks of which referral, and what each office knows by now."""
        self.law.remember({user.org for user in self.law.users.values()}, self.now)
        self.law.given = {}
        open_ones = select(Task.record_id, Task.assignee_id).where(Task.state == "open", Task.record_kind == "referral")
        for referral_id, user_id in db.session.execute(open_ones):
            self.law.given.setdefault(referral_id, set()).add(user_id)

    def approvals(self) -> list[tuple[Record, UUID]]:
        """What waits for a decision, with who asked."""
        columns = (Approval.id, Approval.case_id, Approval.org_id, Approval.data_class, Approval.asked_by)
        rows = db.session.execute(select(*columns).where(Approval.decision.is_(None)))
        return [(Record(*row[:4]), row[4]) for row in rows if row[1] in self.law.cases]

    def wrote(self, case_id: UUID, org: UUID) -> bool:
        """True when an office recorded anything on a case."""
        db.session.flush()
        found = [exists().where(row.case_id == case_id, row.author_org_id == org) for row in RECORDS.values()]
        return bool(db.session.scalar(select(or_(*found))))


def choose(rng: Random, things: list[T]) -> T | None:
    """One of them, or None when there is none."""
    return rng.choice(things) if things else None


def later(now: datetime, rng: Random) -> datetime:
    """How the clock goes on: mostly a minute, at times by its smallest step. Two writes never share a moment: which of
    them an office knew of when its access ended in that moment, no clock can say."""
    return now + rng.choice((timedelta(microseconds=1), timedelta(minutes=1), timedelta(minutes=1)))
