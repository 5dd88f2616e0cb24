"""A backup taken while people work: one moment of everything, with all that was acknowledged before it began."""

from __future__ import annotations

import io
import os
import random
import threading
import time
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import select

from casework.access.permissions import Actor
from casework.access.queries import actor_for
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cases.queries import get_case
from casework.db import db
from casework.documents.models import Document
from casework.documents.service import add_document, spool
from casework.safekeeping import rows, take
from casework.vault import files, index
from casework.writes.orchestrator import transaction
from tests import scenes
from tests.safekeeping.scene import PICTURE, Life, Scene, seen

WRITERS = 3
Saved = tuple[UUID, UUID, UUID, str]
"""Case, person, file, family name."""


def letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


class Writers:
    """Colleagues who register people, open cases and attach papers, each with a commit of its own."""

    def __init__(self, scene: Scene, by: Actor) -> None:
        self.scene, self.by = scene, by
        self.acknowledged: list[Saved] = []
        self.failures: list[BaseException] = []
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(number,)) for number in range(WRITERS)]

    def work(self, number: int) -> None:
        done = 0
        try:
            with self.scene.app.app_context():
                while not self.stop.is_set():
                    done += 1
                    self.acknowledged.append(self.save(f"Load{letters(number)}x{letters(done)}"))
                    db.session.remove()
        except BaseException as error:
            self.failures.append(error)

    def save(self, family: str) -> Saved:
        with transaction():
            case = scenes.case(self.by, person_id=scenes.person(self.by, family, given="Underway"))
            case_id, person_id = case.id, case.person_id
        spooled = spool("paper.pdf", io.BytesIO(PICTURE), root_id=person_id)
        with transaction():
            add_document(db.session.get_one(Case, case_id), spooled, by=self.by, title="A paper")
        return case_id, person_id, spooled.file_id, family

    def wait_for(self, count: int) -> None:
        until = time.monotonic() + 60
        while len(self.acknowledged) < count and not self.failures and time.monotonic() < until:
            time.sleep(0.01)
        assert self.failures == []
        assert len(self.acknowledged) >= count

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()
        assert self.failures == []


@pytest.fixture
def writers(scene: Scene, lived: Life) -> Iterator[Writers]:
    made = Writers(scene, lived.by)
    for thread in made.threads:
        thread.start()
    yield made
    made.stop.set()
    for thread in made.threads:
        thread.join()


def slow(monkeypatch: pytest.MonkeyPatch, writers: Writers) -> None:
    """Let the writers commit between the tables of a backup."""
    real = rows.read

    def read(connection: object, table: rows.Table) -> Iterator[bytes]:
        if table.name in ("case", "document", "person_sealed"):
            writers.wait_for(len(writers.acknowledged) + 2)
        yield from real(connection, table)  # type: ignore[arg-type]

    monkeypatch.setattr(rows, "read", read)


def test_nothing_acknowledged_before_a_backup_is_missing_in_it(
    scene: Scene, writers: Writers, monkeypatch: pytest.MonkeyPatch
) -> None:
    writers.wait_for(6)
    slow(monkeypatch, writers)
    before = list(writers.acknowledged)
    data, apart = scene.backup()
    during = len(writers.acknowledged) - len(before)
    writers.end()
    assert during >= 6
    place = scene.empty()
    assert scene.restore(data, apart, place) == 0  # references, counts, keys and the audit fit together
    with place.program():
        by = actor_for(writers.by.username)
        for case_id, person_id, file_id, family in before:
            assert get_case(by, case_id).person_id == person_id
            assert index.lookup(by.organisation_id, family) == [person_id]
            root_id = db.session.scalars(select(Document.root_id).where(Document.file_id == file_id)).one()
            assert b"".join(files.open_(file_id, root_id)).startswith(b"%PDF")
        standing = set(db.session.scalars(select(Case.id)))
        opened = set(db.session.scalars(select(AuditEvent.stream_id).where(AuditEvent.action == "case.opened")))
        assert standing == opened
    assert len(standing) < 2 + len(writers.acknowledged)  # what came later is not half in it


def test_tables_of_different_moments_are_found(scene: Scene, lived: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault this must find: a backup that reads each table when it comes to it, without one snapshot."""
    real = rows.read

    def torn(connection: object, table: rows.Table) -> Iterator[bytes]:
        if table.name == "audit_head":
            with db.engine.connect() as fresh:
                other = threading.Thread(target=look, args=(scene, lived))
                other.start()
                other.join()
                rows.hold(fresh)
                yield from real(fresh, table)
        else:
            yield from real(connection, table)  # type: ignore[arg-type]

    monkeypatch.setattr(rows, "read", torn)
    data, apart = scene.backup()
    monkeypatch.setattr(rows, "read", real)
    place = scene.empty()
    assert scene.restore(data, apart, place) == 1
    assert place.untouched()
    assert scene.restore(*scene.backup(), place) == 0


def look(scene: Scene, lived: Life) -> None:
    with scene.app.app_context():
        seen(lived.by, lived.cases[0])


def test_a_killed_backup_leaves_no_file_with_a_name_and_its_rest_goes(scene: Scene, lived: Life) -> None:
    scene.backups.mkdir(mode=0o700)
    rest = scene.backups / ".casework-20200101T000000Z-abcd.data.age.part"
    fresh = scene.backups / ".casework-20260101T000000Z-abcd.data.age.part"
    for path in (rest, fresh):
        path.write_bytes(random.Random(7).randbytes(100))
    old = time.time() - take.LEFT_OVER - 60
    os.utime(rest, (old, old))
    scene.backup()
    assert not rest.exists()
    assert fresh.exists()  # another backup may be at work
