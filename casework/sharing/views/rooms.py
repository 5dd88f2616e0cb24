"""How much room an office says it has: what others see when they choose whom to ask."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Permission
from casework.access.queries import rooms
from casework.access.service import organisations
from casework.access.views.addresses import form_at
from casework.referrals.forms import RoomForm
from casework.sharing.views.blueprint import bp, of_codes
from casework.writes.http import open_form, submit
from casework.writes.orchestrator import Answer


@form_at(bp, "/referrals/room", Permission.REFERRAL_ANSWER)
def room(draft_id: UUID) -> ResponseReturnValue:
    """Say how many places are free for one of the office's services."""
    by = current()
    rows = rooms(by.organisation_id)
    form = open_form(RoomForm, draft_id)
    form.service_type.choices = of_codes("service_type", [row.service_type for row in rows])

    def act() -> Answer:
        organisations.say_room(form.service_type.data or "", form.free.data, by=by)
        return Answer(url_for("sharing.new_room"), gettext("Recorded. Other offices see it when they choose."))

    def page(form: RoomForm) -> str:
        return render_template("sharing/room.html", form=form, rows=rows)

    return submit(form, key=draft_id, act=act, page=page)
