"""Administration of offices: the list, an office with its teams, adding and correcting."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access import guards
from casework.access.forms.administration import OfficeChangeForm, OfficeNewForm, TeamForm
from casework.access.models import Organisation
from casework.access.permissions import Permission, can
from casework.access.queries import changes, lists, organisation, organisations, provinces_of, services_of, teams
from casework.access.service import organisations as service
from casework.access.views.addresses import form_at
from casework.access.views.blueprint import bp
from casework.access.views.pages import form_page
from casework.access.views.words import OFFICE_FIELDS, told_in_words
from casework.db import uuid7
from casework.errors import StaleRecord
from casework.web.forms import TapForm, chosen_id, option
from casework.writes import http
from casework.writes.orchestrator import Answer

F = TypeVar("F", bound=OfficeChangeForm)


@bp.get("/administration/offices")
@guards.requires(Permission.SYSTEM_MANAGE)
def office_list() -> ResponseReturnValue:
    """All offices."""
    kinds = dict(option(item)[:2] for item in lists.choices("organisation_type"))
    return render_template("access/offices.html", rows=organisations(active=None), kinds=kinds)


@bp.get("/administration/office")
@guards.requires(Permission.ORGANISATION_MANAGE)
def own_office() -> ResponseReturnValue:
    """The own office."""
    return _office_page(service.manageable(guards.current().organisation_id, guards.current()))


@bp.get("/administration/offices/<uuid:office_id>")
@guards.requires(Permission.ORGANISATION_MANAGE)
def office(office_id: UUID) -> ResponseReturnValue:
    """One office; for others than system administrators only the own one."""
    return _office_page(service.manageable(office_id, guards.current()))


def _office_page(row: Organisation) -> ResponseReturnValue:
    services = [(code, lists.label("service_type", code), room) for code, room in services_of(row.id).items()]
    return render_template(
        "access/office.html",
        office=row,
        kind=lists.label("organisation_type", row.type),
        country=lists.label("country", row.country),
        above=organisation(row.parent_id).name if row.parent_id else "",
        teams=teams(row.id),
        services=services,
        provinces=[lists.label("province", code) for code in provinces_of(row.id)],
        may_change=can(guards.current(), Permission.SYSTEM_MANAGE),
        changes=told_in_words(changes("organisation", [row.id])),
        field_words=OFFICE_FIELDS,
        press=TapForm(data={"draft": str(uuid7())}),
    )


@form_at(bp, "/administration/offices/new", Permission.SYSTEM_MANAGE, begin="new_office")
def add_office(draft_id: UUID) -> ResponseReturnValue:
    """Add an office."""
    actor = guards.current()
    usual = {"country": "KHM", "has_users": True, "active": True}
    form = _with_choices(http.open_form(OfficeNewForm, draft_id, data=usual))

    def act() -> Answer:
        row = service.create(code=form.code.data, by=actor, **_typed(form))
        return Answer(url_for("access.office", office_id=row.id), gettext("The office is added."))

    return http.submit(
        form, key=draft_id, act=act, page=lambda f: form_page("office_form", f, gettext("Add office"), new=True)
    )


@form_at(
    bp,
    "/administration/offices/<uuid:office_id>/change",
    Permission.SYSTEM_MANAGE,
    begin="correct_office",
    load=lambda _, office_id: organisation(office_id),
)
def change_office(office_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Correct an office."""
    actor, row = guards.current(), organisation(office_id)
    form = _with_choices(http.open_form(OfficeChangeForm, draft_id, obj=row))
    form.parent_id.choices = [one for one in form.parent_id.choices if one.value != str(office_id)]

    def act() -> Answer:
        service.change(_unchanged(office_id, form), by=actor, active=form.active.data, **_typed(form))
        return Answer(url_for("access.office", office_id=office_id), gettext("The office is changed."))

    return http.submit(
        form, key=draft_id, act=act, page=lambda f: form_page("office_form", f, gettext("Save"), new=False)
    )


@form_at(
    bp,
    "/administration/offices/<uuid:office_id>/teams/new",
    Permission.ORGANISATION_MANAGE,
    begin="new_team",
    load=lambda by, office_id: service.manageable(office_id, by),
)
def add_team(office_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Add a team to an office."""
    actor, form = guards.current(), http.open_form(TeamForm, draft_id)
    service.manageable(office_id, actor)

    def act() -> Answer:
        service.add_team(organisation(office_id), name=form.name.data, by=actor)
        return Answer(url_for("access.office", office_id=office_id), gettext("The team is added."))

    return http.submit(form, key=draft_id, act=act, page=lambda f: form_page("team", f, gettext("Add team")))


def _with_choices(form: F) -> F:
    form.type.choices = lists.choices("organisation_type")
    form.country.choices = lists.choices("country")
    form.parent_id.choices = [(str(one.id), one.name) for one in organisations()]
    return form


def _typed(form: OfficeChangeForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "name_km": form.name_km.data,
        "type": form.type.data,
        "country": form.country.data,
        "parent_id": chosen_id(form.parent_id.data),
        "has_users": form.has_users.data,
    }


def _unchanged(office_id: UUID, form: OfficeChangeForm) -> Organisation:
    """The office, if nobody changed it since the form was opened; else what stands now."""
    row = organisation(office_id)
    if form.seen_version != row.version:
        names = ("name", "name_km", "type", "country", "parent_id", "has_users", "active", "version")
        raise StaleRecord({name: getattr(row, name) for name in names})
    return row
