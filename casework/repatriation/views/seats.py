"""A seat on a journey: taking one, changing it, boarding, staying behind."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.codes.queries import provinces
from casework.repatriation import queries, service
from casework.repatriation.forms import JoinForm, SeatForm
from casework.repatriation.kinds import SEAT_NEEDS
from casework.repatriation.views.blueprint import bp, form_page, load_path, show_form
from casework.repatriation.views.journeys import journey_url
from casework.repatriation.views.plan import PATH
from casework.web.filters import day
from casework.web.forms import Option, TapForm, options
from casework.writes.http import open_form, tap
from casework.writes.orchestrator import Answer

SEAT = "/cases/<uuid:case_id>/return/seats/<uuid:movement_id>"
BOARDING = {"board": service.board, "stay": service.stay_behind}


def _offer(form: SeatForm) -> None:
    form.to_province.choices = provinces(current().language)
    form.needs.choices = options(SEAT_NEEDS)


def _data(form: SeatForm) -> service.SeatData:
    return service.SeatData(seat=form.seat.data, to_province=form.to_province.data, needs=tuple(form.needs.data or ()))


@form_page(f"{PATH}/seat", Permission.RETURN_MANAGE)
def take_seat(case_id: UUID, path_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Put a return on a journey that is planned."""
    by = current()
    _, case = load_path(case_id, path_id)
    form = open_form(JoinForm, draft_id)
    listed, _ = queries.list_movements(by)
    planned = {row.id for row in queries.planned_movements(by)}
    form.movement_id.choices = [
        Option(str(line.row.id), f"{day(line.row.travel_on)}, {line.vehicle or line.office}")
        for line in listed
        if line.row.id in planned
    ]
    _offer(form)

    def act() -> Answer:
        path, same_case = load_path(case_id, path_id)
        row = queries.get_movement(by, UUID(form.movement_id.data))
        service.take_seat(row, path, same_case, _data(form), by=by)
        return Answer(journey_url(row.id), gettext("The person has a seat."))

    words = {"heading": gettext("A seat on a journey"), "verb": gettext("Take the seat")}
    intro = gettext("The day of travel follows the journey.")
    return show_form(form, draft_id, case, act, **words, intro=intro)


@form_page(SEAT, Permission.RETURN_MANAGE)
def change_seat(case_id: UUID, movement_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Change where somebody sits, gets off, and what the seat must have."""
    by = current()
    view = _seat(case_id, movement_id)
    form = open_form(SeatForm, draft_id, data=_standing(view))
    _offer(form)

    def act() -> Answer:
        found = queries.get_seat(by, movement_id, case_id)
        seat, row, path, case = found
        service.change_seat(seat, row, path, case, _data(form), by=by, expected_version=form.seen_version)
        return Answer(journey_url(movement_id), gettext("The seat is changed."))

    def stands() -> dict[str, object]:
        return _standing(_seat(case_id, movement_id))

    words = {"heading": gettext("A seat on a journey"), "verb": gettext("Change seat")}
    back = journey_url(movement_id)
    return show_form(form, draft_id, view.case, act, **words, back=back, current_values=stands)


def _seat(case_id: UUID, movement_id: UUID) -> queries.SeatView:
    by = current()
    seat, row, _, _ = queries.get_seat(by, movement_id, case_id)
    return next(view for view in queries.view_movement(by, row).seats if view.case.id == seat.case_id)


def _standing(view: queries.SeatView) -> dict[str, object]:
    row = view.row
    return {"to_province": row.to_province, "seat": row.seat, "needs": view.needs, "version": str(row.version)}


@bp.post(f"{SEAT}/<any(board, stay):boarding>")
@requires(Permission.RETURN_MANAGE)
def board_seat(case_id: UUID, movement_id: UUID, boarding: str) -> ResponseReturnValue:
    """One tap: on board, or staying behind."""
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        BOARDING[boarding](*queries.get_seat(by, movement_id, case_id), by=by, expected_version=version)
        return Answer(journey_url(movement_id))

    return tap(form, record_id=case_id, version=version, action=f"{boarding}:{movement_id}", act=act)
