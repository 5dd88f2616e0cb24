"""Keeps the search index in step with a person: which tokens, in which offices' scopes."""

from __future__ import annotations

from collections.abc import Set
from uuid import UUID

from sqlalchemy import select

from casework.db import db
from casework.people import names as naming
from casework.people import queries
from casework.people.models import Contact, ContactSealed, PersonSealed
from casework.people.service.register import PersonData
from casework.vault import fields, index
from casework.vault.models import PostingLedger


def tokens_of(person_id: UUID) -> set[str]:
    """Everything a person may be found by: words of all names, document numbers, phones of contacts that stand."""
    sealed = db.session.get_one(PersonSealed, person_id)
    numbers = queries.document_numbers(queries.documents_of(person_id)).values()
    standing = select(Contact.id).where(Contact.person_id == person_id, Contact.ended_at.is_(None))
    rows = list(db.session.scalars(select(ContactSealed).where(ContactSealed.id.in_(standing))))
    phones = [number for number in fields.unseal_many(rows, "number").values() if number]
    return index.wanted(fields.unseal(sealed, "names") or {}, list(numbers), phones)


def sync_index(person_id: UUID, scope_org_ids_with_identity: Set[UUID], *, changed: bool = True) -> None:
    """Make exactly these offices find the person, by what is known now; every other office finds them no more.

    Called by `cases.service.refresh_access` in the transaction of the cause, after its flush. With `changed` False
    (no name, phone or paper changed) it costs one statement as long as the offices are the same.
    """
    scopes = scope_org_ids_with_identity
    ledger = select(PostingLedger.scope).where(PostingLedger.person_id == person_id)
    present = set(db.session.scalars(ledger))
    if not changed and present == scopes:
        return
    tokens = tokens_of(person_id) if scopes else None
    changes = [(person_id, scope, tokens if scope in scopes else None) for scope in sorted(present | scopes)]
    index.sync_many(db.session(), changes)


def tokens_of_data(data: PersonData) -> set[str]:
    """As `tokens_of`, for a person who is being registered and has no phone or paper yet."""
    return index.wanted(naming.to_document(data.names), [], []) if data.names else set()
