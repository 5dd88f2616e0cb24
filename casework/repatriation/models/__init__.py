"""Tables of the return: the path and its steps, what the gates rest on, the hand-over."""

from casework.repatriation.models.facts import (
    ReturnCheck,
    ReturnCheckSealed,
    ReturnDecision,
    ReturnDecisionSealed,
)
from casework.repatriation.models.handover import (
    Handover,
    HandoverPaper,
    HandoverSealed,
    HandoverSignature,
    HandoverSignatureSealed,
)
from casework.repatriation.models.path import (
    ReturnPath,
    ReturnStep,
    ReturnStepChange,
    ReturnStepPause,
    ReturnStepSealed,
)

__all__ = [
    "Handover",
    "HandoverPaper",
    "HandoverSealed",
    "HandoverSignature",
    "HandoverSignatureSealed",
    "ReturnCheck",
    "ReturnCheckSealed",
    "ReturnDecision",
    "ReturnDecisionSealed",
    "ReturnPath",
    "ReturnStep",
    "ReturnStepChange",
    "ReturnStepPause",
    "ReturnStepSealed",
]
