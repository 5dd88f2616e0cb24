"""Pages of reports."""

from casework.reports.views import exports, indicators, referrals, statistics
from casework.reports.views.blueprint import bp

__all__ = ["bp", "exports", "indicators", "referrals", "statistics"]
