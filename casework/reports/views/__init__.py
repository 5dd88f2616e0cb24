"""Pages of reports."""

from casework.reports.views import exports, frozen, indicators, persons, referrals, saved, statistics
from casework.reports.views.blueprint import bp

__all__ = ["bp", "exports", "frozen", "indicators", "persons", "referrals", "saved", "statistics"]
