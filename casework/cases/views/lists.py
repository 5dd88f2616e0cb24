"""The list of cases, and finding one."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.forms import FindForm
from casework.cases.models import STATIONS
from casework.cases.queries import Cursor, Filters, classes_of_many, find, list_cases, names_on_list
from casework.cases.queries.signs import signs_of
from casework.cases.views.blueprint import bp
from casework.cases.views.links import case_url
from casework.writes.http import seen

COUNTED = 100
"""A longer list is told as 'more than': nobody reads it to the end, and the board has the exact figures."""


def filters_of_request() -> Filters:
    """What the address narrows the list to; nonsense narrows nothing and never widens."""
    stage = request.args.get("stage")
    return Filters(
        status="closed" if request.args.get("status") == "closed" else "open",
        stage=stage if stage in STATIONS else None,
        mine=request.args.get("mine") == "1",
        late=request.args.get("late") == "1",
    )


@bp.get("/cases")
@requires(Permission.CASE_SEE)
def cases() -> ResponseReturnValue:
    """One page of the cases the actor may see, latest activity first."""
    by = current()
    filters = filters_of_request()
    first = not request.args.get("after")
    found = list_cases(by, filters, Cursor.read(request.args.get("after")), counted=COUNTED + 1 if first else 0)
    cases, classes = found.cases, found.classes
    seen("list", [case.id for case in cases], status=filters.status)
    return render_template(
        "cases/list.html",
        rows=found.rows,
        names=names_on_list(by, cases, classes),
        signs=signs_of(by, cases, classes),
        filters=filters,
        stations=STATIONS,
        total=found.total if first else None,
        counted=COUNTED,
        next_url=next_page(str(found.next)) if found.next else "",
    )


@bp.route("/find", methods=["GET", "POST"])
@requires(Permission.CASE_SEE)
def find_case() -> ResponseReturnValue:
    """Find cases by name, code, phone or document number. The words travel by POST, never in an address or log."""
    by = current()
    form = FindForm()
    if request.method == "GET":
        return render_template("cases/find.html", form=form, found=None, names={}, signs={})
    if not form.validate():
        return render_template("cases/find.html", form=form, found=None, names={}, signs={}), 422
    found = find(by, form.text.data)
    seen("search", [case.id for case in found])
    if len(found) == 1 and by_code(form.text.data, found[0].code):
        return redirect(case_url(found[0].id), 303)
    classes = classes_of_many(by, [case.id for case in found])
    return render_template(
        "cases/find.html",
        form=form,
        found=found,
        names=names_on_list(by, found, classes),
        signs=signs_of(by, found, classes),
    )


def next_page(cursor: str) -> str:
    """The address of the next page under the same filters."""
    kept: dict[str, Any] = {
        name: request.args[name] for name in ("status", "stage", "mine", "late") if name in request.args
    }
    return url_for("cases.cases", after=cursor, **kept)


def by_code(text: str, code: str) -> bool:
    """True when the text typed is the code of the case: then its page is shown at once."""
    return "".join(c for c in text.upper() if c.isalnum()) in (code.replace("-", ""), code.replace("-", "")[2:])
