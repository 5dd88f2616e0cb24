"""Tables of the vault: wrapped data keys, tombstones, erasure requests, legal holds, search postings.

They come before every other table, so ids of people, organisations and users stand here without foreign keys.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, SmallInteger, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, Versioned, one_of

ROOT_KINDS = ("person", "third_person", "event", "group", "letter", "movement", "case", "draft", "system")
"""What can have data keys of its own; destroying them erases all that was sealed under this root."""


class DataKey(Model):
    """One generation of the data key of a root, wrapped by a key of the ring (AES key wrap, 40 bytes)."""

    __tablename__ = "data_key"
    __table_args__ = (
        one_of("root_kind", ROOT_KINDS),
        CheckConstraint("gen BETWEEN 1 AND 65535", name="gen_fits"),
        CheckConstraint("length(wrapped) = 40", name="wrapped_whole"),
        Index(
            "ix_data_key_person_id",
            "person_id",
            postgresql_where=text("person_id IS NOT NULL"),
            sqlite_where=text("person_id IS NOT NULL"),
        ),
        Index("ix_data_key_kek_id", "kek_id"),
    )

    root_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    gen: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root_kind: Mapped[str] = mapped_column(String(16))
    kek_id: Mapped[int]
    person_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    """The person whose erasure destroys this key as well (a draft or a case about one person)."""
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Utc)


class Tombstone(Model):
    """Says that the keys of a root were destroyed, when and why; kept so that a restored backup erases it again."""

    __tablename__ = "tombstone"
    __table_args__ = (one_of("root_kind", ROOT_KINDS),)

    root_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    root_kind: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(40))
    request_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    erased_at: Mapped[datetime] = mapped_column(Utc)


class ErasureRequest(Identified, Versioned, Model):
    """A request to erase one person. It counts only when two different people approved it."""

    __tablename__ = "erasure_request"
    __table_args__ = (
        CheckConstraint("first_by IS NULL OR second_by IS NULL OR first_by <> second_by", name="two_people"),
        CheckConstraint("second_by IS NULL OR first_by IS NOT NULL", name="in_order"),
        CheckConstraint("done_at IS NULL OR second_by IS NOT NULL", name="approved_before_done"),
        Index("ix_erasure_request_person_id", "person_id"),
        Index("ix_erasure_request_organisation_id", "organisation_id", "requested_at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    organisation_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    reason: Mapped[str] = mapped_column(String(40))
    requested_by: Mapped[uuid.UUID] = mapped_column(Uuid)
    requested_at: Mapped[datetime] = mapped_column(Utc)
    first_by: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    first_at: Mapped[datetime | None] = mapped_column(Utc)
    second_by: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    second_at: Mapped[datetime | None] = mapped_column(Utc)
    refused_by: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    refused_at: Mapped[datetime | None] = mapped_column(Utc)
    done_at: Mapped[datetime | None] = mapped_column(Utc)


class LegalHold(Identified, Versioned, Model):
    """A court or a claim needs the records of this person: nothing is erased while one hold stands."""

    __tablename__ = "legal_hold"
    __table_args__ = (Index("ix_legal_hold_person_id", "person_id"),)

    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    organisation_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    reason: Mapped[str] = mapped_column(String(40))
    placed_by: Mapped[uuid.UUID] = mapped_column(Uuid)
    placed_at: Mapped[datetime] = mapped_column(Utc)
    lifted_by: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    lifted_at: Mapped[datetime | None] = mapped_column(Utc)


class SearchIndex(Model):
    """One row: which generation of postings is searched, which is being built, and a mark of the search root key."""

    __tablename__ = "search_index"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    current: Mapped[int]
    building: Mapped[int | None]
    mark: Mapped[bytes] = mapped_column(LargeBinary)


class Posting(Model):
    """One masked answer to one label in one scope. Nothing in it tells a word or a person without the search root."""

    __tablename__ = "posting"
    __table_args__ = ({"sqlite_with_rowid": False},)

    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    scope: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    label: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    v: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)


class PostingLedger(Model):
    """Which tokens one person has in one scope, sealed under the person's key: what a later change removes."""

    __tablename__ = "posting_ledger"
    __table_args__ = (Index("ix_posting_ledger_scope_person_id", "scope", "person_id"),)

    person_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    scope: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    version: Mapped[int]
    tokens: Mapped[bytes] = mapped_column(LargeBinary)
