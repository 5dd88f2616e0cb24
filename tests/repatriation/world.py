"""What the tests of the return begin with: a mission that owns a case, a partner office, parties without accounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.access.models import Organisation
from casework.access.permissions import Actor
from casework.cases.models import Approval, CaseStation
from casework.cases.service import refresh_access
from casework.consent.models import ConsentEntry
from casework.consent.service import give
from casework.db import db
from casework.repatriation import service
from casework.repatriation.models import (
    BestInterest,
    FamilyTracing,
    ReturnDecision,
    ReturnPath,
    ReturnStep,
    ReturnStepChange,
)
from casework.repatriation.queries import gates, steps_of
from tests import factories as make
from tests import scenes
from tests.sharing.scene import case_of, child_of

THAILAND = "THA"


@dataclass
class World:
    """A mission abroad with two officers and a supervisor, an NGO at home, a commune without accounts."""

    mission: Organisation = field(default_factory=lambda: make.office(type="mofaic", country="THA"))
    ngo: Organisation = field(default_factory=lambda: make.office(type="NGO"))
    commune: Organisation = field(default_factory=lambda: make.office(type="NGO", has_users=False))

    def __post_init__(self) -> None:
        self.officer = make.actor("mission_officer", at_office=self.mission)
        self.supervisor = make.actor("supervisor", at_office=self.mission, factor=True)
        self.worker = make.actor("case_worker", at_office=self.ngo)
        self.stranger = make.actor("case_worker")
        self.case = case_of(self.officer)

    def child(self) -> None:
        """The case is one of a child instead."""
        self.case = child_of(self.officer)

    def start(self, direction: str = "INBOUND", **more: Any) -> ReturnPath:
        """Plan a return."""
        values: dict[str, Any] = {"direction": direction} | more
        if direction != "DOMESTIC":
            values.setdefault("other_country", THAILAND)
        return service.start_return(self.case, service.Journey(**values), by=self.officer)

    def share(self, to: Organisation | None = None, *classes: str) -> None:
        """Open the travel part of the case to an office."""
        scenes.grant(self.case, (to or self.ngo).id, classes or ("travel", "demographic"))

    def agree(self, purpose: str = "repatriation") -> ConsentEntry:
        """The person agrees to return travel."""
        entry = give(
            self.case, by=self.officer, purpose=purpose, classes=["identity", "travel"], form="written",
            recipient_org_id=self.ngo.id, **self._giver(),
        )  # fmt: skip
        refresh_access(self.case)
        return entry

    def _giver(self) -> dict[str, Any]:
        return {}

    def decide(self, path: ReturnPath, answer: str = "yes", **more: Any) -> ReturnDecision:
        """The person decides."""
        values: dict[str, Any] = {"by": self.officer, "answer": answer, "informed": "in_person"} | more
        return service.decide(path, self.case, **values)

    def check(self, path: ReturnPath, kind: str, result: str = "yes") -> None:
        """Record a result."""
        service.add_check(path, self.case, by=self.officer, kind=kind, result=result)

    def best(self, path: ReturnPath, result: str = "yes", *, confirmed: bool = True) -> BestInterest:
        """A best-interest decision, confirmed by the supervisor."""
        data = service.InterestData(result=result, sat="A, B", views="Home", reasons="C")
        row = service.decide_interest(path, self.case, data, by=self.officer)
        if confirmed:
            waiting = self.approval(row.id)
            service.confirm_interest(waiting, row, path, self.case, by=self.supervisor, decision="approved", reason="")
        return row

    def may_trace(self) -> ConsentEntry:
        """The person agrees that the family is looked for."""
        entry = give(
            self.case, by=self.officer, purpose="family_tracing", classes=["family"], form="written",
            recipient_org_id=self.ngo.id,
        )  # fmt: skip
        refresh_access(self.case)
        return entry

    def ask_family(self, path: ReturnPath, **more: Any) -> FamilyTracing:
        """A request about the family."""
        values: dict[str, Any] = {"action": "a_individual", "told": "A name", "cover": "A friend of the school"} | more
        values.setdefault("asked_party", None if "asked_org_id" in values else "local_authority")
        return service.ask_family(path, self.case, service.TraceData(**values), by=self.officer)

    def clear(self, path: ReturnPath) -> ConsentEntry:
        """Open every gate of an adult's return."""
        entry = self.agree()
        self.check(path, "safety")
        self.check(path, "fit")
        service.name_receiver(path, self.case, by=self.officer, org_id=self.commune.id)
        self.decide(path)
        return entry

    def closed(self, path: ReturnPath) -> set[str]:
        """Kinds of the gates that are closed."""
        return {gate.kind for gate in gates(self.case, path) if not gate.open}

    def step(self, path: ReturnPath, code: str) -> ReturnStep:
        """The newest round of a step."""
        return [step for step in steps_of(path) if step.code == code][-1]

    def states(self, path: ReturnPath) -> dict[str, str]:
        """Step code -> state of its newest round."""
        return {step.code: step.state for step in steps_of(path)}

    def station(self, name: str) -> str:
        """State of a station of the case."""
        return db.session.get_one(CaseStation, (self.case.id, name)).state

    def approval(self, record_id: UUID) -> Approval:
        """The approval asked for a record."""
        return db.session.query(Approval).filter_by(record_id=record_id).one()

    def finish(self, path: ReturnPath, code: str, *, by: Actor | None = None, **more: Any) -> None:
        """End a step, opened first if need be."""
        step, by = self.step(path, code), by or self.officer
        if step.state == "planned":
            service.open_step(step, path, self.case, by=by)
        service.finish_step(step, path, self.case, by=by, **more)


def history(path: ReturnPath) -> list[ReturnStepChange]:
    """Every change of every step of a return, in their order."""
    steps = select(ReturnStep.id).where(ReturnStep.path_id == path.id)
    changes = select(ReturnStepChange).where(ReturnStepChange.step_id.in_(steps))
    return list(db.session.scalars(changes.order_by(ReturnStepChange.at, ReturnStepChange.id)))
