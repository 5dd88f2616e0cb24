"""The tracker of a case: gates in words, steps as rows, the open step unfolded with its form."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Permission, can
from casework.access.queries import organisation_names
from casework.cases.models import Case
from casework.cases.queries import case_bar, get_case
from casework.db import uuid7
from casework.repatriation import queries
from casework.repatriation.models import ReturnPath
from casework.repatriation.queries import StepView
from casework.repatriation.views.blueprint import bp
from casework.repatriation.views.steps import finish_form
from casework.writes.http import seen


@bp.get("/cases/<uuid:case_id>/return")
@requires(Permission.CASE_SEE)
def tab(case_id: UUID) -> ResponseReturnValue:
    """The returns of a case that the actor may see: the newest unfolded, the older ones by their line."""
    by = current()
    case = get_case(by, case_id)
    paths = queries.paths_of(by, case_id)
    seen("return", [case_id], count=len(paths))
    shown = paths[0] if paths else None
    bar = case_bar(by, case)
    begins = can(by, Permission.RETURN_MANAGE) and bar.status == "open" and not case.historical
    return render_template(
        "repatriation/tab.html",
        bar=bar,
        paths=paths,
        path=shown,
        may_start=begins and not any(row.state == "open" for row in paths),
        **(_unfolded(shown, case, runs=bar.status == "open") if shown else {}),
    )


def _unfolded(path: ReturnPath, case: Case, *, runs: bool) -> dict[str, object]:
    """What the tracker shows of one return."""
    by = current()
    steps = queries.tracker(by, path)
    papers, tracings, interests = queries.papers_of(by, path), queries.tracings_of(by, path), queries.interests_of(path)
    checks, decisions = queries.checks_of(path), queries.decisions_of(path)
    works = can(by, Permission.RETURN_MANAGE) and path.state == "open" and runs
    plans = works and by.organisation_id in (path.author_org_id, case.owner_org_id)
    mine = {view.row.id for view in steps if works and (plans or view.row.owner_org_id == by.organisation_id)}
    first = next((view for view in steps if view.running and view.row.id in mine and _by_form(view, path)), None)
    return {
        "steps": steps,
        "gates": queries.gates(case, path) if path.state == "open" else [],
        "checks": checks,
        "check_notes": queries.check_notes(by, checks),
        "decisions": decisions,
        "decision_told": queries.decision_told(by, decisions),
        "papers": papers,
        "paper_warnings": queries.paper_warnings(path, [view.row for view in papers]),
        "tracings": tracings,
        "feedbacks": queries.feedbacks_of(by, path),
        "feedback_due": queries.feedback_due(path),
        "feedback_late": queries.feedback_late(path),
        "writes_feedback": can(by, Permission.RETURN_MANAGE) and case.owner_org_id == by.organisation_id,
        "seats": queries.seats_of_path(by, path),
        "interests": interests,
        "interest_words": queries.interest_words(by, interests),
        "interest_states": queries.interest_states(interests),
        "child": queries.is_child(case),
        "decision_words": queries.decision_words(by, decisions),
        "handovers": queries.handovers_of(path),
        "offices": organisation_names({row.receiver_org_id for row in checks if row.receiver_org_id}),
        "works": works,
        "plans": plans,
        "mine": mine,
        "unfolded": first.row.id if first else None,
        "form": finish_form(first.row, path) if first else None,
        "draft_id": uuid7(),
    }


def _by_form(view: StepView, path: ReturnPath) -> bool:
    """False for the steps that end by the person's decision or by the signatures of a hand-over."""
    return view.rule.role != "decision" and not (view.rule.role == "handover" and path.arranged)
