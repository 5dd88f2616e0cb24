"""Reads of reports, all laid over what the actor may see."""

from casework.reports.queries.exports import exports_of, get_export, words_of
from casework.reports.queries.referrals import Figures, Group, ReferralRow, figures, rows, stream
from casework.reports.queries.statistics import KINDS, CaseFilter, counted_before, statistics, totals

__all__ = [
    "KINDS",
    "CaseFilter",
    "Figures",
    "Group",
    "ReferralRow",
    "counted_before",
    "exports_of",
    "figures",
    "get_export",
    "rows",
    "statistics",
    "stream",
    "totals",
    "words_of",
]
