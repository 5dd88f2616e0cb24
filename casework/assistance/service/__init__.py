"""Acts of help: give and reverse, answer first needs, arrive and leave, keep funds and caps."""

from casework.assistance.service.evening import Evening, record_evening
from casework.assistance.service.funds import add_fund, change_cap, end_fund
from casework.assistance.service.lines import CapReached, record_help, repeat_help, reverse
from casework.assistance.service.needs import record_needs
from casework.assistance.service.stays import arrive, leave

__all__ = [
    "CapReached",
    "Evening",
    "add_fund",
    "arrive",
    "change_cap",
    "end_fund",
    "leave",
    "record_evening",
    "record_help",
    "record_needs",
    "repeat_help",
    "reverse",
]
