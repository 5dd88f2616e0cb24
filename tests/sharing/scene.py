"""A small scene for the tests of sharing: offices with people in them, one person's case, and the usual steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from casework.access.models import Organisation
from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.service import open_case
from casework.codes.dates import PartialDate, Precision
from casework.consent.models import ConsentEntry
from casework.db import uuid7
from casework.people.names import Names
from casework.people.service import PersonData, register
from casework.referrals.models import Referral
from casework.referrals.service import Wanted
from casework.sharing import service
from tests import factories as make

BASICS = ("identity", "demographic", "needs_risk", "safe_contact")
GROWN = PartialDate(date(1990, 5, 4), date(1990, 5, 4), Precision.DAY)
SHELTER = "shelter_night"


@dataclass
class Scene:
    """A home office with worker and supervisor, a shelter, a clinic, the police, and a commune without accounts."""

    home: Organisation = field(default_factory=lambda: make.office(type="NGO"))
    shelter: Organisation = field(default_factory=lambda: make.office(type="NGO"))
    clinic: Organisation = field(default_factory=lambda: make.office(type="NGO"))
    police: Organisation = field(default_factory=lambda: make.office(type="moi_ahtjp"))
    commune: Organisation = field(default_factory=lambda: make.office(type="NGO", has_users=False))

    def __post_init__(self) -> None:
        self.worker = make.actor("case_worker", at_office=self.home)
        self.supervisor = make.actor("supervisor", at_office=self.home, factor=True)
        self.host = make.actor("case_worker", at_office=self.shelter)
        self.nurse = make.actor("health_worker", at_office=self.clinic)
        self.case = case_of(self.worker)

    def agree(self, *, to: Organisation | None = None, classes: tuple[str, ...] = BASICS, **more: Any) -> ConsentEntry:
        """The person agrees to share with an office (the shelter)."""
        values: dict[str, Any] = {"purpose": "referral", "form": "written"} | more
        office = to or self.shelter
        return service.record_given(self.case, by=self.worker, classes=classes, recipient_org_id=office.id, **values)

    def wanted(self, to: Organisation | None = None, **more: Any) -> Wanted:
        """A bed at the shelter, by tomorrow."""
        values: dict[str, Any] = {
            "service_type": SHELTER, "priority": "emergency", "purpose": "referral",
            "to_org_id": (to or self.shelter).id, "need": "A bed for some weeks",
        }  # fmt: skip
        return Wanted(**values | more)

    def send(self, to: Organisation | None = None, by: Actor | None = None, **more: Any) -> Referral:
        """Look at the packet and send it."""
        wanted, by = self.wanted(to, **more), by or self.worker
        digest = service.look(self.case, by=by, wanted=wanted).digest
        return service.send(self.case, by=by, wanted=wanted, digest=digest)


def case_of(by: Actor, name: str = "Testdara", birth: PartialDate = GROWN) -> Case:
    """A case of an adult, opened by `by`."""
    case_id: UUID = uuid7()
    data = PersonData(names=Names(latin_family="Sampleson", latin_given=name), sex="female", birth=birth)
    return open_case(by=by, person_id=register(data, by=by, case_id=case_id).id)


def child_of(by: Actor) -> Case:
    """A case of somebody who may be a child: the birth is not known."""
    return case_of(by, birth=PartialDate(None, None, Precision.UNKNOWN))
