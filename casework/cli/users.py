"""`casework organisations`, `casework users`, `casework create-admin`: who is there, and the first way in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import click
from sqlalchemy import select

from casework.access.models import Organisation, User
from casework.access.queries import members, organisation_by_code, organisations, policies, provinces_of, services_of
from casework.access.service import accounts, passwords, roles, sessions
from casework.access.service import organisations as offices
from casework.audit.recorder import SYSTEM
from casework.cli._program import WrongUse, program
from casework.db import db
from casework.errors import NotVisible
from casework.writes.orchestrator import transaction

Row = Mapping[str, object]
FORMAT = click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)


def show(rows: Iterable[Row], shape: str) -> None:
    """Rows as JSON, or one line each with a tab between the values."""
    listed = list(rows)
    if shape == "json":
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for row in listed:
        click.echo("\t".join(_plain(value) for value in row.values()))


@click.command("organisations")
@FORMAT
def list_organisations(shape: str) -> None:
    """List the organisations."""
    with program():
        show(
            [
                {
                    "code": row.code,
                    "name": row.name,
                    "name_km": row.name_km,
                    "type": row.type,
                    "country": row.country,
                    "has_users": row.has_users,
                    "active": row.active,
                    "provinces": provinces_of(row.id),
                    "services": services_of(row.id),
                }
                for row in organisations(active=None)
            ],
            shape,
        )


@click.group("users", invoke_without_command=True)
@FORMAT
@click.option("--organisation", "code", help="Only those of this organisation.")
@click.pass_context
def users(context: click.Context, shape: str, code: str | None) -> None:
    """List the users, or reset a password."""
    if context.invoked_subcommand is not None:
        return
    with program():
        office_id = _office(code).id if code else None
        show(
            [
                {
                    "username": row.username,
                    "name": row.display_name,
                    "organisation": row.organisation_code,
                    "roles": list(row.roles),
                    "team": row.team_name,
                    "active": row.active,
                    "second_factor": row.factor,
                }
                for row in members(office_id, only_current=False)
            ],
            shape,
        )


@users.command("reset-password")
@click.argument("username")
def reset_password(username: str) -> None:
    """Give a user a one-time password, printed once; all sessions end, the second step stays."""
    with program():
        text = passwords.one_time()
        hashed = passwords.make(text)
        with transaction():
            user = _user(username)
            accounts.reset_password(user, password_hash=hashed, by=None)
        _hand_over(username, text)


@users.command("end-sessions")
@click.argument("username")
def end_sessions(username: str) -> None:
    """Sign a user out everywhere."""
    with program(), transaction():
        count = sessions.end_all(_user(username).id, reason="ended_by_administrator", by=SYSTEM)
    click.echo(f"{count} sessions ended.")


@click.command("create-admin")
@click.argument("username")
@click.option("--name", "display_name", required=True, help="Name as colleagues know it.")
@click.option("--organisation", "code", required=True, help="Code of the organisation; made if it is not there yet.")
@click.option("--organisation-name", default="", help="Its name, if it has to be made.")
@click.option("--type", "kind", default="NGO", show_default=True, help="Its kind, a code of organisation_type.")
@click.option("--further", is_flag=True, help="Although there is a system administrator already.")
def create_admin(username: str, display_name: str, code: str, organisation_name: str, kind: str, further: bool) -> None:
    """Make a system administrator with a one-time password, printed once."""
    with program():
        text = passwords.one_time()
        hashed = passwords.make(text)
        with transaction():
            roles.seed()
            if accounts.any_administrator() and not further:
                raise WrongUse("There is a system administrator already. Ask them, or add --further.")
            new = accounts.NewUser(username, display_name, ("system_admin",))
            try:
                office = organisation_by_code(code)
            except NotVisible:
                office = offices.create(code=code, name=organisation_name or code, type=kind, by=SYSTEM)
            accounts.create(office, new, by=None, password_hash=hashed)
        _hand_over(username, text)


@click.command("roles")
@FORMAT
def list_roles(shape: str) -> None:
    """List the roles with what they allow."""
    with program():
        show(
            [
                {
                    "code": one.code,
                    "label": one.label,
                    "scope": one.scope.name.lower(),
                    "permissions": sorted(one.permissions),
                    "classes": sorted(one.classes),
                }
                for one in policies().values()
            ],
            shape,
        )


def _hand_over(username: str, text: str) -> None:
    click.echo(f"User name: {username.strip().casefold()}")
    click.echo(f"One-time password: {text}")
    click.echo("It is shown this once and has to be changed at the first sign-in.")


def _user(username: str) -> User:
    found = db.session.execute(select(User).where(User.username == username.strip().casefold())).scalar_one_or_none()
    if found is None:
        raise WrongUse(f"There is no user {username}.")
    return found


def _office(code: str) -> Organisation:
    try:
        return organisation_by_code(code)
    except NotVisible:
        raise WrongUse(f"There is no organisation {code}.") from None


def _plain(value: object) -> str:
    if isinstance(value, list | dict):
        return ",".join(str(one) for one in value)
    return "" if value is None else str(value)
