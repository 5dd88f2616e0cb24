"""The health, psychosocial and legal pages of a case: each for the workers of its own class and for nobody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.assistance import queries, service
from casework.assistance.forms import HealthCheckForm, SessionForm
from casework.assistance.health import CONSENTS, disabled, in_words, presumptive_tb, urgent
from casework.assistance.models import Consultation
from casework.assistance.views.blueprint import bp, form_page, show_form
from casework.cases.models import Case
from casework.cases.queries import case_bar, get_case
from casework.db import today
from casework.errors import NotVisible, n_
from casework.writes.http import open_form, seen
from casework.writes.orchestrator import Answer

HEADINGS = {"health": n_("Health"), "psychosocial": n_("Psychosocial"), "legal": n_("Legal")}
GIVEN = {
    "health": n_("Medicine and treatment"),
    "psychosocial": n_("What was agreed"),
    "legal": n_("What was decided or filed"),
}


@bp.get("/cases/<uuid:case_id>/health")
@requires(Permission.CASE_SEE)
def health(case_id: UUID) -> ResponseReturnValue:
    """Health checks and visits, for health workers."""
    return _page(case_id, "health")


@bp.get("/cases/<uuid:case_id>/psychosocial")
@requires(Permission.CASE_SEE)
def psychosocial(case_id: UUID) -> ResponseReturnValue:
    """Sessions, for psychosocial workers."""
    return _page(case_id, "psychosocial")


@bp.get("/cases/<uuid:case_id>/legal")
@requires(Permission.CASE_SEE)
def legal(case_id: UUID) -> ResponseReturnValue:
    """Sessions, for legal workers."""
    return _page(case_id, "legal")


def _page(case_id: UUID, field: str) -> str:
    by = current()
    case = get_case(by, case_id)
    queries.require_field(by, case_id, field)
    found = queries.sessions(by, case, field, before=_session(by, case_id, field, request.args.get("before")))
    rows, more = found[: queries.SESSIONS], len(found) > queries.SESSIONS
    shown: dict[str, str | int | None] = {"class": field, "count": len(rows)}
    seen("sessions", [case_id], **shown)
    return render_template(
        "assistance/sessions.html",
        bar=case_bar(by, case),
        field=field,
        heading=HEADINGS[field],
        given_words=GIVEN[field],
        rows=rows,
        checks=queries.checks(by, case) if field == "health" else [],
        consents=CONSENTS,
        presumptive=presumptive_tb,
        disabled=disabled,
        urgent=urgent,
        in_words=in_words,
        next_url=url_for(f".{field}", case_id=case_id, before=rows[-1].session.id) if more else "",
    )


def _session(by: Actor, case_id: UUID, field: str, text: str | None) -> Consultation | None:
    """The session named in an address, or None for anything else."""
    try:
        return queries.get_session(by, case_id, field, UUID(text)) if text else None
    except (ValueError, NotVisible):
        return None


@form_page("/cases/<uuid:case_id>/health/check", Permission.ASSISTANCE_RECORD)
def check_health(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record a health check."""
    by = current()
    case = get_case(by, case_id)
    queries.require_field(by, case_id, "health")
    form = open_form(HealthCheckForm, draft_id, data={"checked_on": today()})

    def act() -> Answer:
        service.record_health_check(
            get_case(by, case_id),
            by=by,
            consent=form.consent.data,
            checked_on=form.checked_on.data,
            answers=form.answers(),
            facility=form.facility.data,
            note=form.note.data,
            tell_travel=form.tell_travel.data,
        )
        return Answer(url_for(".health", case_id=case_id), gettext("The health check is recorded."))

    words = {"heading": gettext("Health check"), "verb": gettext("Record health check")}
    back = url_for(".health", case_id=case_id)
    return show_form(form, draft_id, case, act, **words, back=back, template="assistance/health_check.html")


@form_page("/cases/<uuid:case_id>/sessions/<field>/new", Permission.ASSISTANCE_RECORD)
def record_session(case_id: UUID, field: str, draft_id: UUID) -> ResponseReturnValue:
    """Record a visit, talk or advice."""
    by = current()
    case = get_case(by, case_id)
    queries.require_field(by, case_id, field)
    form = open_form(SessionForm, draft_id, data={"held_on": today(), "as_help": True})
    return _session_form(form, draft_id, case, by, field)


@form_page("/cases/<uuid:case_id>/sessions/<field>/<uuid:consultation_id>/correct", Permission.ASSISTANCE_RECORD)
def correct_session(case_id: UUID, field: str, consultation_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Correct what was written: the new text stands for the old one, and both stay."""
    by = current()
    case = get_case(by, case_id)
    wrong = queries.get_session(by, case_id, field, consultation_id)
    row = queries.session_rows([wrong])[0]
    stands = {"service_type": wrong.service_type, "held_on": wrong.held_on, "next_on": wrong.next_on}
    words = {"who": row.who, "note": row.note, "given": row.given}
    form = open_form(SessionForm, draft_id, data=stands | words)
    return _session_form(form, draft_id, case, by, field, consultation_id)


def _session_form(
    form: SessionForm, draft_id: UUID, case: Case, by: Actor, field: str, corrects: UUID | None = None
) -> ResponseReturnValue:
    form.service_type.choices = queries.session_kinds(field, by.language)
    form.given.label.text = GIVEN[field]
    back = url_for(f".{field}", case_id=case.id)

    def act() -> Answer:
        said = service.Session(
            service_type=form.service_type.data,
            held_on=form.held_on.data,
            who=form.who.data,
            note=form.note.data,
            given=form.given.data,
            next_on=form.next_on.data,
        )
        wrong = queries.get_session(by, case.id, field, corrects) if corrects else None
        service.record_session(
            get_case(by, case.id), field, said, by=by, corrects=wrong, as_help=form.as_help.data and wrong is None
        )
        return Answer(back, gettext("It is recorded."))

    words: dict[str, Any] = {"heading": gettext("Record a session"), "verb": gettext("Record session")}
    if corrects:
        words = {"heading": gettext("Correct a session"), "verb": gettext("Record correction")}
    return show_form(
        form, draft_id, case, act, **words, back=back, template="assistance/session_form.html", counted=not corrects
    )
