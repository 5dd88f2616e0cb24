"""Notes: sealed words with a data class; corrected by another note, never edited."""

from __future__ import annotations

from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case, Note, NoteSealed
from casework.cases.queries.visible import get_record
from casework.cases.service.records import new_record
from casework.codes.dates import PartialDate
from casework.codes.service import check
from casework.db import db
from casework.errors import InvalidInput, n_
from casework.vault import fields


def add_note(
    case: Case,
    *,
    by: Actor,
    text: str,
    data_class: str = "case_note",
    occurred: PartialDate | None = None,
    source: str = "said",
    corrects_id: UUID | None = None,
) -> Note:
    """Write a note. Its class decides who reads it; health, psychosocial and legal notes are for their workers."""
    require(by, Permission.NOTE_WRITE)
    if not text.strip():
        raise InvalidInput(n_("Write the note."), field="text")
    check("data_class", data_class, field="data_class")
    if corrects_id is not None:
        get_record(by, Note, corrects_id)
    note = new_record(
        Note, case, by=by, data_class=data_class, occurred=occurred, source=source, corrects_id=corrects_id
    )
    db.session.flush()
    sealed = NoteSealed(id=note.id, root_id=case.person_id)
    fields.seal(sealed, text=text)
    db.session.add(sealed)
    record(by, "note.written", case_id=case.id, subject=("note", note.id), body={"class": data_class})
    db.session.flush()
    return note
