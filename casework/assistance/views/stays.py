"""Stays of a case: list, arrival, what was agreed, departure."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.assistance import queries, service
from casework.assistance.forms import ROOM_AGE_WORDS, ROOM_SEX_WORDS, ArriveForm, LeaveForm, StayForm
from casework.assistance.models import Room, Stay
from casework.assistance.views.blueprint import bp, form_page, show_form
from casework.assistance.workflow import ADMISSION_WORDS, EXIT_WORDS, LONG_STAY_DAYS
from casework.cases.queries import case_bar, get_case
from casework.db import today
from casework.web.forms import Option
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
    seen("help", [case_id], part="stays", count=len(rows), **{"class": "location_current"})
    return render_template(
        "assistance/stays.html",
        bar=case_bar(by, case),
        rows=rows,
        admission_words=ADMISSION_WORDS,
        exit_words=EXIT_WORDS,
        long=LONG_STAY_DAYS,
        here=any(row.stay.left_on is None for row in rows),
    )


def _offer(form: StayForm, by: Actor, stay: Stay | None = None) -> None:
    """Hand in the free beds of the office, and the one the person lies in already."""
    form.admission.choices = list(ADMISSION_WORDS.items())
    beds = [
        Option(f"{view.room.id}:{number or ''}", _words(view.room, number), group=house.name)
        for house, view, number in queries.free_beds(by)
    ]
    if stay is not None and stay.room_id is not None:
        own = f"{stay.room_id}:{stay.bed_number or ''}"
        if own not in {bed.value for bed in beds}:
            room = queries.rooms_of([stay.room_id])[stay.room_id]
            house = queries.house_names([room.house_id]).get(room.house_id, "")
            beds.insert(0, Option(own, _words(room, stay.bed_number), group=house))
    form.room_bed.choices = beds


def _words(room: Room, number: int | None) -> str:
    """A bed as the list shows it: 'Room 2, bed 1 (Women and girls, Adults)'."""
    meant = [ROOM_SEX_WORDS[room.for_sex]] * (room.for_sex != "any")
    meant += [ROOM_AGE_WORDS[room.for_age]] * (room.for_age != "any")
    told: str = f" ({', '.join(gettext(word) for word in meant)})" if meant else ""
    if number is None:
        return f"{gettext('Room %(room)s, shares a bed', room=room.label)}{told}"
    return f"{gettext('Room %(room)s, bed %(number)s', room=room.label, number=number)}{told}"


def _lodging(form: StayForm) -> service.Lodging:
    room_id, number = form.chosen_bed()
    return service.Lodging(
        admission=form.admission.data,
        place=form.place.data,
        bed=form.bed.data,
        room_id=room_id,
        bed_number=number,
        movement=form.movement.data,
        visitors=form.visitors.data,
        note=form.note.data,
        anyway=form.anyway.data,
    )


@form_page("/cases/<uuid:case_id>/stays/new", Permission.STAY_MANAGE)
def arrive(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record an arrival."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(ArriveForm, draft_id, data={"arrived_on": today()})
    _offer(form, by)

    def act() -> Answer:
        service.arrive(get_case(by, case_id), _lodging(form), by=by, arrived_on=form.arrived_on.data)
        return Answer(stays_url(case_id), gettext("The arrival is recorded."))

    words = {"heading": gettext("Arrival at a place to stay"), "verb": gettext("Record arrival")}
    return show_form(form, draft_id, case, act, **words, back=stays_url(case_id), template="assistance/stay_form.html")


@form_page("/cases/<uuid:case_id>/stays/<uuid:stay_id>/change", Permission.STAY_MANAGE)
def change_stay(case_id: UUID, stay_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Another bed, or what was agreed since."""
    by = current()
    case = get_case(by, case_id)
    stay = queries.get_stay(by, case_id, stay_id)
    form = open_form(StayForm, draft_id, data=queries.stay_as_it_stands(stay))
    _offer(form, by, stay)

    def act() -> Answer:
        row = queries.get_stay(by, case_id, stay_id)
        service.change_stay(row, get_case(by, case_id), _lodging(form), by=by, expected_version=form.seen_version)
        return Answer(stays_url(case_id), gettext("The stay is changed."))

    words = {"heading": gettext("Change a stay"), "verb": gettext("Change stay")}
    return show_form(form, draft_id, case, act, **words, back=stays_url(case_id), template="assistance/stay_form.html")


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
