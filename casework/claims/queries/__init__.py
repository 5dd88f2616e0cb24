"""Losses, proceedings and their dates as one actor may see them, with what they add up to."""

from casework.claims.queries.losses import (
    LossView,
    get_loss,
    loss_words,
    losses_of,
    party_of,
    totals,
)
from casework.claims.queries.proceedings import (
    ProceedingView,
    get_hearing,
    get_proceeding,
    proceeding_words,
    proceedings_of,
)

__all__ = [
    "LossView",
    "ProceedingView",
    "get_hearing",
    "get_loss",
    "get_proceeding",
    "loss_words",
    "losses_of",
    "party_of",
    "proceeding_words",
    "proceedings_of",
    "totals",
]
