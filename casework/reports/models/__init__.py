"""Tables of reports: files asked for, kept filters, frozen reports."""

from casework.reports.models.exports import FORMATS, REPORTS, ExportRecord, ExportRecordSealed
from casework.reports.models.kept import FREEZABLE, FrozenReport, FrozenReportSealed, SavedFilter, SavedFilterSealed

__all__ = [
    "FORMATS",
    "FREEZABLE",
    "REPORTS",
    "ExportRecord",
    "ExportRecordSealed",
    "FrozenReport",
    "FrozenReportSealed",
    "SavedFilter",
    "SavedFilterSealed",
]
