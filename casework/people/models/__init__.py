"""Tables of people and the third persons around them; names, numbers and notes stand in sealed tables."""

from casework.people.models.contact import Contact, ContactSealed
from casework.people.models.papers import HeldDocument, HeldDocumentSealed, NationalityClaim, PersonFact
from casework.people.models.person import Person, PersonSealed
from casework.people.models.record import PersonRecord, Recorded
from casework.people.models.relation import Relation, ThirdPerson, ThirdPersonSealed

__all__ = [
    "Contact",
    "ContactSealed",
    "HeldDocument",
    "HeldDocumentSealed",
    "NationalityClaim",
    "Person",
    "PersonFact",
    "PersonRecord",
    "PersonSealed",
    "Recorded",
    "Relation",
    "ThirdPerson",
    "ThirdPersonSealed",
]
