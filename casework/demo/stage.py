"""Where the script is played: offices and actors by their short names, and what each case has gathered so far."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from casework.access.permissions import Actor
from casework.access.queries import actor_for, organisation_by_code
from casework.cases.models import Case
from casework.cases.queries import get_case
from casework.db import db
from casework.demo.script import Part, Step, table


@dataclass
class Stage:
    """What all cases share."""

    today: date
    scenes: dict[str, Scene] = field(default_factory=dict)
    _actors: dict[tuple[str, str | None], Actor] = field(default_factory=dict)
    _offices: dict[str, UUID] = field(default_factory=dict)

    def actor(self, step: Step) -> Actor:
        """Who does a step, for the office named in it or their first one."""
        who = (step.user, step.office)
        if who not in self._actors:
            self._actors[who] = actor_for(*who)
        return self._actors[who]

    def office(self, code: str) -> UUID:
        """Id of an office by its code."""
        if code not in self._offices:
            self._offices[code] = organisation_by_code(code).id
        return self._offices[code]

    def user(self, username: str) -> UUID:
        """Id of a user."""
        return actor_for(username).user_id

    def members(self, group: str) -> list[Scene]:
        """The cases of people who came together."""
        return [scene for scene in self.scenes.values() if scene.part.group == group and scene.case_id]


@dataclass
class Scene:
    """One case: its person in the script, and the records that later steps come back to, by their labels."""

    stage: Stage
    part: Part
    case_id: UUID | None = None
    labels: dict[str, UUID] = field(default_factory=dict)
    _open_to: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.part.key)  # noqa: S311 - the same words on every machine, not a secret

    @property
    def case(self) -> Case:
        """The case itself, for services that check the actor on their own."""
        return db.session.get_one(Case, self.case_id)

    def seen_by(self, by: Actor) -> Case:
        """The case as a page would load it: not found unless the actor may see it.

        Asked once for each membership, and again after every step that moves access.
        """
        assert self.case_id is not None  # noqa: S101 - every story begins with 'register'
        if by.membership_id in self._open_to:
            return self.case
        found = get_case(by, self.case_id)
        self._open_to.add(by.membership_id)
        return found

    def access_moved(self) -> None:
        """Who may see the case has changed."""
        self._open_to.clear()

    def words(self, *path: str) -> str:
        """One of the sentences for an occasion, always the same one for the same case and place in its story."""
        found: Any = table("words")
        for name in path:
            found = found[name]
        return str(self.chance.choice(found)).replace("{name}", self.part.given)
