"""The filter sentence: from the address to a filter and back."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext

from casework.access.permissions import Actor
from casework.access.queries import organisations
from casework.codes.queries import choices
from casework.errors import InvalidInput, n_
from casework.reports.forms import FilterForm
from casework.reports.workflow import SIDES, STATES, ReferralFilter, usual_filter
from casework.web.filters import label
from casework.web.forms import Option, chosen_id, options

MINE = "mine"


def filter_of_request(by: Actor) -> tuple[FilterForm, ReferralFilter | None]:
    """The form as the address fills it, and the filter; None where something in it can't be read."""
    usual = usual_filter()
    asked = request.args.copy()
    if asked.get("office") == str(by.organisation_id):
        asked["office"] = MINE  # a kept filter names the own office by its id
    form = FilterForm(formdata=asked, data={"side": usual.side, "first": usual.first, "last": usual.last})
    form.side.choices = options(SIDES)
    form.office.choices = [
        Option("", gettext("all offices I may see")),
        Option(MINE, gettext("my office")),
        *(Option(str(one.id), one.name) for one in organisations(active=None) if one.id != by.organisation_id),
    ]
    form.service.choices = [Option("", gettext("any service")), *_coded("service_type")]
    form.priority.choices = [Option("", gettext("any priority")), *_coded("referral_priority")]
    states = [option for option in _coded("referral_status") if option.value in STATES]
    form.status.choices = [Option("", gettext("any state")), *states]
    return form, _read(form, by)


def _coded(list_name: str) -> list[Option]:
    return [Option(one.code, label(one.code, list_name)) for one in choices(list_name)]


def _read(form: FilterForm, by: Actor) -> ReferralFilter | None:
    if not form.validate():
        return None
    office = form.office.data
    try:
        return ReferralFilter(
            first=form.first.data,
            last=form.last.data,
            side=form.side.data or "sent",
            office=by.organisation_id if office == MINE else chosen_id(office),
            service=form.service.data,
            status=form.status.data,
            priority=form.priority.data,
        )
    except InvalidInput as error:
        form.blame(error)
        return None


def kept() -> dict[str, Any]:
    """The filter as it stands in the address, for links that go on with it."""
    names = ("side", "office", "service", "priority", "status")
    days = tuple(f"{end}-{part}" for end in ("first", "last") for part in ("day", "month", "year", "buddhist"))
    return {name: request.args[name] for name in (*names, *days) if request.args.get(name)}


def address_of(wanted: ReferralFilter) -> dict[str, Any]:
    """A filter as the report reads it from the address."""
    names = ("side", "office", "service", "priority", "status")
    found = {name: str(getattr(wanted, name)) for name in names if getattr(wanted, name)}
    for end in ("first", "last"):
        day = getattr(wanted, end)
        found |= {f"{end}-day": str(day.day), f"{end}-month": str(day.month), f"{end}-year": str(day.year)}
    return found


def in_words(wanted: ReferralFilter, by: Actor) -> list[tuple[str, str, str]]:
    """(words, value, list whose code the value is) of what narrows a report, besides its days."""
    offices = {one.id: one.name for one in organisations(active=None)}
    office = gettext("all offices I may see") if wanted.office is None else offices.get(wanted.office, "")
    rows = [(n_("Sent or received"), f"{gettext(SIDES[wanted.side])}, {office}", "")]
    for words, code, list_name in (
        (n_("Service"), wanted.service, "service_type"),
        (n_("State"), wanted.status, "referral_status"),
        (n_("Priority"), wanted.priority, "referral_priority"),
    ):
        if code:
            rows.append((words, code, list_name))
    return [(gettext(words), value, list_name) for words, value, list_name in rows]
