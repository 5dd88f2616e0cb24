"""Tables of the case: the case itself, derived access, work on it, groups."""

from casework.cases.models.access import CaseAccess, CaseAccessClass, Exclusion
from casework.cases.models.care import (
    SHEETS,
    STOP_SAID_BY,
    TALK_STATES,
    AskStop,
    AskStopSealed,
    PaperSheet,
    PaperSheetSealed,
    PrivateTalk,
)
from casework.cases.models.case import STATION_STATES, STATIONS, Case, CaseChange, CaseStation
from casework.cases.models.group import CaseGroup, CaseGroupSealed, GroupMember
from casework.cases.models.record import SOURCES, CaseRecord
from casework.cases.models.statistics import CaseStatistic, CaseStatisticForm
from casework.cases.models.work import (
    Approval,
    ApprovalSealed,
    Assignment,
    Note,
    NoteSealed,
    Notice,
    Task,
    TaskSealed,
    TimelineEntry,
)

__all__ = [
    "SHEETS",
    "SOURCES",
    "STATIONS",
    "STATION_STATES",
    "STOP_SAID_BY",
    "TALK_STATES",
    "Approval",
    "ApprovalSealed",
    "AskStop",
    "AskStopSealed",
    "Assignment",
    "Case",
    "CaseAccess",
    "CaseAccessClass",
    "CaseChange",
    "CaseGroup",
    "CaseGroupSealed",
    "CaseRecord",
    "CaseStation",
    "CaseStatistic",
    "CaseStatisticForm",
    "Exclusion",
    "GroupMember",
    "Note",
    "NoteSealed",
    "Notice",
    "PaperSheet",
    "PaperSheetSealed",
    "PrivateTalk",
    "Task",
    "TaskSealed",
    "TimelineEntry",
]
