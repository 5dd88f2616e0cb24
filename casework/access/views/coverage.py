"""Where an office works and what it offers: provinces, services, how many people at once."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access import guards
from casework.access.forms.administration import ProvincesForm, ServiceForm
from casework.access.permissions import Permission
from casework.access.queries import lists, organisation, provinces_of, services_of
from casework.access.service import organisations as service
from casework.access.views.addresses import form_at
from casework.access.views.blueprint import bp
from casework.access.views.pages import form_page
from casework.web.forms import TapForm, option
from casework.writes import http
from casework.writes.orchestrator import Answer


@form_at(
    bp,
    "/administration/offices/<uuid:office_id>/provinces",
    Permission.ORGANISATION_MANAGE,
    begin="correct_coverage",
    load=lambda by, office_id: service.manageable(office_id, by),
)
def change_coverage(office_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Provinces served."""
    actor = guards.current()
    row = service.manageable(office_id, actor)
    form = http.open_form(
        ProvincesForm, draft_id, data={"provinces": provinces_of(row.id), "version": str(row.version)}
    )
    form.provinces.choices = lists.choices("province")

    def act() -> Answer:
        standing, chosen = organisation(office_id), form.provinces.data or []
        service.set_provinces(standing, chosen, by=actor, expected_version=form.seen_version)
        return Answer(url_for("access.office", office_id=office_id), gettext("Saved."))

    return http.submit(form, key=draft_id, act=act, page=lambda f: form_page("coverage", f, gettext("Save")))


@bp.get("/administration/offices/<uuid:office_id>/services/new")
@guards.requires(Permission.ORGANISATION_MANAGE)
def new_service(office_id: UUID) -> ResponseReturnValue:
    """To the form, under a new key; `service` in the address is one that is offered and changes."""
    row = service.manageable(office_id, guards.current())
    asked = request.args.get("service", "")
    more = {"service": asked} if asked in services_of(row.id) else {}
    return http.fresh("access.add_service", office_id=row.id, **more)


@bp.route("/administration/offices/<uuid:office_id>/services/new/<uuid:draft_id>", methods=["GET", "POST"])
@guards.requires(Permission.ORGANISATION_MANAGE)
def add_service(office_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Offer a service, or correct how many people it takes at once."""
    actor = guards.current()
    office, standing, asked = service.manageable(office_id, actor), {}, request.args.get("service")
    if asked in (offered := services_of(office.id)):
        standing = {"service_type": asked, "capacity": offered[asked], "version": str(office.version)}
    form = http.open_form(ServiceForm, draft_id, data=standing)
    form.service_type.choices = [option(item)._replace(group=item.group) for item in lists.choices("service_type")]

    def act() -> Answer:
        service.offer_service(
            organisation(office_id),
            form.service_type.data,
            capacity=form.capacity.data,
            by=actor,
            expected_version=form.seen_version,
        )
        return Answer(url_for("access.office", office_id=office_id), gettext("Saved. Others find you by it."))

    return http.submit(form, key=draft_id, act=act, page=lambda f: form_page("service", f, gettext("Save service")))


@bp.post("/administration/offices/<uuid:office_id>/services/<service_type>/end")
@guards.requires(Permission.ORGANISATION_MANAGE)
def end_service(office_id: UUID, service_type: str) -> ResponseReturnValue:
    """One tap: no longer offered."""
    actor, form = guards.current(), TapForm()
    service.manageable(office_id, actor)

    def act() -> Answer:
        service.end_service(organisation(office_id), service_type, by=actor)
        note = gettext("Taken off. Referrals that were sent stay as they are.")
        return Answer(url_for("access.office", office_id=office_id), note)

    key = f"end-service:{service_type[:60]}:{form.draft.data}"
    return http.tap(form, record_id=office_id, version=1, action=key, act=act)
