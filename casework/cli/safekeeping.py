"""`casework backup`, `restore`, `drill`, `backup-key`: copies that come back, and the proof that they do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from casework.cli._program import Found, WrongUse, program, settings
from casework.db import utcnow
from casework.safekeeping import age
from casework.safekeeping import bring as bringing
from casework.safekeeping import drill as drilling
from casework.safekeeping import take as taking
from casework.safekeeping.bring import Report
from casework.safekeeping.errors import Damaged

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
MEGABYTE = 1_000_000


def _judging(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that restore and drill share."""
    for option in (
        click.option("--anchor", type=FILE, help="The outside copy of the audit's heads ('casework audit anchor')."),
        click.option("--erased", type=FILE, help="Erasures done since ('casework keys erased'), if the keys are old."),
        click.option("--identity", type=FILE, required=True, help="Secret age key of one of the recipients."),
    ):
        command = option(command)
    return command


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Damaged as error:
        raise Found(str(error)) from error


@click.command()
@click.option("--to", type=FOLDER, required=True, help="Folder for backups alone; made with mode 0700.")
@click.option("--keys-to", type=FOLDER, help="Another folder for the keys, so that the two lie in two places.")
@click.option("--recipient", "recipients", multiple=True, help="Public age key (age1...) of who may open it; two.")
def backup(to: Path, keys_to: Path | None, recipients: tuple[str, ...]) -> None:
    """Back up all data and, in a file apart, the keys, while people work. Both files only its recipients can open."""
    os.umask(0o077)
    age.recipients(recipients)
    with program(), _told():
        made = taking.make(to, keys_to or to, recipients)
    click.echo(f"Data: {made.data} ({made.rows} rows, {made.files} files)")
    click.echo(f"Keys: {made.keys}")
    if made.missing:
        raise Found(f"The backup was made, but {len(made.missing)} files are missing on the disk: {made.missing[0]}.")


@click.command()
@click.argument("file", type=FILE)
@click.option("--keys", type=FILE, required=True, help="The keys of this backup, or of a later one: rather those.")
@_judging
@click.option("--keep-anyway", is_flag=True, help="Keep what was restored although a check found something wrong.")
def restore(
    file: Path, keys: Path, identity: Path, erased: Path | None, anchor: Path | None, keep_anyway: bool
) -> None:
    """Restore FILE into the empty place that the settings name. Exit code 1 when something is wrong with it."""
    os.umask(0o077)
    sources = bringing.Sources(file, keys, identity, erased, anchor)
    with _told():
        report = bringing.restore(sources, settings(), keep=lambda report: keep_anyway or not report.findings)
    _tell(report)
    if report.findings:
        raise Found("It was kept all the same." if keep_anyway else "Nothing was kept.")
    click.echo("Restored. Run 'casework prepare', then start the program.")


@click.command()
@click.option("--from", "folder", type=FOLDER, required=True, help="Folder of the backups; the newest is taken.")
@click.option("--keys-from", type=FOLDER, help="Folder of the keys, if they lie apart.")
@_judging
@click.option("--database", "database_url", default="", help="An empty PostgreSQL database to use; else SQLite.")
@click.option("--scratch", type=FOLDER, help="Where the throw-away folder is made; else the system's own place.")
def drill(
    folder: Path, keys_from: Path | None, identity: Path, erased: Path | None, anchor: Path | None,
    database_url: str, scratch: Path | None,
) -> None:  # fmt: skip
    """Prove that the newest backup comes back: restore it into a throw-away place, check it, remove everything."""
    os.umask(0o077)
    if database_url and not database_url.startswith("postgres"):
        raise WrongUse("--database names an empty PostgreSQL database. Leave it out to use SQLite.")
    with _told():
        done = drilling.drill(
            folder, keys_from or folder, identity,
            anchor=anchor, erased=erased, database_url=database_url, scratch=scratch,
        )  # fmt: skip
    click.echo(f"{done.file}, restored to {done.engine} in {done.seconds:.0f} seconds; everything was removed again.")
    _tell(done.report)
    if done.report.findings:
        raise Found(f"The backup did not prove itself: {len(done.report.findings)} found.")
    click.echo("The backup is good.")


@click.command("backup-key")
@click.argument("file", type=FILE)
def backup_key(file: Path) -> None:
    """Make a key pair for backups: the secret key into FILE, the public one is printed. Not on the server."""
    secret, public = age.new_identity()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise WrongUse(f"{file} is there already; a key is never overwritten.") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(f"# public key: {public}\n{secret}\n")
    click.echo(public)


def _tell(report: Report) -> None:
    """What was proved, a line each; then what was found."""
    data, proof = report.data, report.proof
    click.echo(f"Made {_ago(utcnow() - data.moment)} ago ({data.made_at}), revision {data.revision}, {data.engine}.")
    size = data.files["bytes"] / MEGABYTE
    click.echo(f"Rows: {data.rows} in {len(data.tables)} tables; files: {data.files['count']} ({size:.1f} MB).")
    click.echo("Digests, counts and references: as they were backed up.")
    click.echo(f"Audit: {proof.chains} chains walked to the heads of that moment.")
    click.echo(f"Opened: {proof.opened_rows} sealed rows, {proof.opened_files} files; erased: {proof.erased}.")
    click.echo(f"Erased again: {report.destroyed_again} keys. Search index: {report.searchable} entries.")
    if report.without_key and not report.findings:
        click.echo(f"{report.without_key} drafts or others ended since; their keys are gone.")
    if data.files["missing"]:
        click.echo(f"Files missing already when the backup was made: {len(data.files['missing'])}.")
    for finding in report.findings:
        click.echo(f"Wrong: {finding}")


def _ago(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    return f"{hours // 24} days" if hours >= 48 else f"{hours} hours"
