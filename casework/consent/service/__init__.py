"""What can be done with the ledger: append an answer, take one back, open and end grants. Sharing moves the rest."""

from casework.consent.service.answers import give, refuse, validity, vital_entry, withdraw_entry
from casework.consent.service.checks import Asked, CaseLike, How
from casework.consent.service.grants import end_grants, open_grant

__all__ = [
    "Asked",
    "CaseLike",
    "How",
    "end_grants",
    "give",
    "open_grant",
    "refuse",
    "validity",
    "vital_entry",
    "withdraw_entry",
]
