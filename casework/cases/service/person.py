"""What is recorded about the person of a case: each fact needs its class open, and the search index follows."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from casework.access.permissions import Actor, Permission, can, require
from casework.cases.models import Case
from casework.cases.queries.visible import classes_of
from casework.cases.service.access import refresh_access, touched
from casework.cases.service.records import on_timeline
from casework.cases.service.statistics import refresh_statistics
from casework.codes.dates import PartialDate
from casework.db import db
from casework.errors import InvalidInput, NotAllowed, NotVisible, n_
from casework.people import service as people
from casework.people.kinds import AMONG_US, inverse_of
from casework.people.models import Contact, HeldDocument, NationalityClaim, Person, PersonFact, Relation
from casework.people.queries import get_person, relations_of

NAMED = frozenset({"names", "sex", "gender", "birth", "birth_ground", "age_estimated_on", "address"})
"""Fields of a person that belong to identity; the others are demographic."""


def _open(case: Case, data_class: str, by: Actor) -> Person:
    """The person, when the class of the fact is open to the actor for everybody's records."""
    if data_class not in classes_of(by, case.id):
        raise NotAllowed(n_("Your role can't write this kind of record on this case."))
    return get_person(case.person_id)


def _wrote(case: Case, kind: str, record_id: UUID, data_class: str, by: Actor) -> None:
    on_timeline(case, kind, by=by, data_class=data_class, record_id=record_id)
    touched(case, by=by, data_class=data_class)
    db.session.flush()


def correct_person(case: Case, changes: Mapping[str, object], *, by: Actor, version: int) -> Person:
    """Correct who the person is. Raises StaleRecord when somebody was faster."""
    require(by, Permission.CASE_EDIT)
    if not changes.keys() <= NAMED:
        _open(case, "demographic", by)
    person = _open(case, "identity", by)
    stood = person.version
    people.correct(person, changes, by=by, version=version, case_id=case.id)
    if person.version == stood:
        return person
    _wrote(case, "person.corrected", person.id, "identity", by)
    refresh_access(case, findable_changed=True)
    refresh_statistics(case)
    return person


def add_contact(case: Case, data: people.ContactData, *, by: Actor, source: str = "said") -> Contact:
    """Record how the person may be reached safely."""
    contact = people.add_contact(_open(case, "safe_contact", by), data, by=by, source=source, case_id=case.id)
    _wrote(case, "contact", contact.id, "safe_contact", by)
    refresh_access(case, findable_changed=True)
    return contact


def get_contact(case: Case, contact_id: UUID, *, by: Actor) -> Contact:
    """A contact of the case's person whose rule the actor may read, or NotVisible."""
    contact = db.session.get(Contact, contact_id)
    if contact is None or contact.person_id != case.person_id or "safe_contact" not in classes_of(by, case.id):
        raise NotVisible
    return contact


def end_contact(case: Case, contact_id: UUID, *, by: Actor, reason: str, version: int | None) -> None:
    """A contact is no longer offered; it stays in the record."""
    contact = get_contact(case, contact_id, by=by)
    people.end_contact(contact, by=by, reason=reason, version=version, case_id=case.id)
    refresh_access(case, findable_changed=True)


def confirm_contact(case: Case, contact_id: UUID, *, by: Actor, version: int | None) -> None:
    """The rule was asked again and still holds."""
    people.confirm_contact(get_contact(case, contact_id, by=by), by=by, version=version, case_id=case.id)


def reveal_contact(case: Case, contact_id: UUID, *, by: Actor, reason: str, confirmed: bool) -> people.Revealed:
    """Show a number after its rule, with a reason; the log has it before the page does."""
    require(by, Permission.CONTACT_REVEAL)
    if "contact" not in classes_of(by, case.id):
        raise NotAllowed(n_("Your role or the consent given does not open phone numbers on this case."))
    contact = get_contact(case, contact_id, by=by)
    return people.reveal_contact(contact, by=by, reason=reason, confirmed=confirmed, case_id=case.id)


def add_paper(case: Case, data: people.DocumentData, *, by: Actor) -> HeldDocument:
    """Record a document that the person holds, or that was taken or lost."""
    paper = people.add_document(_open(case, "identity", by), data, by=by, case_id=case.id)
    _wrote(case, "paper", paper.id, "identity", by)
    refresh_access(case, findable_changed=True)
    return paper


def claim_nationality(case: Case, data: people.ClaimData, *, by: Actor) -> NationalityClaim:
    """Record what is said or decided about one nationality."""
    claim = people.claim_nationality(_open(case, "demographic", by), data, by=by, case_id=case.id)
    _wrote(case, "nationality", claim.id, "demographic", by)
    return claim


def relate(case: Case, other: people.ThirdPersonData, data: people.RelationData, *, by: Actor) -> Relation:
    """Record somebody around the person; an own data subject with an own key."""
    person = _open(case, "family", by)
    third = people.add_third_person(person, other, by=by, case_id=case.id)
    relation = people.add_relation(person, third, data, by=by, case_id=case.id)
    _wrote(case, "relation", relation.id, "family", by)
    return relation


def relate_helped(case: Case, other: Case, data: people.RelationData, *, by: Actor) -> Relation:
    """Record what two people we help are to each other, on both cases. A guardian's dates stand with the child."""
    require(by, Permission.CASE_EDIT)
    if data.kind not in AMONG_US:
        raise InvalidInput(n_("Choose one of the values in the list."), field="kind")
    one, two = _open(case, "family", by), _open(other, "family", by)
    if two.id in {row.other_person_id for row in relations_of(one.id)}:
        raise InvalidInput(n_("These two are related in the record already."), field="other")
    relation = people.add_relation(one, two, data, by=by, case_id=case.id)
    _wrote(case, "relation", relation.id, "family", by)
    back = people.RelationData(inverse_of(data.kind, one.sex), data.safe_to_contact)
    mirrored = people.add_relation(two, one, back, by=by, case_id=other.id)
    _wrote(other, "relation", mirrored.id, "family", by)
    return relation


def get_paper(case: Case, paper_id: UUID, *, by: Actor) -> HeldDocument:
    """A paper of the case's person that the actor may read, or NotVisible."""
    paper = db.session.get(HeldDocument, paper_id)
    if paper is None or paper.person_id != case.person_id or "identity" not in classes_of(by, case.id):
        raise NotVisible
    return paper


def move_paper(case: Case, paper_id: UUID, state: str, *, by: Actor, version: int) -> HeldDocument:
    """Record that a paper came back, was taken or was lost."""
    require(by, Permission.CASE_EDIT)
    paper = get_paper(case, paper_id, by=by)
    stood = paper.state
    people.change_document(paper, state=state, by=by, version=version, case_id=case.id)
    if paper.state != stood:
        _wrote(case, "paper.moved", paper.id, "identity", by)
    return paper


def get_relation(case: Case, relation_id: UUID, *, by: Actor) -> Relation:
    """A relationship of the case's person that the actor may read, or NotVisible."""
    relation = db.session.get(Relation, relation_id)
    if relation is None or relation.person_id != case.person_id or "family" not in classes_of(by, case.id):
        raise NotVisible
    return relation


def correct_relation(
    case: Case, relation_id: UUID, changes: Mapping[str, object], *, by: Actor, version: int
) -> Relation:
    """Change whether contact is safe, how long a guardian is one, or end the relationship."""
    require(by, Permission.CASE_EDIT)
    relation = get_relation(case, relation_id, by=by)
    people.change_relation(relation, changes, by=by, version=version, case_id=case.id)
    _wrote(case, "relation.changed", relation.id, "family", by)
    return relation


def state_fact(case: Case, kind: str, *, by: Actor, occurred: PartialDate, source: str) -> PersonFact:
    """Record a death, a disappearance, a missed arrival, a finding. What follows from it is done by reintegration."""
    if not can(by, Permission.CASE_CLOSE):
        raise NotAllowed(n_("Your role does not allow this."))
    fact = people.record_fact(
        _open(case, "demographic", by), kind, by=by, occurred=occurred, source=source, case_id=case.id
    )
    _wrote(case, f"fact:{kind}", fact.id, "demographic", by)
    return fact
