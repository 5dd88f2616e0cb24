"""Acts of help: lines, first needs, stays, funds and caps, health checks and sessions."""

from casework.assistance.service.clinical import Session, record_health_check, record_session
from casework.assistance.service.funds import add_fund, change_cap, end_fund
from casework.assistance.service.lines import CapReached, record_help, repeat_help, reverse
from casework.assistance.service.needs import record_needs
from casework.assistance.service.stays import arrive, leave

__all__ = [
    "CapReached",
    "Session",
    "add_fund",
    "arrive",
    "change_cap",
    "end_fund",
    "leave",
    "record_health_check",
    "record_help",
    "record_needs",
    "record_session",
    "repeat_help",
    "reverse",
]
