"""Behind the board: what is late by whom it waits for and by province, and cases without a note."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.access.queries import names_of, organisation_names
from casework.cases.queries import Cursor
from casework.overview.queries import late as queries
from casework.overview.views.blueprint import bp
from casework.overview.workflow import LATE_COUNTED, QUIET_DAYS
from casework.writes.http import seen


@bp.get("/board/late")
@requires(Permission.BOARD_SEE)
def late_work() -> ResponseReturnValue:
    """Late tasks counted by the office they wait for and by the province of the person. Counts only."""
    by = current()
    found = queries.late(by)
    seen("board", [], board="late")
    return render_template(
        "overview/late.html",
        found=found,
        most=LATE_COUNTED,
        offices=organisation_names(group.key[0] for group in found.parties if group.key[0]),
        own=by.organisation_name,
    )


@bp.get("/board/silent")
@requires(Permission.BOARD_SEE)
def silent_cases() -> ResponseReturnValue:
    """Open cases in which nobody wrote a note for long, a page at a time."""
    by = current()
    rows, key = queries.silent(by, Cursor.read(request.args.get("after")))
    seen("board", [row.case_id for row in rows])
    return render_template(
        "overview/silent.html",
        rows=rows,
        days=QUIET_DAYS,
        reads="case_note" in by.classes,
        people=names_of(row.user_id for row in rows if row.user_id),
        next_url=url_for("overview.silent_cases", after=str(key)) if key else "",
    )
