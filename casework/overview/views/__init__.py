"""First pages: my day, the case, the board, the access log, about."""

from __future__ import annotations

from casework.cases.views.links import link_record
from casework.overview.views import about, access_log, board, case_page, caseload, deciding, late, my_day
from casework.overview.views.blueprint import bp

__all__ = ["about", "access_log", "board", "bp", "case_page", "caseload", "deciding", "late", "my_day"]

link_record("approval", "overview.approval", "approval_id")
