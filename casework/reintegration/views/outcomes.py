"""The page of outcomes over time: six areas of life as lines with their tables, and what lasts."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.queries import case_bar, get_case
from casework.reintegration import queries
from casework.reintegration.views.blueprint import bp
from casework.reintegration.workflow import triage
from casework.web.filters import day
from casework.writes.http import seen

TRIAGE_TONES = {"high": "red", "medium": "amber", "low": "brand"}


@bp.get("/cases/<uuid:case_id>/outcomes")
@requires(Permission.CASE_SEE)
def outcomes(case_id: UUID) -> ResponseReturnValue:
    """How the six areas of life went, visit by visit."""
    by = current()
    case = get_case(by, case_id)
    rows = queries.scores(by, case)
    seen("reintegration", [case_id], part="outcomes")
    lines = [
        (domain.label, [(day(row.on), row.areas.get(domain.code)) for row in rows])
        for domain in queries.score_domains(by.language)
    ]
    triaged = {"high": gettext("much is needed"), "medium": gettext("some is needed"), "low": gettext("stands firm")}
    lasting = [
        (domain.label, [(day(row.on), row.lasting[domain.code]) for row in rows if domain.code in row.lasting])
        for domain in queries.lasting_domains(by.language)
    ]
    return render_template(
        "reintegration/outcomes.html", bar=case_bar(by, case), rows=rows, lines=lines, lasting=lasting,
        triage=triage, triaged=triaged, tones=TRIAGE_TONES,
    )  # fmt: skip
