"""An import from the first check to the flip. Staged in small transactions; a killed run is simply begun again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_note
from casework.cases.service.bulk import adopt, known_keys, open_many, publish
from casework.cases.service.person import add_contact
from casework.db import db, utcnow, uuid7
from casework.errors import InvalidInput, n_
from casework.imports.mapping import Mapping_, check_columns
from casework.imports.models import ImportRun
from casework.imports.readers import Line, digest, lines
from casework.imports.rows import Fault, Ready, row_of
from casework.people.service import ContactData
from casework.writes.orchestrator import transaction

BATCH = 200
"""Rows a transaction: the write lock is held for a fraction of a second, never for the whole file."""

WRITTEN = frozenset({"safe_contact", "case_note"})
"""Classes of what a row holds besides the person: a phone number, a note."""


@dataclass(slots=True)
class Outcome:
    """What an import did; `published` is how many cases became visible with it."""

    read: int = 0
    made: int = 0
    known: int = 0
    published: int = 0
    faults: list[Fault] = field(default_factory=list)
    faulty_rows: int = 0


Progress = Callable[[int], None]


def checked(path: Path, mapping: Mapping_, file_digest: str) -> Iterator[tuple[Line, Ready | None, list[Fault]]]:
    """Every row with the case it means or its faults; doubled record numbers within the file are faults."""
    met: dict[str, int] = {}
    for line in lines(path, encoding=mapping.encoding, delimiter=mapping.delimiter):
        if not met:
            check_columns(mapping, set(line.cells))
        ready, faults = row_of(line, mapping, file_digest)
        if ready is not None:
            earlier = met.setdefault(ready.case.key, line.number)
            if earlier != line.number:
                reason = n_("The same record number stands in row %(row)s.") % {"row": earlier}
                faults, ready = [Fault(line.number, mapping.key or "", "", reason)], None
        met.setdefault("", 0)
        yield line, ready, faults


def import_cases(
    path: Path,
    mapping: Mapping_,
    *,
    by: Actor,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    progress: Progress = lambda rows: None,
) -> Outcome:
    """Import a file for the actor's organisation.

    First every row is checked; then good rows are staged in batches; then one flip makes them visible. Rows that
    were imported before (same record number, or same file and row) are counted as known and left alone.
    """
    require(by, Permission.IMPORT_RUN)
    file_digest = digest(path)
    outcome = Outcome()
    for _, ready, faults in checked(path, mapping, file_digest):
        outcome.read += 1
        outcome.faults += faults
        outcome.faulty_rows += ready is None
        if outcome.read % 1000 == 0:
            progress(outcome.read)
    if outcome.read == 0:
        raise InvalidInput(n_("The file holds no rows under its heading."))
    if dry_run or (all_or_nothing and outcome.faults):
        return outcome
    run_id = _begin(by, mapping, file_digest)
    good = (ready for _, ready, _ in checked(path, mapping, file_digest) if ready is not None)
    while batch := list(islice(good, BATCH)):
        made, known = _staged(batch, by, run_id)
        outcome.made, outcome.known = outcome.made + made, outcome.known + known
        progress(outcome.made + outcome.known)
    with transaction():
        _finish(run_id, by, outcome)
    return outcome


def _begin(by: Actor, mapping: Mapping_, file_digest: str) -> UUID:
    run = ImportRun(
        id=uuid7(),
        org_id=by.organisation_id,
        user_id=by.user_id,
        file_digest=file_digest,
        mapping=mapping.name,
        started_at=utcnow(),
    )
    unfinished = (ImportRun.org_id == by.organisation_id, ImportRun.file_digest == file_digest)
    with transaction():
        # Of this file a run that never ended was killed: what it staged is taken over.
        db.session.execute(update(ImportRun).where(*unfinished, ImportRun.state == "staging").values(state="stopped"))
        db.session.add(run)
        record(by, "import.begun", subject=("import_run", run.id), body={"mapping": mapping.name})
        return run.id


def _staged(batch: list[Ready], by: Actor, run_id: UUID) -> tuple[int, int]:
    """Stage a batch in a transaction of its own: how many were made, how many known. Once more if another run of
    the same records was faster, which then are known."""
    try:
        with transaction():
            return _stage(batch, by, run_id)
    except IntegrityError:
        with transaction():
            return _stage(batch, by, run_id)


def _stage(batch: list[Ready], by: Actor, run_id: UUID) -> tuple[int, int]:
    keys = [ready.case.key for ready in batch]
    present = known_keys(by.organisation_id, keys)
    if present:
        adopt(run_id, by.organisation_id, sorted(present))
    new = [ready for ready in batch if ready.case.key not in present]
    if new:
        ids = open_many([ready.case for ready in new], by=by, import_id=run_id)
        for case_id, ready in zip(ids, new, strict=True):
            _add_rest(case_id, ready, by)
    return len(new), len(present)


def _add_rest(case_id: UUID, ready: Ready, by: Actor) -> None:
    """Phone and note of a running case, by the ordinary services; nobody sees the case yet but its importer's own
    transaction, so it is shown to the predicate for these two lines only."""
    if not ready.phone and not ready.note:
        return
    case = db.session.get_one(Case, case_id)
    case.published = True
    db.session.flush()
    # Who may bring a file in may bring in all it says, also what the own role does not read afterwards.
    hand = replace(by, classes=by.classes | WRITTEN, permissions=by.permissions | {Permission.NOTE_WRITE})
    if ready.phone:
        add_contact(case, ContactData(channel="voice_call", number=ready.phone), by=hand, source="import")
    if ready.note:
        add_note(case, by=hand, text=ready.note, source="import")
    case.published = False
    db.session.flush()


def _finish(run_id: UUID, by: Actor, outcome: Outcome) -> None:
    outcome.published = publish(run_id)
    db.session.execute(
        update(ImportRun)
        .where(ImportRun.id == run_id)
        .values(
            state="published",
            published_at=utcnow(),
            rows_read=outcome.read,
            rows_made=outcome.made,
            rows_known=outcome.known,
            rows_faulty=outcome.faulty_rows,
        )
    )
    body = {"made": outcome.made, "known": outcome.known, "faulty": outcome.faulty_rows}
    record(by, "import.published", subject=("import_run", run_id), body=body)
