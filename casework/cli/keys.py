"""`casework keys`: what the key ring looks like, new keys, wrapping anew, erasing a person, again after a restore."""

from __future__ import annotations

import uuid
from pathlib import Path

import click

from casework.audit import erasure
from casework.audit.recorder import SYSTEM, record
from casework.cli._program import WrongUse, program
from casework.vault import tombstones, upkeep
from casework.writes.orchestrator import transaction

keys = click.Group("keys", help="The key ring and the data keys.")


@keys.command()
def status() -> None:
    """Check that the keys fit this database, and count what they hold. Prints no key."""
    with program():
        upkeep.check()
        found = upkeep.status()
    click.echo(f"demo keys: {'yes' if found.demo else 'no'}")
    for number, wrapped in sorted(found.keks.items()):
        click.echo(f"key {number}: wraps {wrapped} data keys{', active' if number == found.active else ''}")
    for kind, count in sorted(found.roots.items()):
        click.echo(f"{kind}: {count}")
    click.echo(f"erased: {found.tombstones}")


@keys.command("new-kek")
def new_kek() -> None:
    """Add a new key to the ring; it wraps from now on. Copy the key folder to its safe place afterwards."""
    with program():
        upkeep.check()
        number = upkeep.new_kek()
        with transaction():
            record(SYSTEM, "keys.new_kek", body={"kek": number})
    click.echo(f"Key {number} is active. Save the key folder, then run 'casework keys rewrap'.")


@keys.command()
@click.option("--destroy-old", is_flag=True, help="Then destroy the older keys: erased people stay erased in backups.")
def rewrap(destroy_old: bool) -> None:
    """Wrap all data keys with the active key. It can be broken off and run again."""
    with program():
        upkeep.check()
        done, more = 0, True
        while more:
            with transaction():
                count = upkeep.rewrap()
            done, more = done + count, count > 0
        destroyed = [number for number in upkeep.status().keks if number != upkeep.status().active]
        for number in destroyed if destroy_old else []:
            upkeep.retire(number)
        with transaction():
            record(SYSTEM, "keys.rewrapped", body={"count": done, "destroyed": destroyed if destroy_old else []})
    click.echo(f"{done} data keys wrapped anew.")


@keys.command()
@click.argument("request_id")
@click.option("--yes", is_flag=True, help="Do not ask again.")
def erase(request_id: str, yes: bool) -> None:
    """Erase a person for good, by the id of a request that two people approved."""
    try:
        wanted = uuid.UUID(request_id)
    except ValueError:
        raise WrongUse("Give the id of the request, as its page shows it.") from None
    if not yes:
        click.confirm("Nothing brings the names, numbers and texts back. Erase?", abort=True)
    with program():
        with transaction():
            count = erasure.erase(wanted, by=SYSTEM)
        upkeep.scrub()
    click.echo(f"Erased: {count} keys of one person. Now run 'casework keys new-kek' and 'rewrap --destroy-old'.")


@keys.command("erased")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def list_erased(file: Path) -> None:
    """Write to FILE what was erased until now: ids and days only. Keep the newest apart from the backups."""
    with program():
        listed = list(tombstones.lines())
    file.write_text("".join(f"{line}\n" for line in listed), encoding="utf-8")
    click.echo(f"Listed: {len(listed)} erased keys.")


@keys.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def reapply(file: Path | None) -> None:
    """After a restore, before anybody signs in: erase again what FILE (from 'keys erased') and the database name."""
    try:
        kept = tombstones.read(file.read_text(encoding="utf-8")) if file else []
    except ValueError as error:
        raise WrongUse(f"{file}: {error}.") from None
    with program():
        upkeep.check()
        with transaction():
            count = tombstones.reapply(kept)
            record(SYSTEM, "keys.reapplied", body={"count": count})
        upkeep.scrub()
    click.echo(f"Erased again: {count} keys. Now run 'casework search rebuild'.")
