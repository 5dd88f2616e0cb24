"""Pages of events: recording and mending one, adding another case, adding an alleged offender."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Actor, Permission
from casework.cases.models import Case
from casework.cases.queries import case_bar, find, get_case
from casework.cases.workflow import read_code
from casework.codes.queries import choices
from casework.errors import InvalidInput, NotVisible, n_
from casework.identification import queries, service
from casework.identification.forms.events import ONE, SEVERAL, EventForm, JoinForm, OffenderForm, boxes
from casework.identification.kinds import EVENT_ROLE_WORDS
from casework.identification.views.blueprint import form_page
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer

LISTS = (*SEVERAL, *ONE, "country", "province")


@form_page("/cases/<uuid:case_id>/events/new", Permission.IDENTIFICATION_SCREEN, begin="new_event")
def record_event(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record what happened."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(EventForm, draft_id)
    form.offer({name: choices(name) for name in LISTS})

    def act() -> Answer:
        service.record_event(get_case(by, case_id), form.facts(), by=by, role=form.role.data)
        return Answer(url_for(".tab", case_id=case_id), gettext("Recorded."))

    return submit(form, key=draft_id, act=act, page=lambda form: _page(form, by, case, "event"), case_id=case_id)


@form_page(
    "/cases/<uuid:case_id>/events/<uuid:event_id>/edit",
    Permission.IDENTIFICATION_SCREEN,
    begin="mend_event",
    load=queries.get_event,
)
def edit_event(case_id: UUID, event_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Mend an event that the own office recorded."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(EventForm, draft_id, data=_as_typed(by, case_id, event_id))
    del form.role
    form.offer({name: choices(name) for name in LISTS})

    def act() -> Answer:
        event, version = queries.get_event(by, case_id, event_id), form.seen_version or 0
        service.edit_event(event, get_case(by, case_id), form.facts(), by=by, expected_version=version)
        return Answer(url_for(".tab", case_id=case_id), gettext("Saved."))

    return submit(
        form,
        key=draft_id,
        act=act,
        page=lambda form: _page(form, by, case, "event"),
        current=lambda: _as_typed(by, case_id, event_id),
        case_id=case_id,
    )


@form_page(
    "/cases/<uuid:case_id>/events/<uuid:event_id>/cases/new",
    Permission.IDENTIFICATION_SCREEN,
    begin="new_member",
    load=queries.get_event,
)
def join_event(case_id: UUID, event_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Add another case that the actor sees to the event."""
    by = current()
    case = get_case(by, case_id)
    queries.get_event(by, case_id, event_id)
    form = open_form(JoinForm, draft_id)
    form.role.choices = list(EVENT_ROLE_WORDS.items())

    def act() -> Answer:
        event, other = queries.get_event(by, case_id, event_id), _other(by, form.code.data)
        service.join_event(event, other, through=get_case(by, case_id), by=by, role=form.role.data)
        return Answer(url_for(".tab", case_id=case_id), gettext("The case belongs to it now."))

    return submit(form, key=draft_id, act=act, page=lambda form: _page(form, by, case, "member"), case_id=case_id)


@form_page(
    "/cases/<uuid:case_id>/events/<uuid:event_id>/others/new",
    Permission.IDENTIFICATION_SCREEN,
    begin="new_offender",
    load=queries.get_event,
)
def record_offender(case_id: UUID, event_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record an alleged offender, by a role that holds the class."""
    by = current()
    case = get_case(by, case_id)
    queries.get_event(by, case_id, event_id)
    if not queries.sees_offenders(by, case_id):
        raise NotVisible
    form = open_form(OffenderForm, draft_id)
    form.roles.choices, form.relation.choices = choices("perpetrator_role"), choices("recruiter_relation")
    form.citizenship.choices = choices("country")

    def act() -> Answer:
        event = queries.get_event(by, case_id, event_id)
        service.record_offender(event, get_case(by, case_id), form.said(), by=by)
        return Answer(url_for(".tab", case_id=case_id), gettext("Recorded."))

    return submit(form, key=draft_id, act=act, page=lambda form: _page(form, by, case, "offender"), case_id=case_id)


def _page(form: Any, by: Actor, case: Case, name: str) -> str:
    seen("form", [case.id], form=name)
    return render_template(f"identification/{name}.html", form=form, bar=case_bar(by, case))


def _other(by: Actor, typed: str) -> Case:
    """The case of a typed code, if the actor sees it. Absent and not visible are one answer."""
    code = read_code(typed)
    found = find(by, code) if code else []
    if not found:
        raise InvalidInput(n_("There is no such case for you to see. Check the code."), field="code")
    return found[0]


def _as_typed(by: Actor, case_id: UUID, event_id: UUID) -> dict[str, Any]:
    """The form's values as they stand on the record."""
    view = next((view for view in queries.events_of(by, case_id) if view.event.id == event_id), None)
    if view is None:
        raise NotVisible
    event, words = view.event, queries.event_words(view.event)
    values: dict[str, Any] = {"version": str(event.version), "role": view.role, "account": words.get("account", "")}
    values["began"] = boxes(event.occurred_from, event.occurred_precision)
    values["ended"] = boxes(event.occurred_to, event.occurred_precision)
    values |= {name: view.codes.get(name, []) for name in SEVERAL}
    values |= {name: view.codes[name][0] for name in ONE if view.codes.get(name)}
    values |= words.get("names", {})
    for place in view.places:
        values |= {f"{place.stage}_country": place.country, f"{place.stage}_province": place.province}
    values |= {f"{place['stage']}_name": place["name"] for place in words.get("places", [])}
    return values
