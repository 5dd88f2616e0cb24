"""`casework codes`: holidays typed in each year, own codes and labels; for who looks after the system."""

from __future__ import annotations

from datetime import date

import click
from sqlalchemy import select

from casework.access.permissions import Actor
from casework.access.queries import actor_for
from casework.cli._program import WrongUse, program
from casework.codes import service
from casework.codes.models import CodeEntry
from casework.db import db
from casework.errors import NotVisible
from casework.writes.orchestrator import transaction

codes = click.Group("codes", help="Holidays and code lists.")
AS = click.option("--as", "username", required=True, metavar="USER", help="Who does it: a system administrator.")
COUNTRY = click.option("--country", default="KHM", show_default=True, help="Whose holiday it is, three letters.")


def _actor(username: str) -> Actor:
    try:
        return actor_for(username)
    except NotVisible:
        raise WrongUse(f"There is no user {username}.") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(f"'{text}' is no day. Write it as 2027-04-14.") from None


@codes.command("add-holiday")
@click.argument("day")
@click.argument("label")
@COUNTRY
@AS
def add_holiday(day: str, label: str, country: str, username: str) -> None:
    """Keep DAY free under the name LABEL: working days are counted without it from now on."""
    with program(), transaction():
        service.add_holiday(_day(day), label=label, by=_actor(username), country=country)
    click.echo(f"{day} is a holiday in {country}.")


@codes.command("remove-holiday")
@click.argument("day")
@COUNTRY
@AS
def remove_holiday(day: str, country: str, username: str) -> None:
    """Make DAY a working day again."""
    with program(), transaction():
        try:
            service.take_off_holiday(_day(day), by=_actor(username), country=country)
        except NotVisible:
            raise WrongUse(f"{day} is no holiday in {country}.") from None
    click.echo(f"{day} is a working day in {country}.")


@codes.command()
@click.argument("list_name", metavar="LIST")
@click.argument("code")
@click.argument("label")
@click.option("--group", default="", help="The group of the list it belongs to.")
@AS
def add(list_name: str, code: str, label: str, group: str, username: str) -> None:
    """Add a code of your own at the end of LIST, such as a donor, with its LABEL in English."""
    with program(), transaction():
        try:
            service.add_code(list_name, code, label_en=label, by=_actor(username), group=group)
        except NotVisible:
            raise WrongUse(f"There is no list {list_name}.") from None
    click.echo(f"{list_name}: {code} is added.")


@codes.command()
@click.argument("list_name", metavar="LIST")
@click.argument("code")
@click.option("--label", help="The label in English.")
@click.option("--label-km", help="The label in Khmer.")
@click.option("--offer/--withdraw", default=None, help="Whether forms offer the code. Records that hold it keep it.")
@AS
def change(
    list_name: str, code: str, label: str | None, label_km: str | None, offer: bool | None, username: str
) -> None:
    """Change how CODE of LIST is called, or whether forms offer it."""
    asked = {"label_en": label, "label_km": label_km, "active": offer}
    changes = {name: value for name, value in asked.items() if value is not None}
    if not changes:
        raise WrongUse("Say what changes: --label, --label-km, --offer or --withdraw.")
    with program(), transaction():
        by = _actor(username)
        version = select(CodeEntry.version).where(CodeEntry.list == list_name, CodeEntry.code == code)
        try:
            service.edit(list_name, code, by=by, version=db.session.scalar(version) or 0, changes=changes)
        except NotVisible:
            raise WrongUse(f"The list {list_name} has no code {code}.") from None
    click.echo(f"{list_name}: {code} is changed.")
