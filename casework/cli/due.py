"""`casework run-due`: the one worker for everything that happens by time: expiry, escalation, reminders, orphans."""

from __future__ import annotations

import fcntl
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from flask import current_app
from sqlalchemy import text

from casework.access.service import throttle
from casework.cases.service import escalate_tasks, sweep_expired
from casework.cli._program import program
from casework.db import db, utcnow
from casework.documents.queries import known_file_ids
from casework.referrals.service.escalation import escalate_due
from casework.reintegration.service import raise_alarms, tell_retention
from casework.sharing.service.stopping import sweep_grants
from casework.vault import files
from casework.writes import drafts
from casework.writes.orchestrator import transaction

PAUSE = 60.0
"""Seconds between two rounds of the loop."""
ADVISORY_LOCK = 4711002

Job = Callable[[datetime], int]

JOBS: tuple[tuple[str, Job], ...] = (
    ("grants ended", sweep_grants),
    ("cases with expired access", lambda now: sweep_expired()),
    ("referrals escalated", escalate_due),
    ("tasks escalated", escalate_tasks),
    ("alarms of visits", raise_alarms),
    ("ends of keeping told", tell_retention),
    ("drafts dropped", lambda now: drafts.sweep()),
    ("sign-in attempts dropped", lambda now: throttle.sweep()),
    ("orphaned files removed", lambda now: files.sweep(known_file_ids())),
)
"""Each job runs in a transaction of its own, may run as often as it likes and tells each thing once."""


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether this is the only worker on this database; a second one does nothing instead of telling things twice."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            taken = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
            yield bool(taken)
        return
    path = current_app.config["CASEWORK"].data / "run-due.lock"
    with path.open("a") as side:
        try:
            fcntl.flock(side, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def run_once() -> dict[str, int]:
    """Run every job once; returns what each one did. One that fails is told and the others go on."""
    done: dict[str, int] = {}
    for name, job in JOBS:
        try:
            with transaction():
                done[name] = job(utcnow())
        except Exception as error:
            current_app.logger.error("run-due: %s failed: %s", name, type(error).__name__)
            done[name] = -1
        finally:
            db.session.remove()
    return done


@click.command("run-due")
@click.option("--loop", is_flag=True, help="Go on, one round a minute, until stopped.")
def run_due(loop: bool) -> int:
    """Expire, escalate, remind and tidy. Exit code 1 when a job failed."""
    stop = threading.Event()
    if loop:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    failed = False
    with program(), _alone() as alone:
        if not alone:
            click.echo("Another worker runs already.", err=True)
            return 0
        while True:
            done = run_once()
            failed = any(count < 0 for count in done.values())
            told = ", ".join(f"{count} {name}" for name, count in done.items() if count)
            if told:
                click.echo(told)
            if not loop or stop.wait(PAUSE):
                break
    return int(failed and not loop)
