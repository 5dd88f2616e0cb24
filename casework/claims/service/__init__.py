"""What can be done about losses and proceedings. Each function takes the actor, checks, records itself and flushes."""

from casework.claims.service.hearings import HearingData, plan_hearing, settle_hearing
from casework.claims.service.losses import LossData, add_loss, mend_loss
from casework.claims.service.proceedings import (
    ProceedingData,
    StageData,
    change_proceeding,
    enter_stage,
    start_proceeding,
)

__all__ = [
    "HearingData",
    "LossData",
    "ProceedingData",
    "StageData",
    "add_loss",
    "change_proceeding",
    "enter_stage",
    "mend_loss",
    "plan_hearing",
    "settle_hearing",
    "start_proceeding",
]
