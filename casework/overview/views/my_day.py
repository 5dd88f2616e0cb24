"""The first page: a worker's day, or where the role's work begins; and the lists behind it."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires, signed_in_only
from casework.access.permissions import Actor, Permission, can
from casework.access.queries import organisation_names
from casework.cases.queries import task_texts
from casework.errors import NotVisible, n_
from casework.overview.queries import my_day as queries
from casework.overview.views.blueprint import bp
from casework.overview.views.words import DECISIONS, form_words
from casework.sharing.service import STOP
from casework.writes.http import seen

BEGINS = (
    (Permission.REPORT_TOTALS, "reports.totals"),
    (Permission.AUDIT_READ, "overview.access_log"),
    (Permission.ORGANISATION_MANAGE, "access.settings"),
)
"""Where the day begins for roles that see no case."""
LISTS = {
    "move": n_("Your move"),
    "week": n_("Tasks and visits this week"),
    "waiting": n_("Waiting for others"),
}
PAGE = 50


@bp.get("/")
@signed_in_only()
def my_day() -> ResponseReturnValue:
    """What is to be done today; roles without cases are led to where their work begins."""
    by = current()
    if not can(by, Permission.CASE_SEE):
        return redirect(url_for(_beginning(by)), 303)
    mine = request.args.get("all") != "1"
    day = queries.the_day(by, mine=mine)
    seen("my_day", day.case_ids)
    return render_template(
        "overview/my_day.html", day=day, mine=mine, form_words=form_words, decision_words=DECISIONS, stop=STOP
    )


def _beginning(by: Actor) -> str:
    return next((endpoint for permission, endpoint in BEGINS if can(by, permission)), "access.account")


@bp.get("/tasks/<kind>")
@requires(Permission.CASE_SEE)
def tasks(kind: str) -> ResponseReturnValue:
    """All tasks of one of the lists of the day, a page at a time."""
    if kind not in LISTS:
        raise NotVisible
    by, mine = current(), request.args.get("all") != "1"
    rows, key = queries.list_tasks(
        by, kind, mine=mine, after=queries.TaskKey.read(request.args.get("after")), limit=PAGE
    )
    seen("my_day", [row.case.id for row in rows])
    return render_template(
        "overview/tasks.html",
        kind=kind,
        words=LISTS,
        rows=rows,
        mine=mine,
        names=queries.names_beside(by, rows),
        offices=organisation_names(queries.awaited(rows)),
        texts=task_texts([row.task for row in rows]),
        next_url=url_for(".tasks", kind=kind, after=str(key), all=None if mine else 1) if key else "",
    )
