"""Journeys: the list, one journey with its seats, its manifest for paper, what the planning office changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission, can
from casework.access.queries import organisations
from casework.access.views.addresses import form_at
from casework.codes.queries import choices
from casework.repatriation import queries, service
from casework.repatriation.forms import EscortForm, JourneyForm, LegForm
from casework.repatriation.kinds import ESCORT_SEXES, LEG_MODES
from casework.repatriation.views.blueprint import bp, form_page, load_path, show_form
from casework.repatriation.views.plan import PATH
from casework.web.forms import BaseForm, Option, TapForm, chosen_id, options
from casework.writes.http import open_form, seen, submit, tap
from casework.writes.orchestrator import Answer

JOURNEY = "/journeys/<uuid:movement_id>"
TURNS = {"depart": service.depart, "arrive": service.arrive, "cancel": service.cancel_movement}
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def journey_url(movement_id: UUID) -> str:
    """The page of a journey."""
    return url_for("repatriation.journey", movement_id=movement_id)


@bp.get("/journeys")
@requires(Permission.CASE_SEE)
def journeys() -> ResponseReturnValue:
    """The journeys on which somebody sits whose return the actor may see."""
    rows, more = queries.list_movements(current(), queries.read_key(request.args.get("after")))
    seen("movements", [], count=len(rows))
    return render_template(
        "repatriation/journeys.html", rows=rows, next_url=url_for(".journeys", after=more) if more else ""
    )


@bp.get(JOURNEY)
@requires(Permission.CASE_SEE)
def journey(movement_id: UUID) -> ResponseReturnValue:
    """One journey: way, escorts, and the visible seats."""
    by = current()
    view = queries.view_movement(by, queries.get_movement(by, movement_id))
    seen("movement", [seat.case.id for seat in view.seats], movement=str(movement_id))
    works = can(by, Permission.RETURN_MANAGE)
    mine = {
        seat.case.id for seat in view.seats if by.organisation_id in (seat.path.author_org_id, seat.case.owner_org_id)
    }
    return render_template(
        "repatriation/journey.html",
        view=view,
        works=works and view.row.author_org_id == by.organisation_id,
        seats_of_mine=mine if works and view.row.state == "planned" else set(),
    )


@bp.get(f"{JOURNEY}/manifest")
@requires(Permission.CASE_SEE)
def manifest(movement_id: UUID) -> ResponseReturnValue:
    """The journey for paper: codes, or names of the own office's people where that was asked for; nothing of why."""
    by = current()
    view = queries.view_movement(by, queries.get_movement(by, movement_id))
    seen("movement", [seat.case.id for seat in view.seats], movement=str(movement_id))
    return render_template(
        "repatriation/manifest.html",
        view=view,
        travelling=[seat for seat in view.seats if seat.row.state != "stayed"],
        named=request.args.get("names") == "1",
    )


@form_page(f"{PATH}/journey", Permission.RETURN_MANAGE)
def plan_journey(case_id: UUID, path_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Plan a journey for this return; others can join it."""
    by = current()
    path, case = load_path(case_id, path_id)
    form = open_form(JourneyForm, draft_id, data={"travel_on": path.travel_on})

    def act() -> Answer:
        now, same_case = load_path(case_id, path_id)
        row = service.plan_movement(now, same_case, by=by, **_typed(form))
        return Answer(journey_url(row.id), gettext("The journey is planned."))

    words = {"heading": gettext("Plan a journey"), "verb": gettext("Plan journey")}
    return show_form(form, draft_id, case, act, **words, intro=gettext("Other returns can join it afterwards."))


def _typed(form: JourneyForm) -> dict[str, Any]:
    return {
        "travel_on": form.travel_on.data,
        "vehicle": form.vehicle.data,
        "meeting": form.meeting.data,
        "note": form.note.data,
    }


def journey_form(rule: str) -> Callable[[View], View]:
    """Register a form of a journey at its two addresses."""
    return form_at(bp, f"{JOURNEY}/{rule}", Permission.RETURN_MANAGE, load=queries.get_movement)


def _show(
    form: BaseForm,
    draft_id: UUID,
    movement_id: UUID,
    act: Callable[[], Answer],
    *,
    heading: str,
    verb: str,
    stands: Callable[[], dict[str, object]] | None = None,
) -> ResponseReturnValue:
    def page(form: BaseForm) -> str:
        seen("movement", [], movement=str(movement_id))
        words = {"heading": heading, "verb": verb, "back": journey_url(movement_id)}
        return render_template("repatriation/journey_form.html", form=form, **words)

    return submit(form, key=draft_id, act=act, page=page, current=stands)


@journey_form("change")
def change_journey(movement_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Change day, vehicle, meeting place or note of a journey."""
    by = current()

    def stands() -> dict[str, object]:
        view = queries.view_movement(by, queries.get_movement(by, movement_id))
        return {"travel_on": view.row.travel_on, "version": str(view.row.version), **view.words}

    form = open_form(JourneyForm, draft_id, data=stands())

    def act() -> Answer:
        row = queries.get_movement(by, movement_id)
        service.change_movement(row, by=by, **_typed(form), expected_version=form.seen_version)
        return Answer(journey_url(movement_id), gettext("The journey is changed."))

    words = {"heading": gettext("Change the journey"), "verb": gettext("Change journey")}
    return _show(form, draft_id, movement_id, act, **words, stands=stands)


@journey_form("legs")
def add_leg(movement_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Add a part of the way."""
    by = current()
    queries.get_movement(by, movement_id)
    form = open_form(LegForm, draft_id)
    form.mode.choices = options(LEG_MODES)
    form.border_point.choices = choices("border_point", language=by.language)

    def act() -> Answer:
        names = ("mode", "from_place", "to_place", "border_point", "departs_at", "arrives_at", "number")
        data = service.LegData(**{name: form[name].data for name in names})
        service.add_leg(queries.get_movement(by, movement_id), data, by=by)
        return Answer(journey_url(movement_id), gettext("The part of the way is added."))

    words = {"heading": gettext("A part of the way"), "verb": gettext("Add")}
    return _show(form, draft_id, movement_id, act, **words)


@journey_form("escorts")
def add_escort(movement_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Say who goes along."""
    by = current()
    queries.get_movement(by, movement_id)
    form = open_form(EscortForm, draft_id)
    form.sex.choices = options(ESCORT_SEXES)
    form.org_id.choices = [Option(str(row.id), row.name) for row in organisations()]

    def act() -> Answer:
        service.add_escort(
            queries.get_movement(by, movement_id),
            by=by,
            name=form.name.data,
            sex=form.sex.data,
            phone=form.phone.data,
            org_id=chosen_id(form.org_id.data),
        )
        return Answer(journey_url(movement_id), gettext("The escort is added."))

    return _show(form, draft_id, movement_id, act, heading=gettext("An escort"), verb=gettext("Add"))


@bp.post(f"{JOURNEY}/<any(depart, arrive, cancel):turn>")
@requires(Permission.RETURN_MANAGE)
def turn_journey(movement_id: UUID, turn: str) -> ResponseReturnValue:
    """One tap: the journey leaves, has arrived, or does not take place."""
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        TURNS[turn](queries.get_movement(by, movement_id), by=by, expected_version=version)
        return Answer(journey_url(movement_id))

    return tap(form, record_id=movement_id, version=version, action=turn, act=act)


@bp.post(f"{JOURNEY}/parts/<uuid:part_id>/take-out")
@requires(Permission.RETURN_MANAGE)
def take_out(movement_id: UUID, part_id: UUID) -> ResponseReturnValue:
    """One tap: take a part of the way or an escort out."""
    by = current()

    def act() -> Answer:
        service.take_out(queries.get_movement(by, movement_id), part_id, by=by)
        return Answer(journey_url(movement_id))

    return tap(TapForm(), record_id=part_id, version=0, action="take-out", act=act)
