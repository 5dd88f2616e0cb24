"""Tables of the return: the path and its steps, what the gates rest on, the hand-over."""

from casework.repatriation.models.facts import (
    ReturnCheck,
    ReturnCheckSealed,
    ReturnDecision,
    ReturnDecisionSealed,
)
from casework.repatriation.models.feedback import ReturnFeedback, ReturnFeedbackSealed
from casework.repatriation.models.ground import (
    BestInterest,
    BestInterestSealed,
    FamilyTracing,
    FamilyTracingSealed,
    TravelPaper,
    TravelPaperSealed,
)
from casework.repatriation.models.handover import (
    Handover,
    HandoverPaper,
    HandoverSealed,
    HandoverSignature,
    HandoverSignatureSealed,
)
from casework.repatriation.models.movement import (
    Movement,
    MovementEscort,
    MovementEscortSealed,
    MovementLeg,
    MovementLegSealed,
    MovementSealed,
    MovementSeat,
    MovementSeatNeed,
)
from casework.repatriation.models.path import (
    ReturnPath,
    ReturnStep,
    ReturnStepChange,
    ReturnStepPause,
    ReturnStepSealed,
)

__all__ = [
    "BestInterest",
    "BestInterestSealed",
    "FamilyTracing",
    "FamilyTracingSealed",
    "Handover",
    "HandoverPaper",
    "HandoverSealed",
    "HandoverSignature",
    "HandoverSignatureSealed",
    "Movement",
    "MovementEscort",
    "MovementEscortSealed",
    "MovementLeg",
    "MovementLegSealed",
    "MovementSealed",
    "MovementSeat",
    "MovementSeatNeed",
    "ReturnCheck",
    "ReturnCheckSealed",
    "ReturnDecision",
    "ReturnDecisionSealed",
    "ReturnFeedback",
    "ReturnFeedbackSealed",
    "ReturnPath",
    "ReturnStep",
    "ReturnStepChange",
    "ReturnStepPause",
    "ReturnStepSealed",
    "TravelPaper",
    "TravelPaperSealed",
]
