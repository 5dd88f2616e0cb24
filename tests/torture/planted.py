"""The program with a fault planted into its orchestrator, named by PLANTED_FAULT. Served by the tests alone."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

from bench.serve import app
from casework.db import db
from casework.people import service as people
from casework.writes import http, orchestrator
from casework.writes.orchestrator import Answer, Claim

LATE = 0.4
"""Seconds by which the planted writer commits after it answered."""


def acknowledge_before_commit() -> None:
    """The answer goes out, the commit follows a moment later."""

    @contextmanager
    def hasty() -> Iterator[None]:
        db.session.rollback()
        session = db.session()
        if session.get_bind().dialect.name == "sqlite":
            session.connection(execution_options={"casework_write": True})
        try:
            yield
            session.flush()
        except BaseException:
            session.rollback()
            raise
        db.session.registry.clear()  # the end of the request would roll it back

        def later() -> None:
            time.sleep(LATE)
            session.commit()
            session.close()

        threading.Thread(target=later).start()

    orchestrator.transaction = hasty


def drop_the_unique_key() -> None:
    """Every submit claims a key of its own, as if the table had no primary key."""
    honest = http.write

    def careless(claim: Claim, act: Callable[[], Answer]) -> Answer:
        return honest(replace(claim, key=f"{claim.key}:{uuid4()}"), act)

    http.write = careless


def ignore_versions() -> None:
    """An editor's version is taken for the newest one: the later save wins in silence."""
    honest = people.correct

    def careless(person: Any, *args: Any, **values: Any) -> Any:
        return honest(person, *args, **{**values, "version": person.version})

    people.correct = careless


FAULTS = {
    "early": acknowledge_before_commit,
    "unkeyed": drop_the_unique_key,
    "unversioned": ignore_versions,
}
FAULTS[os.environ["PLANTED_FAULT"]]()
__all__ = ["app"]
