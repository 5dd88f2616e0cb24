"""Pages of visits: plan by rhythm or one by one, record, missed, another day, a try."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from casework.access.guards import current
from casework.access.permissions import Permission
from casework.cases.models import Case
from casework.cases.queries import get_case
from casework.codes.queries import choices, find
from casework.db import today
from casework.people.queries import get_person
from casework.reintegration import queries, service
from casework.reintegration.forms import (
    AttemptForm,
    MissForm,
    MoveForm,
    OneVisitForm,
    OwnRhythmForm,
    ScheduleForm,
    VisitForm,
    scored,
)
from casework.reintegration.models import FollowUp
from casework.reintegration.views.blueprint import form_page, page_url, people_of, show_form
from casework.reintegration.views.overview import contact_rules
from casework.reintegration.workflow import MOVE_REASONS, RHYTHM_WORDS, asks_scores, rhythm_for, travel_modes
from casework.web.forms import chosen_id
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
            assignee_id=chosen_id(form.assignee_id.data),
        )
        return Answer(
            page_url(case_id), ngettext("%(num)s visit is planned.", "%(num)s visits are planned.", len(rows))
        )

    words = {"heading": gettext("Plan the visits"), "verb": gettext("Plan visits")}
    return show_form(form, draft_id, case, act, **words)


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
            assignee_id=chosen_id(form.assignee_id.data),
        )
        return Answer(page_url(case_id), gettext("The visit is planned."))

    words = {"heading": gettext("Plan one visit or call"), "verb": gettext("Plan visit")}
    return show_form(form, draft_id, case, act, **words)


@form_page("/cases/<uuid:case_id>/visits/<uuid:visit_id>/record", Permission.FOLLOWUP_RECORD)
def record_visit(case_id: UUID, visit_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record a planned visit, the rule for contact first."""
    by = current()
    case = get_case(by, case_id)
    visit = queries.get_visit(by, case_id, visit_id)
    template = find("follow_up_schedule", visit.template) if visit.template else None
    asks = asks_scores(template)
    domains = queries.score_domains(by.language) if asks else []
    dimensions = queries.lasting_domains(by.language) if asks else []
    beginning = {"done_on": today(), "mode": visit.mode, "version": str(visit.version)}
    form = open_form(scored(domains, dimensions), draft_id, data=beginning)
    form.mode.choices = choices("followup_type", group="mode", language=by.language)

    def act() -> Answer:
        service.record_visit(
            queries.get_visit(by, case_id, visit_id),
            get_case(by, case_id),
            by=by,
            **_told(form),
            scores=form.scores(),
            lasting=form.lasting(),
            expected_version=form.seen_version,
        )
        return Answer(page_url(case_id), gettext("The visit is recorded."))

    words = {"heading": gettext("Visit or call"), "verb": gettext("Record visit")}
    return show_form(
        form, draft_id, case, act, **words, template="reintegration/visit.html",
        rules=contact_rules(by, case), visit=visit, domains=domains, before=queries.last_scores(by, case),
        dimensions=dimensions, **_on_the_way(case, visit),
    )  # fmt: skip


def _on_the_way(case: Case, visit: FollowUp) -> dict[str, Any]:
    """Who is inside, and how to get there: for visits to which somebody travels."""
    if visit.mode not in travel_modes():
        return {"travels": False}
    place = queries.places_of(current(), [case.id]).get(case.id)
    return {
        "travels": True,
        "watch": queries.inside([visit.id]).get(visit.id),
        "place": place,
        "directions": queries.directions_of(place) if place else "",
    }


def _told(form: VisitForm) -> dict[str, Any]:
    names = ("done_on", "mode", "standing", "situation", "promises", "next_steps", "next_on")
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
        form, draft_id, case, act, **words, template="reintegration/visit.html",
        rules=contact_rules(by, case), visit=None, domains=[], before={}, dimensions=[], travels=False,
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
    return show_form(form, draft_id, case, act, **words)


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
    return show_form(form, draft_id, case, act, **words)


@form_page("/cases/<uuid:case_id>/attempts/new", Permission.FOLLOWUP_RECORD)
def add_attempt(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record a try to reach the person that failed."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(AttemptForm, draft_id, data={"tried_on": today(), "mode": "safe_call"})
    form.mode.choices = form.next_mode.choices = choices("followup_type", group="mode", language=by.language)

    def act() -> Answer:
        service.add_attempt(
            get_case(by, case_id),
            by=by,
            tried_on=form.tried_on.data,
            mode=form.mode.data,
            next_on=form.next_on.data,
            next_mode=form.next_mode.data,
        )
        return Answer(page_url(case_id), gettext("The try is recorded."))

    words = {"heading": gettext("Tried to reach the person"), "verb": gettext("Record try")}
    return show_form(form, draft_id, case, act, **words)


@form_page("/cases/<uuid:case_id>/visits/own", Permission.PLAN_WRITE)
def plan_own(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Plan visits or calls in a rhythm and by a channel of the person's own."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(OwnRhythmForm, draft_id, data={"unit": "week", "assignee_id": str(by.user_id)})
    form.mode.choices = choices("followup_type", group="mode", language=by.language)
    form.assignee_id.choices = people_of(by)

    def act() -> Answer:
        names = ("first_on", "every", "unit", "count", "mode")
        rows = service.plan_own_rhythm(
            get_case(by, case_id),
            by=by,
            **{name: form[name].data for name in names},
            assignee_id=chosen_id(form.assignee_id.data),
        )
        return Answer(
            page_url(case_id), ngettext("%(num)s visit is planned.", "%(num)s visits are planned.", len(rows))
        )

    words = {"heading": gettext("The person's own rhythm"), "verb": gettext("Plan visits")}
    return show_form(form, draft_id, case, act, **words)
