"""Acts of reports: a file asked for and leaving, filters kept, reports frozen as they were handed in."""

from casework.reports.service.exports import ask_export, record_leaving
from casework.reports.service.frozen import freeze
from casework.reports.service.saved import drop_filter, keep_filter

__all__ = ["ask_export", "drop_filter", "freeze", "keep_filter", "record_leaving"]
