"""The page of a case about losses and proceedings."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.access.queries import organisation_names
from casework.cases.queries import case_bar, get_case
from casework.claims import queries
from casework.claims.views.blueprint import bp, check_open
from casework.writes.http import seen


@bp.get("/cases/<uuid:case_id>/claims")
@requires(Permission.CASE_SEE)
def page(case_id: UUID) -> ResponseReturnValue:
    """What was lost, what is claimed, how far each proceeding is and its next date."""
    by = current()
    case = get_case(by, case_id)
    check_open(by, case_id)
    losses = queries.losses_of(by, case_id)
    proceedings = queries.proceedings_of(by, case_id)
    authors = {view.loss.author_org_id for view in losses} | {view.proceeding.author_org_id for view in proceedings}
    seen("claims", [case_id], losses=len(losses), proceedings=len(proceedings))
    return render_template(
        "claims/page.html",
        bar=case_bar(by, case),
        losses=losses,
        totals=queries.totals(losses),
        proceedings=proceedings,
        offices=organisation_names(authors),
        own=by.organisation_id,
    )
