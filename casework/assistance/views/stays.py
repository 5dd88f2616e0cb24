"""Stays of a case: list, arrival, departure."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.assistance import queries, service
from casework.assistance.forms import ArriveForm, LeaveForm
from casework.assistance.views.blueprint import bp, form_page, show_form
from casework.assistance.workflow import ADMISSION_WORDS, EXIT_WORDS, LONG_STAY_DAYS
from casework.cases.queries import case_bar, get_case
from casework.db import today
from casework.writes.http import open_form, seen
from casework.writes.orchestrator import Answer


def stays_url(case_id: UUID) -> str:
    """The stays of a case."""
    return url_for("assistance.stays", case_id=case_id)


@bp.get("/cases/<uuid:case_id>/stays")
@requires(Permission.STAY_MANAGE)
def stays(case_id: UUID) -> ResponseReturnValue:
    """Where the person stayed, for those who may know."""
    by = current()
    case = get_case(by, case_id)
    rows = queries.stays(by, case)
    seen("help", [case_id], part="stays", count=len(rows))
    return render_template(
        "assistance/stays.html",
        bar=case_bar(by, case),
        rows=rows,
        admission_words=ADMISSION_WORDS,
        exit_words=EXIT_WORDS,
        long=LONG_STAY_DAYS,
        here=any(row.stay.left_on is None for row in rows),
    )


@form_page("/cases/<uuid:case_id>/stays/new", Permission.STAY_MANAGE)
def arrive(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record an arrival."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(ArriveForm, draft_id, data={"arrived_on": today()})
    form.admission.choices = list(ADMISSION_WORDS.items())

    def act() -> Answer:
        service.arrive(
            get_case(by, case_id),
            by=by,
            arrived_on=form.arrived_on.data,
            place=form.place.data,
            admission=form.admission.data,
            bed=form.bed.data,
            note=form.note.data,
        )
        return Answer(stays_url(case_id), gettext("The arrival is recorded."))

    words = {"heading": gettext("Arrival at a place to stay"), "verb": gettext("Record arrival")}
    return show_form(form, draft_id, case, act, **words, back=stays_url(case_id))


@form_page("/cases/<uuid:case_id>/stays/<uuid:stay_id>/leave", Permission.STAY_MANAGE)
def leave(case_id: UUID, stay_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record a departure."""
    by = current()
    case = get_case(by, case_id)
    stay = queries.get_stay(by, case_id, stay_id)
    form = open_form(LeaveForm, draft_id, data={"left_on": today(), "version": str(stay.version)})
    form.reason.choices = list(EXIT_WORDS.items())

    def act() -> Answer:
        service.leave(
            queries.get_stay(by, case_id, stay_id),
            get_case(by, case_id),
            by=by,
            left_on=form.left_on.data,
            reason=form.reason.data,
            expected_version=form.seen_version,
        )
        return Answer(stays_url(case_id), gettext("The departure is recorded."))

    words = {"heading": gettext("Departure"), "verb": gettext("Record departure")}
    return show_form(form, draft_id, case, act, **words, back=stays_url(case_id))
