"""The board of beds, and houses and rooms as the administrator of the office keeps them."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.access.views.addresses import form_at
from casework.assistance import queries, service
from casework.assistance.forms import (
    ROOM_AGE_WORDS,
    ROOM_SEX_WORDS,
    HouseChangeForm,
    HouseForm,
    RoomChangeForm,
    RoomForm,
)
from casework.assistance.views.blueprint import bp
from casework.web.forms import BaseForm
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer


@bp.get("/beds")
@requires(Permission.STAY_MANAGE)
def beds() -> ResponseReturnValue:
    """Houses of the office tonight: which beds are free, who lies where, who stays long."""
    houses = queries.bed_board(current())
    guests = [guest for house in houses for view in house.rooms for guest in (*view.beds.values(), *view.sharing)]
    seen("beds", [guest.case.id for guest in guests if guest is not None and guest.case is not None])
    return render_template("assistance/beds.html", houses=houses, sex_words=ROOM_SEX_WORDS, age_words=ROOM_AGE_WORDS)


@bp.get("/settings/houses")
@requires(Permission.ORGANISATION_MANAGE)
def houses() -> ResponseReturnValue:
    """Houses and rooms of the office, without anybody who lives there."""
    return render_template(
        "assistance/houses.html",
        houses=queries.plain_houses(current()),
        sex_words=ROOM_SEX_WORDS,
        age_words=ROOM_AGE_WORDS,
    )


def _page(form: BaseForm, heading: str, verb: str) -> str:
    return render_template(
        "assistance/settings_form.html", form=form, heading=heading, verb=verb, back=url_for(".houses")
    )


@form_at(bp, "/settings/houses/new", Permission.ORGANISATION_MANAGE, begin="new_house")
def add_house(draft_id: UUID) -> ResponseReturnValue:
    """Add a house of the office."""
    by = current()
    form = open_form(HouseForm, draft_id)

    def act() -> Answer:
        service.add_house(by=by, name=form.name.data, directions=form.directions.data)
        return Answer(url_for(".houses"), gettext("The house is added. Add its rooms."))

    return submit(
        form, key=draft_id, act=act, page=lambda form: _page(form, gettext("Add a house"), gettext("Add house"))
    )


@form_at(
    bp,
    "/settings/houses/<uuid:house_id>",
    Permission.ORGANISATION_MANAGE,
    begin="new_house_change",
    load=queries.get_house,
)
def change_house(house_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Call a house otherwise, or take it out of use."""
    by = current()
    house = queries.get_house(by, house_id)
    form = open_form(HouseChangeForm, draft_id, data=queries.house_as_it_stands(house))

    def act() -> Answer:
        service.change_house(
            queries.get_house(by, house_id),
            by=by,
            name=form.name.data,
            directions=form.directions.data,
            active=form.active.data,
            expected_version=form.seen_version,
        )
        return Answer(url_for(".houses"), gettext("The house is changed."))

    return submit(
        form, key=draft_id, act=act, page=lambda form: _page(form, gettext("Change a house"), gettext("Change house"))
    )


@form_at(
    bp,
    "/settings/houses/<uuid:house_id>/rooms/new",
    Permission.ORGANISATION_MANAGE,
    begin="new_room",
    load=queries.get_house,
)
def add_room(house_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Add a room of a house."""
    by = current()
    queries.get_house(by, house_id)
    form = open_form(RoomForm, draft_id, data={"for_sex": "any", "for_age": "any"})

    def act() -> Answer:
        service.add_room(
            queries.get_house(by, house_id),
            by=by,
            label=form.label.data,
            beds=form.beds.data,
            for_sex=form.for_sex.data,
            for_age=form.for_age.data,
        )
        return Answer(url_for(".houses"), gettext("The room is added."))

    return submit(
        form, key=draft_id, act=act, page=lambda form: _page(form, gettext("Add a room"), gettext("Add room"))
    )


@form_at(
    bp, "/settings/rooms/<uuid:room_id>", Permission.ORGANISATION_MANAGE, begin="new_room_change", load=queries.get_room
)
def change_room(room_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Change a room: beds, for whom, in use or not."""
    by = current()
    form = open_form(RoomChangeForm, draft_id, obj=queries.get_room(by, room_id))

    def act() -> Answer:
        service.change_room(
            queries.get_room(by, room_id),
            by=by,
            label=form.label.data,
            beds=form.beds.data,
            for_sex=form.for_sex.data,
            for_age=form.for_age.data,
            active=form.active.data,
            expected_version=form.seen_version,
        )
        return Answer(url_for(".houses"), gettext("The room is changed."))

    return submit(
        form, key=draft_id, act=act, page=lambda form: _page(form, gettext("Change a room"), gettext("Change room"))
    )
