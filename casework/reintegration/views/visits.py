"""Pages of visits: plan by rhythm or one by one, record, missed, another day, a try, what happened to the person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from casework.access.guards import current
from casework.access.permissions import Permission
from casework.cases.queries import get_case
from casework.cases.views.work import partial
from casework.codes.dates import UNKNOWN
from casework.codes.queries import choices, find
from casework.db import today
from casework.people.kinds import FACT_KINDS, SOURCES
from casework.people.queries import get_person
from casework.reintegration import queries, service
from casework.reintegration.forms import (
    AttemptForm,
    FactForm,
    MissForm,
    MoveForm,
    OneVisitForm,
    ScheduleForm,
    VisitForm,
    scored,
)
from casework.reintegration.views.blueprint import form_page, page_url, people_of, show_form, uuid_or_none
from casework.reintegration.views.overview import contact_rules
from casework.reintegration.workflow import MOVE_REASONS, RHYTHM_WORDS, asks_scores, rhythm_for
from casework.writes.http import open_form
from casework.writes.orchestrator import Answer


@form_page("/cases/<uuid:case_id>/visits/plan", Permission.PLAN_WRITE)
def plan_visits(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Plan the visits of a rhythm."""
    by = current()
    case = get_case(by, case_id)
    minor = today() <= get_person(case.person_id).minor_until
    form = open_form(ScheduleForm, draft_id, data={"rhythm": rhythm_for(minor=minor), "assignee_id": str(by.user_id)})
    form.rhythm.choices = list(RHYTHM_WORDS.items())
    form.assignee_id.choices = people_of(by)

    def act() -> Answer:
        rows = service.plan_visits(
            get_case(by, case_id),
            by=by,
            rhythm=form.rhythm.data,
            home_on=form.home_on.data,
            assignee_id=uuid_or_none(form.assignee_id.data),
        )
        return Answer(
            page_url(case_id), ngettext("%(num)s visit is planned.", "%(num)s visits are planned.", len(rows))
        )

    words = {"heading": gettext("Plan the visits"), "verb": gettext("Plan visits")}
    return show_form(form, draft_id, case, act, **words, back=page_url(case_id))


@form_page("/cases/<uuid:case_id>/visits/add", Permission.FOLLOWUP_RECORD)
def add_visit(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Plan one visit or call."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(OneVisitForm, draft_id, data={"assignee_id": str(by.user_id)})
    form.mode.choices = choices("followup_type", group="mode", language=by.language)
    form.assignee_id.choices = people_of(by)

    def act() -> Answer:
        service.plan_visit(
            get_case(by, case_id),
            by=by,
            day=form.due_on.data,
            mode=form.mode.data,
            assignee_id=uuid_or_none(form.assignee_id.data),
        )
        return Answer(page_url(case_id), gettext("The visit is planned."))

    words = {"heading": gettext("Plan one visit or call"), "verb": gettext("Plan visit")}
    return show_form(form, draft_id, case, act, **words, back=page_url(case_id))


@form_page("/cases/<uuid:case_id>/visits/<uuid:visit_id>/record", Permission.FOLLOWUP_RECORD)
def record_visit(case_id: UUID, visit_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record a planned visit, the rule for contact first."""
    by = current()
    case = get_case(by, case_id)
    visit = queries.get_visit(by, case_id, visit_id)
    template = find("follow_up_schedule", visit.template) if visit.template else None
    domains = queries.score_domains(by.language) if asks_scores(template) else []
    beginning = {"done_on": today(), "mode": visit.mode, "version": str(visit.version)}
    form = open_form(scored(domains), draft_id, data=beginning)
    form.mode.choices = choices("followup_type", group="mode", language=by.language)

    def act() -> Answer:
        service.record_visit(
            queries.get_visit(by, case_id, visit_id),
            get_case(by, case_id),
            by=by,
            **_told(form),
            scores=form.scores(),
            expected_version=form.seen_version,
        )
        return Answer(page_url(case_id), gettext("The visit is recorded."))

    words = {"heading": gettext("Visit or call"), "verb": gettext("Record visit")}
    return show_form(
        form, draft_id, case, act, **words, back=page_url(case_id), template="reintegration/visit.html",
        rules=contact_rules(by, case), visit=visit, domains=domains, before=queries.last_scores(by, case),
    )  # fmt: skip


def _told(form: VisitForm) -> dict[str, Any]:
    names = ("done_on", "mode", "situation", "promises", "next_steps", "next_on")
    return {name: form[name].data for name in names}


@form_page("/cases/<uuid:case_id>/visits/came", Permission.FOLLOWUP_RECORD)
def record_contact(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record a visit or call that nobody had planned."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(VisitForm, draft_id, data={"done_on": today(), "mode": "survivor_called"})
    form.mode.choices = choices("followup_type", group="mode", language=by.language)

    def act() -> Answer:
        service.record_contact(get_case(by, case_id), by=by, **_told(form))
        return Answer(page_url(case_id), gettext("The contact is recorded."))

    words = {"heading": gettext("The person came or called"), "verb": gettext("Record contact")}
    return show_form(
        form, draft_id, case, act, **words, back=page_url(case_id), template="reintegration/visit.html",
        rules=contact_rules(by, case), visit=None, domains=[], before={},
    )  # fmt: skip


@form_page("/cases/<uuid:case_id>/visits/<uuid:visit_id>/missed", Permission.FOLLOWUP_RECORD)
def miss_visit(case_id: UUID, visit_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record that a planned visit did not take place."""
    by = current()
    case = get_case(by, case_id)
    visit = queries.get_visit(by, case_id, visit_id)
    form = open_form(MissForm, draft_id, data={"version": str(visit.version)})
    results = choices("followup_type", group="result", language=by.language)
    form.result.choices = [result for result in results if result.code != service.DONE]

    def act() -> Answer:
        service.miss_visit(
            queries.get_visit(by, case_id, visit_id),
            get_case(by, case_id),
            by=by,
            result=form.result.data,
            note=form.note.data,
            again_on=form.again_on.data,
            expected_version=form.seen_version,
        )
        return Answer(page_url(case_id), gettext("The missed visit is recorded."))

    words = {"heading": gettext("The visit did not take place"), "verb": gettext("Record missed visit")}
    return show_form(form, draft_id, case, act, **words, back=page_url(case_id))


@form_page("/cases/<uuid:case_id>/visits/<uuid:visit_id>/move", Permission.FOLLOWUP_RECORD)
def move_visit(case_id: UUID, visit_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Give a planned visit another day."""
    by = current()
    case = get_case(by, case_id)
    visit = queries.get_visit(by, case_id, visit_id)
    form = open_form(MoveForm, draft_id, data={"due_on": visit.due_on, "version": str(visit.version)})
    form.reason.choices = list(MOVE_REASONS.items())

    def act() -> Answer:
        service.reschedule(
            queries.get_visit(by, case_id, visit_id),
            get_case(by, case_id),
            by=by,
            day=form.due_on.data,
            reason=form.reason.data,
            expected_version=form.seen_version,
        )
        return Answer(page_url(case_id), gettext("The visit has another day."))

    words = {"heading": gettext("Another day for the visit"), "verb": gettext("Move visit")}
    return show_form(form, draft_id, case, act, **words, back=page_url(case_id))


@form_page("/cases/<uuid:case_id>/attempts/new", Permission.FOLLOWUP_RECORD)
def add_attempt(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record a try to reach the person that failed."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(AttemptForm, draft_id, data={"tried_on": today(), "mode": "safe_call"})
    form.mode.choices = choices("followup_type", group="mode", language=by.language)

    def act() -> Answer:
        service.add_attempt(get_case(by, case_id), by=by, tried_on=form.tried_on.data, mode=form.mode.data)
        return Answer(page_url(case_id), gettext("The try is recorded."))

    words = {"heading": gettext("Tried to reach the person"), "verb": gettext("Record try")}
    return show_form(form, draft_id, case, act, **words, back=page_url(case_id))


@form_page("/cases/<uuid:case_id>/what-happened", Permission.CASE_CLOSE)
def note_fact(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record that the person died, is missing, did not arrive, or was found."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(FactForm, draft_id)
    form.kind.choices = list(FACT_KINDS.items())
    form.source.choices = list(SOURCES.items())

    def act() -> Answer:
        occurred = partial(form.occurred.data) or UNKNOWN
        service.note_fact(get_case(by, case_id), by=by, kind=form.kind.data, occurred=occurred, source=form.source.data)
        return Answer(page_url(case_id), gettext("It is recorded. The supervisors are told."))

    words = {"heading": gettext("What happened to the person"), "verb": gettext("Record")}
    return show_form(form, draft_id, case, act, **words, back=page_url(case_id), template="reintegration/fact.html")
