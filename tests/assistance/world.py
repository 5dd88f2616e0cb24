"""One office with a worker, two supervisors and a nurse, and a case; another office that sees nothing by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from casework.access.models import Organisation
from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.service import open_case, refresh_access, take_on
from casework.codes import queries as codes
from casework.codes import service as code_lists
from casework.consent.models import Grant, GrantClass
from casework.db import db, utcnow, uuid7
from casework.people.names import Names
from casework.people.service import PersonData, register
from tests import factories


class World:
    """What most tests of help and of reintegration begin with. All names invented."""

    def __init__(self) -> None:
        codes.forget()
        code_lists.seed()
        self.office = factories.office()
        self.worker = factories.actor("case_worker", at_office=self.office)
        self.supervisor = factories.actor("supervisor", at_office=self.office, factor=True)
        self.second = factories.actor("supervisor", at_office=self.office, factor=True)
        self.nurse = factories.actor("health_worker", at_office=self.office)
        self.elsewhere = factories.office()
        self.stranger = factories.actor("case_worker", at_office=self.elsewhere)
        self.case = self.another_case()

    def another_case(self, person_id: object = None, by: Actor | None = None) -> Case:
        """A further open case, of a new person unless told."""
        by = by or self.worker
        person_id = person_id or register(PersonData(Names("Testfamily", "Given")), by=by).id
        return open_case(by=by, person_id=person_id, stations={"arrival": "open"})  # type: ignore[arg-type]

    def carried_by(self, actor: Actor, case: Case | None = None) -> None:
        """Let a colleague with a short reach carry the case; afterwards the worker does again on demand."""
        take_on(case or self.case, user_id=actor.user_id, by=actor)

    def share(self, case: Case, to: Organisation, classes: Sequence[str]) -> None:
        """Give another office access to classes of a case, as an accepted referral would."""
        grant = Grant(
            id=uuid7(), case_id=case.id, org_id=to.id, via="referral", reach="all", starts_at=utcnow(),
            ends_at=utcnow() + timedelta(days=365),
        )  # fmt: skip
        db.session.add(grant)
        db.session.flush()
        db.session.add_all([GrantClass(grant_id=grant.id, data_class=name) for name in classes])
        refresh_access(case)
