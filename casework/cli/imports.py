"""`casework import cases`: bring cases in from a CSV or XLSX file."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import click

from casework.access.permissions import Actor, Permission, can
from casework.access.queries import actor_for, organisations
from casework.cli._program import WrongUse, program
from casework.errors import NotVisible
from casework.imports import mapping as mappings
from casework.imports.rows import Fault
from casework.imports.service import Outcome, import_cases
from casework.vault.cells import escape

group = click.Group("import", help="Bring data in.")


def write_errors(path: Path, faults: list[Fault]) -> None:
    """The error file: row, column, value, reason; readable by its owner only, for it may hold names."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(["row", "column", "value", "reason"])
        writer.writerows([fault.row, *map(escape, (fault.column, fault.value, fault.reason))] for fault in faults)


def told(outcome: Outcome, dry_run: bool) -> str:
    """The last line of the command."""
    if dry_run:
        good = outcome.read - outcome.faulty_rows
        return f"Checked {outcome.read} rows: {good} good, {outcome.faulty_rows} faulty. Nothing was written."
    return (
        f"Read {outcome.read} rows: {outcome.made} cases made, {outcome.known} known already, "
        f"{outcome.faulty_rows} faulty. {outcome.published} cases became visible."
    )


def _importer(username: str, organisation: str) -> Actor:
    """Who imports. Raises WrongUse with what is wrong: no such office, no place in it, no right to import."""
    if organisation not in {row.code for row in organisations(active=None)}:
        raise WrongUse(f"There is no organisation {organisation}.")
    try:
        by = actor_for(username, organisation)
    except NotVisible as error:
        raise WrongUse(f"User {username} does not belong to organisation {organisation}.") from error
    if not can(by, Permission.IMPORT_RUN):
        raise WrongUse(f"User {username} may not import for organisation {organisation}: the role does not allow it.")
    return by


@group.command("cases")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "map_name", required=True, help="Mapping file, or the name of one of ours.")
@click.option("--organisation", required=True, help="Code of the office whose cases these become.")
@click.option("--as", "username", required=True, help="User on whose account the import is run and logged.")
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@click.option("--all-or-nothing", is_flag=True, help="One faulty row stops the whole import.")
@click.option("--errors", type=click.Path(dir_okay=False, path_type=Path), help="Where faulty rows are listed.")
def cases(
    file: Path,
    map_name: str,
    organisation: str,
    username: str,
    dry_run: bool,
    all_or_nothing: bool,
    errors: Path | None,
) -> int:
    """Import cases. Exit code 1 when rows were faulty, 2 when the file or the mapping can't be used."""
    mapping = mappings.load(mappings.find(map_name))
    with program():
        by = _importer(username, organisation)
        outcome = import_cases(
            file,
            mapping,
            by=by,
            dry_run=dry_run,
            all_or_nothing=all_or_nothing,
            progress=lambda rows: click.echo(f"{rows} rows", err=True),
        )
    if outcome.faults:
        target = errors or file.with_name(file.name + ".errors.csv")
        write_errors(target, outcome.faults)
        click.echo(f"{len(outcome.faults)} faults are listed in {target}.", err=True)
    if all_or_nothing and outcome.faults and not dry_run:
        click.echo("Nothing was imported, because every row must be good.", err=True)
        return 1
    click.echo(told(outcome, dry_run))
    return 1 if outcome.faults else 0
