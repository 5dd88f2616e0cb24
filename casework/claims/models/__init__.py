"""Tables of losses and claims, of proceedings with their stages and dates, and of the other side."""

from casework.claims.models.losses import ClaimParty, ClaimPartySealed, Loss, LossSealed
from casework.claims.models.proceedings import (
    Hearing,
    HearingSealed,
    Proceeding,
    ProceedingSealed,
    ProceedingStep,
    ProceedingStepSealed,
)

__all__ = [
    "ClaimParty",
    "ClaimPartySealed",
    "Hearing",
    "HearingSealed",
    "Loss",
    "LossSealed",
    "Proceeding",
    "ProceedingSealed",
    "ProceedingStep",
    "ProceedingStepSealed",
]
