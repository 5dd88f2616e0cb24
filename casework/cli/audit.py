"""`casework audit`: proves that nobody changed the record of who did and saw what, and anchors it outside."""

from __future__ import annotations

from pathlib import Path

import click

from casework.audit import verify as checks
from casework.cli._program import Found, program
from casework.db import db

audit = click.Group("audit", help="The record of who did and saw what.")


@audit.command()
@click.option("--anchor", type=click.Path(dir_okay=False, path_type=Path), help="The outside copy to compare with.")
def verify(anchor: Path | None) -> None:
    """Recompute every chain. Exit code 1 and the first bad event of each chain when anything differs."""
    with program():
        if db.engine.dialect.name == "postgresql":  # heads and events must be of one moment
            db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        findings = checks.verify(anchor)
    for finding in findings:
        click.echo(str(finding))
    if findings:
        raise Found(f"The record was changed: {len(findings)} found.")
    click.echo("The record is whole.")


@audit.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def anchor(file: Path) -> None:
    """Append the heads of all chains to FILE. Keep it on another host, or print its last line, at least hourly."""
    with program():
        moved = checks.anchor(file)
    click.echo(f"Anchored: {moved} chains moved since the last time.")
