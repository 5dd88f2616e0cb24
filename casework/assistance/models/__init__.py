"""Tables of help given: lines of the ledger, funds, caps, needs of the first hour, stays."""

from casework.assistance.models.funds import Fund, LineAllocation, ServiceCap
from casework.assistance.models.lines import RECEIPTS, REVERSAL_REASONS, ServiceLine, ServiceLineSealed
from casework.assistance.models.needs import NEED_STATES, EmergencyNeed
from casework.assistance.models.stays import ADMISSIONS, EXIT_REASONS, Stay, StaySealed

__all__ = [
    "ADMISSIONS",
    "EXIT_REASONS",
    "NEED_STATES",
    "RECEIPTS",
    "REVERSAL_REASONS",
    "EmergencyNeed",
    "Fund",
    "LineAllocation",
    "ServiceCap",
    "ServiceLine",
    "ServiceLineSealed",
    "Stay",
    "StaySealed",
]
