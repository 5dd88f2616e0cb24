"""Reads of help: the ledger, caps, needs of the first hour, stays, totals."""

from casework.assistance.queries.caps import Breach, breaches
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
    "Breach",
    "LedgerRow",
    "Repeat",
    "StayRow",
    "Total",
    "breaches",
    "caps",
    "count_lines",
    "funds",
    "get_cap",
    "get_fund",
    "get_line",
    "get_stay",
    "is_reversed",
    "ledger",
    "needs_now",
    "offered_services",
    "open_stay",
    "repeats",
    "stays",
    "totals",
    "usable_funds",
]
