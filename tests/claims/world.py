"""What the tests of claims begin with: an office with a case worker and a lawyer brought in, and a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.service import bring_in
from casework.claims import service
from casework.claims.models import Hearing, Proceeding
from casework.claims.service import HearingData, ProceedingData, StageData
from casework.db import utcnow
from tests.factories import actor, office
from tests.identification.world import case_of


@dataclass
class Scene:
    """A case, its worker, its lawyer."""

    worker: Actor
    lawyer: Actor
    case: Case


def scene() -> Scene:
    """An office of its own with a case; the lawyer helps with it."""
    place = office()
    boss, worker, lawyer = (actor(role, at_office=place) for role in ("supervisor", "case_worker", "legal_worker"))
    case = case_of(worker)
    bring_in(case, user_id=lawyer.user_id, by=boss, reason="skills")
    return Scene(worker, lawyer, case)


def prosecuted(found: Scene, **more: Any) -> Proceeding:
    """A criminal proceeding with a planted lawyer and other side."""
    data = ProceedingData(
        **{"role": "victim", "country": "KHM", "lawyer": "Planted Lawyer", "party": "Planted Broker", **more}
    )
    return service.start_proceeding(found.case, "criminal", data, StageData("complaint"), by=found.lawyer)


def heard(found: Scene, row: Proceeding, days: int = 10) -> Hearing:
    """A hearing in some days."""
    due = utcnow() + timedelta(days=days)
    return service.plan_hearing(row, found.case, HearingData("hearing", due, "Planted court"), by=found.lawyer)
