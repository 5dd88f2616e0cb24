"""Forms of help: the ledger and its money, places to stay, health checks and sessions."""

from casework.assistance.forms.clinical import HealthCheckForm, SessionForm
from casework.assistance.forms.evening import NEED_ANSWERS, FirstHourForm, GroupIntakeForm, RegisterForm
from casework.assistance.forms.handouts import HandOutForm
from casework.assistance.forms.help import CapForm, FundForm, HelpForm, ReverseForm
from casework.assistance.forms.houses import (
    ROOM_AGE_WORDS,
    ROOM_SEX_WORDS,
    ArriveForm,
    HouseChangeForm,
    HouseForm,
    LeaveForm,
    RoomChangeForm,
    RoomForm,
    StayForm,
)

__all__ = [
    "NEED_ANSWERS",
    "ROOM_AGE_WORDS",
    "ROOM_SEX_WORDS",
    "ArriveForm",
    "CapForm",
    "FirstHourForm",
    "FundForm",
    "GroupIntakeForm",
    "HandOutForm",
    "HealthCheckForm",
    "HelpForm",
    "HouseChangeForm",
    "HouseForm",
    "LeaveForm",
    "RegisterForm",
    "ReverseForm",
    "RoomChangeForm",
    "RoomForm",
    "SessionForm",
    "StayForm",
]
