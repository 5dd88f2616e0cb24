"""Documents that the actor may see, through the predicate of records."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor, Permission
from casework.cases.queries import get_record, visible_records
from casework.db import db
from casework.documents.models import Document, DocumentSealed, Scan
from casework.errors import NotVisible
from casework.vault import fields, files


def documents_of(by: Actor, case_id: UUID, limit: int = 200) -> list[tuple[Document, str]]:
    """Visible documents of a case with their titles, newest first."""
    if Permission.DOCUMENT_READ not in by.permissions:
        return []
    rows = list(
        db.session.scalars(
            visible_records(by, Document)
            .where(Document.case_id == case_id)
            .order_by(Document.recorded_at.desc())
            .limit(limit)
        )
    )
    titles = titles_of([row.id for row in rows])
    return [(row, titles.get(row.id, "")) for row in rows]


def titles_of(document_ids: list[UUID]) -> dict[UUID, str]:
    """Titles of documents that were found through the predicate."""
    sealed = list(db.session.scalars(select(DocumentSealed).where(DocumentSealed.id.in_(document_ids))))
    return {key: str(title or "") for key, title in fields.unseal_many(sealed, "title").items()}


def get_document(by: Actor, case_id: UUID, document_id: UUID) -> Document:
    """One document of the case, or NotVisible."""
    document = get_record(by, Document, document_id)
    if document.case_id != case_id or Permission.DOCUMENT_READ not in by.permissions:
        raise NotVisible
    return document


def known_file_ids() -> set[UUID]:
    """Files that belong to a row; the sweep removes the others."""
    return {*db.session.scalars(select(Document.file_id)), *db.session.scalars(select(Scan.file_id))}


def get_scan(scan_id: UUID) -> Scan:
    """A signed paper. The caller has found the letter it belongs to through its own predicate."""
    return db.session.get_one(Scan, scan_id)


def scan_bytes(scan: Scan) -> bytes:
    """The contents of a signed paper that was found so."""
    return b"".join(files.open_(scan.file_id, scan.root_id))
