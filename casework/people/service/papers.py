"""Documents held, nationality claims, and the facts that stop every contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.access.permissions import Actor
from casework.audit import recorder
from casework.codes.dates import UNKNOWN, PartialDate
from casework.codes.service import check, check_optional
from casework.db import check_version, db, today, uuid7
from casework.errors import InvalidInput, NotVisible, n_
from casework.people import kinds
from casework.people.models import HeldDocument, HeldDocumentSealed, NationalityClaim, Person, PersonFact
from casework.people.service.checks import known, may_write, not_in_future
from casework.vault import fields

NO_COUNTRY = "XXX"


@dataclass(frozen=True, slots=True)
class DocumentData:
    """A paper: its kind, number if known, country, expiry, and where it is."""

    kind: str
    number: str = ""
    issued_country: str | None = None
    expires_on: date | None = None
    state: str = "held"


@dataclass(frozen=True, slots=True)
class ClaimData:
    """What is said or decided about one nationality."""

    country: str
    state: str = "claimed"
    authority: str | None = None
    decided_on: date | None = None
    document_id: UUID | None = None


def add_document(
    person: Person, data: DocumentData, *, by: Actor, source: str = "seen", case_id: UUID | None = None
) -> HeldDocument:
    """Record a paper of a person; its number is sealed."""
    may_write(by)
    known(source, kinds.SOURCES, field="source")
    check("id_document", data.kind, field="kind")
    check_optional("country", data.issued_country, field="issued_country")
    known(data.state, kinds.DOCUMENT_STATES, field="state")
    document = HeldDocument(
        id=uuid7(), person_id=person.id, author_org_id=by.organisation_id, author_user_id=by.user_id, source=source,
        data_class="identity", kind=data.kind, issued_country=data.issued_country, expires_on=data.expires_on,
        state=data.state,
    )  # fmt: skip
    sealed = HeldDocumentSealed(id=document.id, root_id=person.id)
    db.session.add_all([document, sealed])
    fields.seal(sealed, number=data.number)
    recorder.record(by, "document.held", case_id=case_id, subject=("held_document", document.id))
    db.session.flush()
    return document


def change_document(
    document: HeldDocument, *, state: str, by: Actor, version: int, case_id: UUID | None = None
) -> HeldDocument:
    """Record that a paper came back, was taken or was lost. Raises StaleRecord for an old `version`."""
    may_write(by)
    known(state, kinds.DOCUMENT_STATES, field="state")
    check_version(document, version, {"state": document.state})
    if document.state == state:
        return document
    body = {"from": document.state, "to": state}
    document.state = state
    recorder.record(by, "document.state_changed", case_id=case_id, subject=("held_document", document.id), body=body)
    db.session.flush()
    return document


def claim_nationality(
    person: Person, data: ClaimData, *, by: Actor, source: str = "said", case_id: UUID | None = None
) -> NationalityClaim:
    """Add what is said or decided about a nationality; nothing is overwritten, the newest row of a country stands."""
    may_write(by)
    known(source, kinds.SOURCES, field="source")
    _check_claim(person, data)
    claim = NationalityClaim(
        id=uuid7(), person_id=person.id, author_org_id=by.organisation_id, author_user_id=by.user_id, source=source,
        data_class="demographic", country=data.country, state=data.state, authority=data.authority,
        decided_on=data.decided_on, document_id=data.document_id,
    )  # fmt: skip
    db.session.add(claim)
    body = {"country": data.country, "state": data.state}
    recorder.record(by, "nationality.claimed", case_id=case_id, subject=("nationality_claim", claim.id), body=body)
    db.session.flush()
    return claim


def record_fact(
    person: Person,
    kind: str,
    *,
    by: Actor,
    occurred: PartialDate = UNKNOWN,
    source: str = "said",
    case_id: UUID | None = None,
) -> PersonFact:
    """Record that a person died, is missing, did not arrive or was found. While the newest fact is one of the first
    three, contacts and visits stop; `cases` tells those who work with the person."""
    may_write(by)
    known(source, kinds.SOURCES, field="source")
    known(kind, kinds.FACT_KINDS, field="kind")
    not_in_future(occurred, field="occurred")
    fact = PersonFact(
        id=uuid7(), person_id=person.id, author_org_id=by.organisation_id, author_user_id=by.user_id, source=source,
        data_class="demographic", kind=kind, occurred_from=occurred.first, occurred_to=occurred.last,
        occurred_precision=occurred.precision.value,
    )  # fmt: skip
    db.session.add(fact)
    recorder.record(by, "person.fact", case_id=case_id, subject=("person_fact", fact.id), body={"kind": kind})
    db.session.flush()
    return fact


def _check_claim(person: Person, data: ClaimData) -> None:
    check("country", data.country, field="country")
    known(data.state, kinds.NATIONALITY_STATES, field="state")
    check_optional("identification_authority", data.authority, field="authority")
    if (data.state == "confirmed_by_no_country") and data.country != NO_COUNTRY:
        raise InvalidInput(n_("Leave the country open when no country confirms the person."), field="country")
    if data.decided_on is not None and data.decided_on > today():
        raise InvalidInput(n_("This date lies in the future. Check the year."), field="decided_on")
    if data.document_id is not None:
        document = db.session.get(HeldDocument, data.document_id)
        if document is None or document.person_id != person.id:
            raise NotVisible
