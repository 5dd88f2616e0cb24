"""The list of all returns in work: filters, bars of days, keyset pages."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.codes.queries import choices
from casework.codes.workingdays import HOME
from casework.repatriation import queries
from casework.repatriation.kinds import DIRECTIONS
from casework.repatriation.views.blueprint import bp
from casework.writes.http import seen

KEPT = ("direction", "country", "late")
"""What travels along to the next page."""


@bp.get("/returns")
@requires(Permission.RETURN_MANAGE, Permission.CASE_SEE)
def returns() -> ResponseReturnValue:
    """Returns in work that the actor may see, the longest first."""
    by = current()
    direction, country = request.args.get("direction", ""), request.args.get("country", "")
    countries = [row for row in choices("country", language=by.language) if row.code != HOME]
    filters = queries.ReturnFilters(
        direction=direction if direction in DIRECTIONS else "",
        country=country if any(row.code == country for row in countries) else "",
        late=request.args.get("late") == "1",
    )
    lines, more = queries.returns_in_work(by, filters, queries.read_key(request.args.get("after")))
    seen("returns", [line.case.id for line in lines])
    kept: dict[str, Any] = {
        name: request.args[name] for name in ("direction", "country", "late") if name in request.args
    }
    return render_template(
        "repatriation/returns.html",
        lines=lines,
        filters=filters,
        countries=countries,
        next_url=url_for(".returns", after=more, **kept) if more else "",
    )
