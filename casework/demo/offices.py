"""The offices, accounts, deputies, funds and houses of the demo, from data/offices.toml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from casework.access.models import Membership, Organisation, Team, User
from casework.access.queries import actor_for, organisation_by_code
from casework.access.service import accounts, deputies, factors, organisations
from casework.assistance.service import add_fund, add_house, add_room
from casework.audit.recorder import SYSTEM
from casework.db import db, today
from casework.demo.script import table


def offices() -> list[dict[str, Any]]:
    """The offices of the file; the first ones are the parents of later ones."""
    return list(table("offices")["office"])


def users() -> list[dict[str, Any]]:
    """The accounts of the file."""
    return list(table("offices")["user"])


def present() -> bool:
    """Whether the demo was loaded into this database."""
    codes = [one["code"] for one in offices()]
    return db.session.scalar(select(Organisation.id).where(Organisation.code.in_(codes)).limit(1)) is not None


def make_offices() -> None:
    """Every office with the provinces and services it covers, and its teams."""
    for said in offices():
        parent = said.get("parent")
        row = organisations.create(
            code=said["code"],
            name=said["name"],
            name_km=said.get("name_km"),
            type=said["type"],
            country=said.get("country", "KHM"),
            parent_id=organisation_by_code(parent).id if parent else None,
            has_users=said.get("has_users", True),
            is_demo=True,
            by=SYSTEM,
        )
        services: Mapping[str, int] = said.get("services", {})
        if services or said.get("provinces"):
            capacity = {code: count or None for code, count in services.items()}
            organisations.set_coverage(row, provinces=said.get("provinces", []), services=capacity, by=SYSTEM)
        for name in said.get("teams", []):
            organisations.add_team(row, name=name, by=SYSTEM)


def make_users(password_hash: str) -> None:
    """Every account with its memberships and its second factor."""
    for said in users():
        first, *further = said["offices"]
        office = organisation_by_code(first)
        new = accounts.NewUser(
            username=said["username"],
            display_name=said["name"],
            roles=(said["role"],),
            language=said.get("language", "en"),
            team_id=_team(office, said.get("team")),
        )
        row = accounts.create(
            office, new, by=None, password_hash=password_hash, must_change_password=False, is_demo=True
        )
        for code in further:
            role = said.get("roles", {}).get(code, said["role"])
            accounts.join(row, organisation_by_code(code), roles=(role,), by=SYSTEM)
        factors.set_up_at_once(row)


def _team(office: Organisation, name: str | None) -> Any:
    if name is None:
        return None
    return db.session.scalars(select(Team.id).where(Team.organisation_id == office.id, Team.name == name)).one()


def make_funds() -> None:
    """Funds of the offices, kept by their administrator. Their projects are invented."""
    for said in table("offices")["fund"]:
        by = actor_for(said["by"], said["office"])
        add_fund(
            by=by,
            donor=said["donor"],
            project=table("offices")["projects"][said["project"]],
            currency="USD",
            budget=said.get("budget"),
            starts_on=today() - timedelta(days=30),
        )


def make_houses() -> None:
    """Houses with their rooms and beds, kept by the administrator of the office."""
    for said in table("offices")["house"]:
        by = actor_for(said["by"], said["office"])
        house = add_house(by=by, name=said["name"], directions=said["directions"])
        for room in said["rooms"]:
            add_room(house, by=by, **room)


def say_rooms() -> None:
    """Places that are free today, as the offices say."""
    for said in table("offices")["room"]:
        organisations.say_room(said["service"], said["free"], by=actor_for(said["by"]))


def name_deputies(until: date) -> None:
    """Who approves in a supervisor's place from today."""
    for said in table("offices")["deputy"]:
        by = actor_for(said["by"])
        other = db.session.scalars(
            select(Membership.id)
            .join(User, User.id == Membership.user_id)
            .where(User.username == said["deputy"], Membership.organisation_id == by.organisation_id)
        ).one()
        deputies.name_deputy(deputy_membership_id=other, starts_on=today(), ends_on=until, by=by)
