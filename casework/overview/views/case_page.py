"""The page of one case: its way, its people, its help, its consent, its timeline; and where approvals are decided."""

from __future__ import annotations

from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission, can
from casework.access.queries import names_of, organisation_names
from casework.assistance.workflow import NEED_WORDS, need
from casework.cases.queries import Classes, IdentityBar, case_bar, classes_of, get_approval, get_case, task_texts
from casework.cases.queries.care import reason_of
from casework.cases.views.links import record_url, tabs_for
from casework.cases.workflow import GROUP_WORDS, SHEET_WORDS, TALK_WORDS
from casework.errors import n_
from casework.overview.queries import case_page as queries
from casework.overview.queries.timeline import moments, read_key
from casework.overview.views.blueprint import bp
from casework.overview.views.words import FILTERS, IDENTIFIED, line_words
from casework.people import kinds
from casework.web.shims import gettext
from casework.writes.http import seen

ACTIONS = (
    (n_("Write a note"), "cases.new_note", Permission.NOTE_WRITE),
    (n_("First evening"), "assistance.new_first_hour", Permission.ASSISTANCE_RECORD),
    (n_("Do not ask more today"), "cases.new_stop_asking", Permission.TASK_DO),
    (n_("Plan a task"), "cases.new_task", Permission.TASK_DO),
    (n_("Record help"), "assistance.new_record_help", Permission.ASSISTANCE_RECORD),
    (n_("Send a referral"), "sharing.choose", Permission.REFERRAL_SEND),
    (n_("Add a document"), "documents.new_document", Permission.DOCUMENT_ADD),
    (n_("Set a part of the way"), "cases.new_station", Permission.CASE_EDIT),
    (n_("Give to a colleague"), "cases.new_assignment", Permission.CASE_ASSIGN),
    (n_("Keep a colleague away"), "cases.new_exclusion", Permission.CASE_EXCLUDE),
)
"""What can be begun from the page of a case, by permission."""
PARTS = {
    "identification": "identification",
    "return": "repatriation",
    "arrival": "assistance",
    "reintegration": "reintegration",
    "closure": "reintegration",
}
"""Which package's tab carries on with a part of the way."""
DECIDED_AT = {
    "plan": "reintegration.new_decide",
    "closure": "reintegration.new_decide",
    "closure_disagreed": "reintegration.new_decide",
}
"""Where an approval of a kind is decided; the others are decided on the page of their record."""
RECORDS = {
    "vital": "vital_opening",
    "return_against_advice": "return_against_advice",
    "best_interest": "best_interest_approval",
}


@bp.get("/cases/<uuid:case_id>")
@requires(Permission.CASE_SEE)
def case_page(case_id: UUID) -> ResponseReturnValue:
    """One case as far as it is open to the actor."""
    by = current()
    case = get_case(by, case_id)
    classes = classes_of(by, case_id)
    show = request.args.get("show", "all")
    page = queries.parts_of(by, case, classes)
    lines, older = moments(by, case_id, show if show in FILTERS else "all", read_key(request.args.get("before")))
    seen("case", [case_id], classes=len(classes.all | classes.own))
    ours = [line.user_id for line in lines if line.org_id == by.organisation_id]
    bar = case_bar(by, case, classes, page.tasks)
    return render_template(
        "overview/case.html",
        bar=bar,
        case=case,
        page=page,
        texts=task_texts(page.tasks),
        needs=[(need(row.need).label, NEED_WORDS[row.state]) for row in page.needs],
        lines=lines,
        people=names_of([*ours, *queries.shown_people(page)]),
        offices=page.offices | organisation_names({line.org_id for line in lines} - page.offices.keys()),
        line_words=line_words,
        filters=FILTERS,
        show=show,
        older=url_for(".case_page", case_id=case_id, show=show, before=older) if older else "",
        actions=actions_for(by, bar),
        parts=tabs_of_parts(classes),
        identified=IDENTIFIED,
        groups=GROUP_WORDS,
        kinds=kinds,
        talk_words=TALK_WORDS,
        sheet_words=SHEET_WORDS,
        stop_reason=reason_of(bar.stop),
    )


def actions_for(by: Actor, bar: IdentityBar) -> list[tuple[str, str]]:
    """Words and address of what this actor may begin. Nothing new is begun on a closed case but notes."""
    wanted = ACTIONS if bar.status == "open" else ACTIONS[:1]
    return [
        (gettext(words), url_for(endpoint, case_id=bar.case_id))
        for words, endpoint, permission in wanted
        if can(by, permission) and endpoint in current_app.view_functions
    ]


def tabs_of_parts(classes: Classes) -> dict[str, str]:
    """Part of the way -> endpoint of the tab where its work is done, if that tab is open to the actor."""
    endpoints = {tab.endpoint.partition(".")[0]: tab.endpoint for tab in reversed(tabs_for(classes))}
    return {part: endpoints[package] for part, package in PARTS.items() if package in endpoints}


@bp.get("/cases/<uuid:case_id>/approvals/<uuid:approval_id>")
@requires(Permission.CASE_SEE)
def approval(case_id: UUID, approval_id: UUID) -> ResponseReturnValue:
    """To where this approval is decided, or to its case once it is."""
    found, case = get_approval(current(), approval_id)
    return redirect(approval_url(found.kind, case.id, found.id, found.record_id, decided=bool(found.decision)), 303)


def approval_url(kind: str, case_id: UUID, approval_id: UUID, record_id: UUID, *, decided: bool = False) -> str:
    """The page on which an approval is decided."""
    endpoint = DECIDED_AT.get(kind, "")
    if decided or (endpoint not in current_app.view_functions and kind not in RECORDS):
        return url_for(".case_page", case_id=case_id)
    if endpoint:
        return url_for(endpoint, case_id=case_id, approval_id=approval_id)
    return record_url(RECORDS[kind], case_id, record_id)
