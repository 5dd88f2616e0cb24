"""The tab of a case: events, screenings, decisions and risk, each as far as the reader may see it."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import organisation_names
from casework.cases.queries import case_bar, get_case
from casework.consent.queries import answer_about
from casework.identification import queries
from casework.identification.models import Screening
from casework.identification.views.blueprint import bp
from casework.writes.http import seen

INTERVIEW = "interview"
FORMAL = "formal_identification"


@bp.get("/cases/<uuid:case_id>/identification")
@requires(Permission.CASE_SEE)
def tab(case_id: UUID) -> ResponseReturnValue:
    """What is known and decided, and what may be done next."""
    by = current()
    case = get_case(by, case_id)
    bar = case_bar(by, case)
    events = queries.events_of(by, case_id)
    screenings = queries.screenings_of(by, case_id)
    decisions = queries.decisions_of(by, case_id)
    requests = queries.requests_of(by, case_id)
    authors = {row.author_org_id for row in screenings} | {found.decision.author_org_id for found in decisions}
    authors |= {view.request.author_org_id for view in requests}
    seen("identification", [case_id], events=len(events), screenings=len(screenings), decisions=len(decisions))
    return render_template(
        "identification/tab.html",
        bar=bar,
        events=events,
        offenders=_offenders(by, case_id, events),
        words={view.event.id: queries.event_words(view.event) for view in events},
        screenings=screenings,
        decisions=decisions,
        requests=requests,
        paused=next((row for row in screenings if row.state == "paused" and _own(row, by)), None),
        forced_crime=queries.forced_crime(queries.evidence_of(by, case)),
        child=queries.counts_as_child(by, case),
        identified=queries.identified_for(by, case_id),
        risks=queries.risks_of(by, case_id),
        offices=organisation_names(authors),
        opened=bar.classes.all | bar.classes.own,
        interview=answer_about(case_id, INTERVIEW, org_id=by.organisation_id),
        own=by.organisation_id,
    )


def _offenders(by: Actor, case_id: UUID, events: list[queries.EventView]) -> dict[UUID, list[queries.OffenderView]]:
    """Event id -> alleged offenders; no key at all when the class is not open through this case."""
    if not queries.sees_offenders(by, case_id):
        return {}
    return {view.event.id: queries.offenders_of(by, case_id, view.event.id) for view in events}


def _own(row: Screening, by: Actor) -> bool:
    return row.author_org_id == by.organisation_id
