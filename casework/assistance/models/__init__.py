"""Tables of help given: lines of the ledger, funds, caps, first needs, stays, health checks and sessions."""

from casework.assistance.models.clinical import Consultation, ConsultationSealed, HealthCheck, HealthCheckSealed
from casework.assistance.models.funds import Fund, LineAllocation, ServiceCap
from casework.assistance.models.handouts import Handout
from casework.assistance.models.houses import MOST_BEDS, ROOM_AGES, ROOM_SEXES, House, HouseSealed, Room
from casework.assistance.models.lines import RECEIPTS, REVERSAL_REASONS, ServiceLine, ServiceLineSealed
from casework.assistance.models.needs import NEED_STATES, EmergencyNeed
from casework.assistance.models.stays import ADMISSIONS, EXIT_REASONS, Stay, StaySealed

__all__ = [
    "ADMISSIONS",
    "EXIT_REASONS",
    "MOST_BEDS",
    "NEED_STATES",
    "RECEIPTS",
    "REVERSAL_REASONS",
    "ROOM_AGES",
    "ROOM_SEXES",
    "Consultation",
    "ConsultationSealed",
    "EmergencyNeed",
    "Fund",
    "Handout",
    "HealthCheck",
    "HealthCheckSealed",
    "House",
    "HouseSealed",
    "LineAllocation",
    "Room",
    "ServiceCap",
    "ServiceLine",
    "ServiceLineSealed",
    "Stay",
    "StaySealed",
]
