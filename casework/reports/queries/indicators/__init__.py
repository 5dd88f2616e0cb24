"""Indicators of the list kpi: numerator, denominator and n, over the cases an office answers for.

An indicator is left out where the role has not the data class of what it counts: a nought would be a lie.
"""

from __future__ import annotations

from casework.access.permissions import Actor
from casework.codes import queries as codes
from casework.reports.queries.indicators.after import of_after
from casework.reports.queries.indicators.base import Figure, Part, Period
from casework.reports.queries.indicators.cases import of_cases
from casework.reports.queries.indicators.returns import of_returns
from casework.reports.queries.indicators.work import of_work

__all__ = ["Figure", "Part", "Period", "indicators"]


def indicators(by: Actor, period: Period) -> list[Figure]:
    """What is counted, in the order of the list kpi; codes that an administrator switched off are left out."""
    found = {
        figure.code: figure for source in (of_cases, of_work, of_returns, of_after) for figure in source(by, period)
    }
    return [found[row.code] for row in codes.choices("kpi") if row.code in found]
