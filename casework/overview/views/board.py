"""The board of an office: stages, lateness, caseload, quiet cases, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import organisation_names
from casework.cases.queries import carriers
from casework.cases.service.erasure import HOLD_REASONS
from casework.overview.queries import board as queries
from casework.overview.queries.decisions import decisions
from casework.overview.views.blueprint import bp
from casework.overview.views.ways import WAYS
from casework.overview.views.words import DECISIONS
from casework.overview.workflow import CASELOAD_NORM, LATE_SHOWN, QUIET_DAYS
from casework.web.forms import BaseForm
from casework.web.shims import gettext
from casework.writes.http import seen


@bp.get("/board")
@requires(Permission.BOARD_SEE)
def board() -> ResponseReturnValue:
    """The board over the cases of the actor's reach."""
    return board_page(current())


def board_page(by: Actor, *, form: BaseForm | None = None, opened: Mapping[str, Any] | None = None) -> str:
    """The board; with `opened`, one of its decisions is unfolded: what is asked, and `form` to answer it."""
    figures = queries.figures(by)
    late, waiting, quiet = queries.late_tasks(by), decisions(by), queries.quiet_cases(by)
    shown: list[UUID] = [row.case_id for row in late] + [one.case_id for one in waiting]
    seen("board", [*shown, *(row.case_id for row in quiet)])
    return render_template(
        "overview/board.html",
        figures=figures,
        loads=[(load.name or gettext("nobody"), load.cases) for load in figures.loads],
        late=late,
        carriers=carriers(by, [row.case_id for row in late]),
        late_shown=LATE_SHOWN,
        decisions=waiting,
        decision_words=DECISIONS,
        decided_here=WAYS,
        hold_reasons=HOLD_REASONS,
        quiet=quiet,
        quiet_days=QUIET_DAYS,
        norm=CASELOAD_NORM,
        offices=organisation_names(row.waiting_for_org_id for row in late if row.waiting_for_org_id),
        form=form,
        opened=opened,
    )
