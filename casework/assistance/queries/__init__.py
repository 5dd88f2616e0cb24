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
)
from casework.assistance.queries.needs import needs_now
from casework.assistance.queries.stays import StayRow, get_stay, open_stay, stays
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
    "breaches",
    "caps",
    "checks",
    "count_lines",
    "funds",
    "get_cap",
    "get_fund",
    "get_line",
    "get_session",
    "get_stay",
    "is_reversed",
    "ledger",
    "needs_now",
    "offered_services",
    "open_stay",
    "repeats",
    "require_field",
    "session_kinds",
    "session_rows",
    "sessions",
    "stays",
    "totals",
    "usable_funds",
]
