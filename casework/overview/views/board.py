"""The board of an office: stages, lateness, caseload, approvals, quiet cases."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.access.queries import organisation_names
from casework.cases.queries import carriers
from casework.overview.queries import board as queries
from casework.overview.queries.decisions import decisions
from casework.overview.views.blueprint import bp
from casework.overview.views.words import DECISIONS
from casework.overview.workflow import CASELOAD_NORM, LATE_SHOWN, QUIET_DAYS
from casework.web.shims import gettext
from casework.writes.http import seen


@bp.get("/board")
@requires(Permission.BOARD_SEE)
def board() -> ResponseReturnValue:
    """The board over the cases of the actor's reach."""
    by = current()
    figures = queries.figures(by)
    late, waiting, quiet = queries.late_tasks(by), decisions(by), queries.quiet_cases(by)
    shown: list[UUID] = [row.case_id for row, _ in late] + [one.case_id for one in waiting]
    seen("board", [*shown, *(row.case_id for row in quiet)])
    return render_template(
        "overview/board.html",
        figures=figures,
        loads=[(load.name or gettext("nobody"), load.cases) for load in figures.loads],
        late=late,
        carriers=carriers(by, [row.case_id for row, _ in late]),
        late_shown=LATE_SHOWN,
        decisions=waiting,
        decision_words=DECISIONS,
        quiet=quiet,
        quiet_days=QUIET_DAYS,
        norm=CASELOAD_NORM,
        offices=organisation_names(row.waiting_for_org_id for row, _ in late if row.waiting_for_org_id),
    )
