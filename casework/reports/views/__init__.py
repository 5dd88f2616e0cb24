"""Pages of reports."""

from casework.reports.views import exports, referrals, statistics
from casework.reports.views.blueprint import bp

__all__ = ["bp", "exports", "referrals", "statistics"]
