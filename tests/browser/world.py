"""The offices and people of the journeys: a mission abroad, a border office, an NGO there, an NGO at home."""

from __future__ import annotations

from dataclasses import dataclass

from casework.access.models import Organisation, OrganisationProvince, OrganisationService, Team
from casework.db import db, uuid7
from casework.writes.orchestrator import transaction
from tests import factories
from tests.browser.server import Served

MISSION, BORDER, SHELTER, HOME = "EMB-BKK", "POST-PPT", "NGO-PPT", "NGO-BTB"
OFFICES = {
    MISSION: ("Sample Mission, Bangkok", "mission", "THA", (), ("escort",)),
    BORDER: ("Sample Border Office, Poipet", "mosvy", "KHM", ("01",), ("transit_centre_night", "cooked_meal")),
    SHELTER: ("Sample Shelter, Poipet", "NGO", "KHM", ("01",), ("shelter_night", "cooked_meal")),
    HOME: ("Sample House, Battambang", "NGO", "KHM", ("02",), ("social_work_general", "family_mediation")),
}
"""Code -> name, type, country, provinces served, services offered. All invented."""

USERS = {
    "mission.officer": ("mission_officer", MISSION),
    "border.officer": ("supervisor", BORDER),
    "shelter.worker": ("case_worker", SHELTER),
    "shelter.admin": ("org_admin", SHELTER),
    "shelter.nurse": ("health_worker", SHELTER),
    "shelter.supervisor": ("supervisor", SHELTER),
    "home.worker": ("case_worker", HOME),
    "home.supervisor": ("supervisor", HOME),
    "home.coordinator": ("coordinator", HOME),
}
WITH_CODE = ("border.officer", "shelter.admin", "shelter.supervisor", "home.supervisor", "home.coordinator")
"""Who signs in with a one-time code as well."""


@dataclass(frozen=True)
class Person:
    """Whom a journey is about. Invented, and different for each width."""

    family: str
    given: str
    phone: str


def people(served: Served) -> None:
    """Make the offices with their teams, services and users; password `factories.PASSWORD`."""
    with served.inside(), transaction():
        factories.password_hash()
        for code, (name, kind, country, provinces, services) in OFFICES.items():
            row = factories.office(code, type=kind, country=country)
            row.name = name
            _cover(row, provinces, services)
            team = Team(id=uuid7(), organisation_id=row.id, name="First team")
            db.session.add(team)
            db.session.flush()
            for username, (role, office) in USERS.items():
                if office == code:
                    factories.user(role, at_office=row, team=team, name=username, factor=username in WITH_CODE)


def _cover(row: Organisation, provinces: tuple[str, ...], services: tuple[str, ...]) -> None:
    for province in provinces:
        db.session.add(OrganisationProvince(id=uuid7(), organisation_id=row.id, province=province))
    for service in services:
        db.session.add(OrganisationService(id=uuid7(), organisation_id=row.id, service_type=service, capacity=6))
    db.session.flush()
