"""The program in demo mode with the demo in it: what the pictures and the checks of every kind of page look at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from casework import create_app
from casework.access.queries import actor_for, services_of
from casework.access.service import demo, passwords
from casework.assistance.models import ServiceLine
from casework.cases.models import Case, CaseGroup
from casework.cases.queries import visible_cases, visible_groups, visible_records
from casework.consent.models import ConsentEntry
from casework.db import db, today, utcnow
from casework.demo.load import load
from casework.identification.models import Screening
from casework.reintegration.models import FollowUp, Plan
from casework.repatriation.models import Movement, ReturnPath
from casework.repatriation.queries.movements import visible_movements
from config import Config
from tests.browser.server import Served
from tests.engines import Databases


@contextmanager
def demo_served(databases: Databases) -> Iterator[Served]:
    """Serve the demo from a database of its own."""
    url = databases.copy("sqlite")
    app = create_app(Config(mode="demo", data=databases.folder / "demo", database_url=url, keys=databases.keys))
    passwords.use_light_hashes()
    with app.app_context():
        load()
    running = Served(app)
    yield running
    running.close()
    databases.discard(app, url)


def code_of(served: Served, username: str) -> str:
    """The one-time code of a demo account, empty without one."""
    with served.inside():
        return demo.code_for(username)


def find(served: Served) -> dict[str, str]:
    """Addresses of pages worth looking at: the fullest of their kind that their user may see."""
    with served.inside():
        home, mission = "vanna", "sokha"
        return {
            "case": f"/cases/{_fullest(home, Plan)}",
            "person": f"/cases/{_fullest(home, Plan)}/person",
            "help": f"/cases/{_fullest('bopha', ServiceLine)}/help",
            "return": f"/cases/{_open_return(mission)}/return",
            "mission case": f"/cases/{_open_return(mission)}",
            "visit": _visit("rithy"),
            "send": _agreed("rithy"),
            "screening": f"/cases/{_open_case(mission)}",
            "group": f"/groups/{_newest(visible_groups(actor_for(mission)), CaseGroup).id}",
            "receipt": _receipt("bopha"),
            "journey": f"/journeys/{_newest(visible_movements(actor_for(mission)), Movement).id}",
        }


def _fullest(username: str, model: Any) -> UUID:
    """The open case of this user's own office with most records of a kind."""
    by = actor_for(username)
    rows = visible_records(by, model).with_only_columns(model.case_id)
    own = select(Case.id).where(Case.owner_org_id == by.organisation_id, Case.status == "open")
    query = rows.where(model.case_id.in_(own)).group_by(model.case_id).order_by(func.count().desc(), model.case_id)
    found: UUID | None = db.session.scalar(query.limit(1))
    assert found is not None, f"the demo has no {model.__name__} for {username}"
    return found


def _open_return(username: str) -> UUID:
    by = actor_for(username)
    rows = visible_records(by, ReturnPath).with_only_columns(ReturnPath.case_id).where(ReturnPath.state == "open")
    found: UUID | None = db.session.scalar(rows.order_by(ReturnPath.case_id).limit(1))
    assert found is not None
    return found


def _open_case(username: str) -> UUID:
    by = actor_for(username)
    screened = select(Screening.case_id)
    rows = visible_cases(by).with_only_columns(Case.id).where(Case.status == "open", Case.id.not_in(screened))
    own = rows.where(Case.owner_org_id == by.organisation_id)
    found: UUID | None = db.session.scalar(own.order_by(Case.id).limit(1))
    assert found is not None
    return found


def _agreed(username: str) -> str:
    """The form of a referral to an office with which the person agreed to share something for that."""
    by = actor_for(username)
    rows = select(ConsentEntry.case_id, ConsentEntry.recipient_org_id).join(Case, Case.id == ConsentEntry.case_id)
    rows = rows.where(
        Case.id.in_(visible_cases(by).with_only_columns(Case.id)),
        Case.status == "open",
        Case.owner_org_id == by.organisation_id,
        ConsentEntry.answer == "given",
        ConsentEntry.purpose == "referral",
        ConsentEntry.recipient_org_id != by.organisation_id,
        ConsentEntry.ends_at > utcnow(),
    )
    case_id, office = db.session.execute(rows.order_by(ConsentEntry.recorded_at.desc()).limit(1)).one()
    service = next(iter(services_of(office)))
    return f"/cases/{case_id}/referrals/new?to=org:{office}&service={service}"


def _newest(query: Select[Any], model: Any) -> Any:
    return db.session.scalars(query.order_by(model.id.desc()).limit(1)).one()


def _receipt(username: str) -> str:
    by = actor_for(username)
    row = _newest(visible_records(by, ServiceLine).where(ServiceLine.author_org_id == by.organisation_id), ServiceLine)
    return f"/cases/{row.case_id}/help/{row.id}/receipt"


def _visit(username: str) -> str:
    by = actor_for(username)
    rows = visible_records(by, FollowUp).where(FollowUp.state == "planned", FollowUp.due_on <= today())
    own = rows.where(FollowUp.author_org_id == by.organisation_id)
    row = db.session.scalars(own.order_by(FollowUp.template.desc(), FollowUp.id).limit(1)).one()
    return f"/cases/{row.case_id}/visits/{row.id}/record"
