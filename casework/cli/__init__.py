"""The console command `casework`. Exit code 0: done; 1: something wrong was found; 2: wrong use or bad input."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from types import ModuleType

import click
from sqlalchemy.exc import DBAPIError

from casework.errors import DomainError
from casework.startup import Refused, refused_step
from casework.vault.errors import KeyFileError


def commands_of(module: ModuleType) -> list[click.Command]:
    """The commands and groups a module of this folder defines at its top, without the members of its groups."""
    found = [value for value in vars(module).values() if isinstance(value, click.Command)]
    members = {id(member) for one in found if isinstance(one, click.Group) for member in one.commands.values()}
    return [one for one in found if id(one) not in members]


def modules() -> Iterator[ModuleType]:
    """Every module of this folder; a new file here is a new command."""
    for info in pkgutil.iter_modules(__path__):
        if not info.name.startswith("_"):
            yield importlib.import_module(f"{__name__}.{info.name}")


def collect() -> click.Group:
    """The whole command line."""
    root = click.Group("casework", help="Commands for those who run Casework.")
    for module in modules():
        for command in commands_of(module):
            root.add_command(command)
    return root


def main(arguments: list[str] | None = None) -> int:
    """Run one command; every refusal is one sentence on stderr, never a traceback."""
    try:
        outcome = collect().main(arguments, prog_name="casework", standalone_mode=False)
    except click.ClickException as refusal:
        refusal.show(sys.stderr)
        return refusal.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
        return 2
    except (KeyFileError, Refused) as refusal:
        click.echo(f"casework: {refusal}", err=True)
        return 2
    except DomainError as refusal:
        click.echo(f"casework: {refusal.message % refusal.values}", err=True)
        return 2
    except DBAPIError as error:
        # The statement and its values may name a person; only the kind of trouble is told, and the step of a migration.
        click.echo(f"casework: the database refused{refused_step(error)}: {type(error.orig).__name__}.", err=True)
        return 2
    except OSError as error:
        click.echo(f"casework: {error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True)
        return 2
    return outcome if isinstance(outcome, int) else 0
