"""Sparing the person: 'do not ask more today', and the mark that somebody was talked with alone."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases import service
from casework.cases.forms import StopForm
from casework.cases.models import PrivateTalk
from casework.cases.queries import get_case
from casework.cases.views.blueprint import bp, form_page, show_form
from casework.cases.views.links import case_url
from casework.web.forms import TapForm
from casework.writes.http import open_form, tap
from casework.writes.orchestrator import Answer


@bp.app_template_filter("talk_version")
def talk_version(talk: PrivateTalk | None) -> int:
    """What a tap about a private talk carries: another one after each mark, so that a mark may come again."""
    return int(talk.recorded_at.timestamp() * 1_000_000) if talk else 0


@form_page("/cases/<uuid:case_id>/stop", Permission.TASK_DO)
def stop_asking(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """The person is tired, or a doctor says so: nothing more is asked until a morning."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(StopForm, draft_id, data={"said_by": "person", "span": "tomorrow"})

    def act() -> Answer:
        service.stop_asking(
            get_case(by, case_id), by=by, said_by=form.said_by.data, span=form.span.data, reason=form.reason.data
        )
        return Answer(case_url(case_id), gettext("Recorded. It stands on every page of the case until then."))

    return show_form(
        form,
        draft_id,
        case,
        act,
        heading=gettext("Do not ask more today"),
        verb=gettext("Stop asking"),
        intro=gettext("Food, a bed, a doctor and transport are given all the same. Only questions wait."),
    )


@bp.post("/cases/<uuid:case_id>/stop/<uuid:rest_id>/end")
@requires(Permission.TASK_DO)
def go_on(case_id: UUID, rest_id: UUID) -> ResponseReturnValue:
    """One tap: the person wishes to go on before the time is over."""
    by = current()

    def act() -> Answer:
        service.go_on_asking(get_case(by, case_id), rest_id, by=by)
        return Answer(case_url(case_id), gettext("The person may be asked again."))

    return tap(TapForm(), record_id=rest_id, version=0, action="go_on", act=act)


@bp.post("/cases/<uuid:case_id>/private-talk/<state>")
@requires(Permission.TASK_DO)
def mark_talk(case_id: UUID, state: str) -> ResponseReturnValue:
    """One tap: talked with alone, did not want it, or marked by mistake."""
    by = current()
    form = TapForm()
    group = request.args.get("group", type=UUID)

    def act() -> Answer:
        service.mark_talk(get_case(by, case_id), state, by=by)
        back = url_for("assistance.group", group_id=group) if group else case_url(case_id)
        return Answer(back, gettext("Marked."))

    return tap(form, record_id=case_id, version=form.seen_version or 0, action=f"talk:{state}", act=act)
