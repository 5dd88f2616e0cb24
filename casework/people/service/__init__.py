"""What may be done with people; each act checks its values, writes its audit row and leaves the commit to `writes`.

`case_id` names the case whose chain gets the audit row: the one from which the actor works.
"""

from casework.people.service.contacts import (
    ConfirmFirst,
    ContactData,
    Revealed,
    add_contact,
    confirm_contact,
    contact_faults,
    end_contact,
    reveal_contact,
    safe_now,
)
from casework.people.service.papers import (
    ClaimData,
    DocumentData,
    add_document,
    change_document,
    claim_nationality,
    record_fact,
)
from casework.people.service.postings import sync_index, tokens_of
from casework.people.service.register import PersonData, correct, data_of, person_faults, register
from casework.people.service.relations import (
    RelationData,
    ThirdPersonData,
    add_relation,
    add_third_person,
    change_relation,
)

__all__ = [
    "ClaimData",
    "ConfirmFirst",
    "ContactData",
    "DocumentData",
    "PersonData",
    "RelationData",
    "Revealed",
    "ThirdPersonData",
    "add_contact",
    "add_document",
    "add_relation",
    "add_third_person",
    "change_document",
    "change_relation",
    "claim_nationality",
    "confirm_contact",
    "contact_faults",
    "correct",
    "data_of",
    "end_contact",
    "person_faults",
    "record_fact",
    "register",
    "reveal_contact",
    "safe_now",
    "sync_index",
    "tokens_of",
]
