"""`casework demo load` and `casework demo accounts`: invented cases to try the program with, and who signs in."""

from __future__ import annotations

import gc
import time

import click
from flask import current_app

from casework.access.service import demo as access
from casework.cli._program import WrongUse, program
from casework.demo.load import Stumbled
from casework.demo.load import load as load_demo


@click.group("demo")
def demo() -> None:
    """Invented offices, accounts and cases, in demo mode only."""


@demo.command("load")
def load() -> None:
    """Load the invented cases. A second time it changes nothing."""
    with program():
        _only_in_demo_mode()
        begun = time.monotonic()
        # What is loaded by now stays; looking through it again and again takes a tenth of the time.
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        try:
            done = load_demo()
        except Stumbled as error:
            raise WrongUse(f"The demo data do not fit this version: {error}") from error
        if not done.cases:
            click.echo("The demo data are there already.")
            return
        seconds = time.monotonic() - begun
        click.echo(f"{done.offices} offices, {done.users} accounts and {done.cases} cases in {seconds:.0f} seconds.")


@demo.command("accounts")
def accounts() -> None:
    """Print who can sign in, with the password and the code that works now."""
    with program():
        _only_in_demo_mode()
        listed = access.accounts()
        if not listed:
            click.echo("There are no demo accounts. Run 'casework demo load'.")
            return
        click.echo(f"Sign in with one of these; the password of all is {access.PASSWORD}")
        click.echo("The codes change every half minute; the sign-in page shows the newest ones.")
        for row in listed:
            works = "; ".join(f"{', '.join(roles)}, {office}" for office, roles in row.works)
            click.echo(f"  {row.username:9} {row.code:6}  {works}")


def _only_in_demo_mode() -> None:
    if not current_app.config["CASEWORK_DEMO"]:
        raise WrongUse("This works in demo mode only: real cases and invented ones never share a database.")
