"""Taking documents in: the file is checked and sealed on the disk first, then its row is written and commits."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import new_record
from casework.codes.dates import PartialDate
from casework.codes.service import check as check_code
from casework.db import db, utcnow, uuid7
from casework.documents.models import Document, DocumentSealed, Scan
from casework.documents.workflow import LIMIT, check
from casework.errors import InvalidInput, n_
from casework.vault import fields, files

SIGNED = ("image/jpeg", "application/pdf")
"""What a signed paper may be."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """A checked file that lies sealed on the disk and waits for its row; swept if none comes."""

    file_id: UUID
    root_id: UUID
    media_type: str
    image: bool
    size: int
    sha256: str


def spool(name: str, stream: IO[bytes], *, root_id: UUID) -> Spooled:
    """Check a file and seal it. Done before the write transaction opens, so that no lock waits for a disk."""
    checked = check(name, stream.read(LIMIT + 1))
    file_id = uuid7()
    stored = files.store(io.BytesIO(checked.body), root_id=root_id, file_id=file_id, limit=LIMIT)
    return Spooled(file_id, root_id, checked.media_type, checked.image, stored.size, stored.sha256)


def add_document(
    case: Case,
    spooled: Spooled,
    *,
    by: Actor,
    title: str,
    kind: str = "other",
    data_class: str = "case_note",
    occurred: PartialDate | None = None,
    source: str = "paper",
) -> Document:
    """Attach a spooled file to a case under a data class, which decides who may open it."""
    require(by, Permission.DOCUMENT_ADD)
    if not title.strip():
        raise InvalidInput(n_("Say what the document is."), field="title")
    check_code("data_class", data_class, field="data_class")
    if spooled.root_id != case.person_id:
        raise InvalidInput(n_("Choose the file again."), field="file")
    row = new_record(
        Document,
        case,
        by=by,
        data_class=data_class,
        occurred=occurred,
        source=source,
        file_id=spooled.file_id,
        root_id=spooled.root_id,
        kind=kind,
        media_type=spooled.media_type,
        image=spooled.image,
        size=spooled.size,
        sha256=spooled.sha256,
    )
    db.session.flush()
    sealed = DocumentSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, title=title)
    db.session.add(sealed)
    record(
        by, "document.added", case_id=case.id, subject=("document", row.id), body={"class": data_class, "kind": kind}
    )
    db.session.flush()
    return row


def keep_scan(spooled: Spooled, *, by: Actor) -> Scan:
    """Keep a spooled file as a signed paper of no single case. Pictures and PDF only."""
    if spooled.media_type not in SIGNED:
        raise InvalidInput(n_("Send a picture or a PDF of the signed paper."), field="file")
    scan = Scan(
        id=uuid7(),
        file_id=spooled.file_id,
        root_id=spooled.root_id,
        media_type=spooled.media_type,
        size=spooled.size,
        sha256=spooled.sha256,
        by_user_id=by.user_id,
        by_org_id=by.organisation_id,
        at=utcnow(),
    )
    db.session.add(scan)
    db.session.flush()
    return scan
