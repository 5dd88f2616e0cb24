"""Acts of help: lines, first needs, stays, funds and caps, health checks and sessions."""

from casework.assistance.service.clinical import Session, record_health_check, record_session
from casework.assistance.service.evening import Evening, record_evening
from casework.assistance.service.funds import add_fund, change_cap, end_fund
from casework.assistance.service.handouts import CapsReached, Gift, hand_out, take_back
from casework.assistance.service.houses import add_house, add_room, change_house, change_room
from casework.assistance.service.lines import CapReached, give_usual, record_help, repeat_help, reverse
from casework.assistance.service.needs import record_needs
from casework.assistance.service.stays import Lodging, arrive, change_stay, leave

__all__ = [
    "CapReached",
    "CapsReached",
    "Evening",
    "Gift",
    "Lodging",
    "Session",
    "add_fund",
    "add_house",
    "add_room",
    "arrive",
    "change_cap",
    "change_house",
    "change_room",
    "change_stay",
    "end_fund",
    "give_usual",
    "hand_out",
    "leave",
    "record_evening",
    "record_health_check",
    "record_help",
    "record_needs",
    "record_session",
    "repeat_help",
    "reverse",
    "take_back",
]
