"""`casework search`: builds the search index anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from casework.audit.recorder import SYSTEM, record
from casework.cli._program import program
from casework.vault import upkeep
from casework.vault.rebuild import rebuild as build
from casework.writes.orchestrator import transaction

search = click.Group("search", help="The search index.")


def committed(step: Callable[[], Any]) -> Any:
    """Run a step in a writing transaction of its own."""
    with transaction():
        return step()


@search.command()
def rebuild() -> None:
    """Write all postings again under new keys: after a restore, and now and then. People can work meanwhile."""
    with program():
        upkeep.check()
        done = build(committed)
        with transaction():
            record(SYSTEM, "search.rebuilt", body={"count": done})
    click.echo(f"Search index built anew: {done} entries.")
