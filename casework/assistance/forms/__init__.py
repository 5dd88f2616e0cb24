"""Forms of help: the ledger and its money, places to stay, health checks and sessions."""

from casework.assistance.forms.clinical import HealthCheckForm, SessionForm
from casework.assistance.forms.help import (
    ArriveForm,
    CapForm,
    FirstHourForm,
    FundForm,
    HelpForm,
    LeaveForm,
    ReverseForm,
)

__all__ = [
    "ArriveForm",
    "CapForm",
    "FirstHourForm",
    "FundForm",
    "HealthCheckForm",
    "HelpForm",
    "LeaveForm",
    "ReverseForm",
    "SessionForm",
]
