"""Totals for observers."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from flask import render_template
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.overview.queries import totals as queries
from casework.overview.views.blueprint import bp
from casework.overview.views.words import CELLS, TABLES
from casework.web.shims import get_locale, gettext


@bp.get("/totals")
@requires(Permission.REPORT_TOTALS)
def totals() -> ResponseReturnValue:
    """Counts without any case: small ones withheld, and others where those could be worked out."""
    found = queries.totals(current())
    tables = [
        (gettext(words), [(cell_words(table, code), value) for code, value in found.tables[table]])
        for table, words in TABLES.items()
    ]
    return render_template("overview/totals.html", found=found, tables=tables)


def cell_words(table: str, code: str) -> str:
    """What a row of a table is called; months in the reader's language."""
    words = CELLS[table].get(code)
    if words:
        return gettext(words)
    return format_date(date.fromisoformat(f"{code}-01"), "LLL y", locale=get_locale())
