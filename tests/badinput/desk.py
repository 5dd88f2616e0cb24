"""A case worker at a desk: every form of bench.kinds within reach, and an office whose ids are not for this one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from werkzeug.test import encode_multipart

from casework.access.models import Team
from casework.access.permissions import Actor
from casework.access.queries import actor_for
from casework.cases.models import Case
from casework.cases.service import open_case
from casework.codes.dates import PartialDate, Precision
from casework.db import db, uuid7
from casework.people.names import Names
from casework.people.service import PersonData, register
from tests import factories

GROWN = PartialDate(date(1990, 5, 4), date(1990, 5, 4), Precision.DAY)


class Desk:
    """What the aims of bench.kinds need, inside one test's transaction."""

    def __init__(self) -> None:
        self.actors: dict[str, Actor] = {}
        for side in ("here", "there"):
            office = factories.office(type="NGO")
            team = Team(id=uuid7(), organisation_id=office.id, name="Team")
            db.session.add(team)
            db.session.flush()
            for letter in "abc":
                made = factories.user("case_worker", "supervisor", at_office=office, team=team, factor=True)
                self.actors[f"{side}_{letter}"] = actor_for(made.username)
        self.by = self.actors["here_a"]
        self.case = self._case(self.by)
        self.foreign = self._case(self.actors["there_a"])
        db.session.commit()
        self.case_id = self.case.id

    def _case(self, by: Actor) -> Case:
        data = PersonData(names=Names(latin_family="Sampleson", latin_given="Bad"), sex="female", birth=GROWN)
        stations = {"identification": "open", "arrival": "open"}
        return open_case(by=by, person_id=register(data, by=by).id, stations=stations)

    def fresh_case(self) -> Case:
        """A new case of this office."""
        return self._case(self.by)

    def any_case(self) -> UUID:
        """The case of this office."""
        return self.case.id


def packed(values: Mapping[str, Any]) -> dict[str, Any]:
    """A form with files as it travels, made in memory: the test client would spool it and leave the file open."""
    boundary, body = encode_multipart(values)
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}
