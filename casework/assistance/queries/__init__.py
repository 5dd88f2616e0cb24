"""Reads of help: the ledger, caps, needs of the first hour, stays, totals, health checks and sessions."""

from casework.assistance.queries.caps import Breach, breaches
from casework.assistance.queries.clinical import (
    SESSIONS,
    checks,
    get_session,
    require_field,
    session_kinds,
    session_rows,
    sessions,
)
from casework.assistance.queries.funds import caps, funds, get_cap, get_fund, usable_funds
from casework.assistance.queries.houses import (
    bed_board,
    free_beds,
    get_house,
    get_room,
    house_as_it_stands,
    house_names,
    plain_houses,
    rooms_of,
)
from casework.assistance.queries.ledger import (
    PAGE,
    LedgerRow,
    Repeat,
    count_lines,
    get_line,
    is_reversed,
    ledger,
    offered_services,
    repeats,
    usual_gifts,
)
from casework.assistance.queries.needs import needs_now
from casework.assistance.queries.stays import StayRow, get_stay, open_stay, stay_as_it_stands, stays
from casework.assistance.queries.totals import PER, Total, totals

__all__ = [
    "PAGE",
    "PER",
    "SESSIONS",
    "Breach",
    "LedgerRow",
    "Repeat",
    "StayRow",
    "Total",
    "bed_board",
    "breaches",
    "caps",
    "checks",
    "count_lines",
    "free_beds",
    "funds",
    "get_cap",
    "get_fund",
    "get_house",
    "get_line",
    "get_room",
    "get_session",
    "get_stay",
    "house_as_it_stands",
    "house_names",
    "is_reversed",
    "ledger",
    "needs_now",
    "offered_services",
    "open_stay",
    "plain_houses",
    "repeats",
    "require_field",
    "rooms_of",
    "session_kinds",
    "session_rows",
    "sessions",
    "stay_as_it_stands",
    "stays",
    "totals",
    "usable_funds",
    "usual_gifts",
]
