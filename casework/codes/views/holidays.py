"""Holidays: one year of one country, typed in, taken off, copied from the year before."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from casework.access import guards
from casework.access.permissions import Permission
from casework.codes import queries, service
from casework.codes.forms import HolidayForm
from casework.codes.service.holidays import FIRST, LAST
from casework.codes.views.blueprint import bp
from casework.codes.workingdays import HOME
from casework.db import today, uuid7
from casework.errors import n_
from casework.web import digits
from casework.web.forms import TapForm
from casework.writes import http
from casework.writes.orchestrator import Answer

FIELDS = {
    "label": n_("Name"),
    "active": n_("Kept free"),
    "moves": n_("Falls on another day each year"),
}
"""What the history calls the columns of a holiday."""


@bp.get("/administration/holidays")
@guards.requires(Permission.SYSTEM_MANAGE)
def holidays() -> ResponseReturnValue:
    """The holidays of a country in a year, and who changed them."""
    known = sorted({HOME, *queries.holiday_countries()})
    asked = request.args.get("country", HOME)
    country = asked if queries.find("country", asked) else HOME
    year = _year(request.args.get("year", ""))
    rows = queries.holidays_in(country, year)
    return render_template(
        "codes/holidays.html",
        rows=rows,
        country=country,
        year=year,
        years=range(max(FIRST, year - 1), min(LAST, year + 1) + 1),
        countries=sorted({*known, country}),
        days={row.id: row.day for row in rows},
        changes=queries.holiday_changes(rows),
        field_words=FIELDS,
        press=TapForm(data={"draft": str(uuid7())}),
    )


@bp.get("/administration/holidays/new")
@guards.requires(Permission.SYSTEM_MANAGE)
def new_holiday() -> ResponseReturnValue:
    """To the form, under a new key."""
    asked = request.args.get("country", HOME)
    return http.fresh("codes.add_holiday", country=asked if queries.find("country", asked) else HOME)


@bp.route("/administration/holidays/new/<uuid:draft_id>", methods=["GET", "POST"])
@guards.requires(Permission.SYSTEM_MANAGE)
def add_holiday(draft_id: UUID) -> ResponseReturnValue:
    """Keep a day free."""
    actor = guards.current()
    form = http.open_form(HolidayForm, draft_id, data={"country": request.args.get("country", HOME)})
    form.country.choices = queries.choices("country")

    def act() -> Answer:
        row = service.add_holiday(
            form.day.data, label=form.label.data, country=form.country.data, moves=form.moves.data, by=actor
        )
        note = gettext("The holiday is added. Working days are counted without it from now on.")
        return Answer(_address(row.country, row.day.year), note)

    def page(shown: HolidayForm) -> str:
        return render_template("codes/holiday.html", form=shown, verb=gettext("Add holiday"), draft=False)

    return http.submit(form, key=draft_id, act=act, page=page)


@bp.post("/administration/holidays/<uuid:holiday_id>/off")
@guards.requires(Permission.SYSTEM_MANAGE)
def take_off_holiday(holiday_id: UUID) -> ResponseReturnValue:
    """One tap: a working day again."""
    actor, row = guards.current(), queries.holiday(holiday_id)
    form = TapForm()
    country, day = row.country, row.day

    def act() -> Answer:
        service.take_off_holiday(day, country=country, by=actor)
        return Answer(_address(country, day.year), gettext("The day is a working day again."))

    return http.tap(form, record_id=holiday_id, version=1, action=f"off:{form.draft.data}", act=act)


@bp.post("/administration/holidays/<uuid:holiday_id>/on")
@guards.requires(Permission.SYSTEM_MANAGE)
def put_back_holiday(holiday_id: UUID) -> ResponseReturnValue:
    """One tap: what was taken off is kept free again."""
    actor, row = guards.current(), queries.holiday(holiday_id)
    form = TapForm()
    country, day, label, moves = row.country, row.day, row.label, row.moves

    def act() -> Answer:
        service.add_holiday(day, label=label, country=country, moves=moves, by=actor)
        return Answer(_address(country, day.year), gettext("The day is kept free again."))

    return http.tap(form, record_id=holiday_id, version=1, action=f"on:{form.draft.data}", act=act)


@bp.post("/administration/holidays/<country>/<int:year>/copy")
@guards.requires(Permission.SYSTEM_MANAGE)
def copy_holidays(country: str, year: int) -> ResponseReturnValue:
    """One tap: the fixed days of the year before."""
    actor, form = guards.current(), TapForm()

    def act() -> Answer:
        number = service.copy_fixed(country, year, by=actor)
        note = ngettext("%(num)s holiday is copied.", "%(num)s holidays are copied.", number)
        return Answer(_address(country, year), note)

    return http.tap(form, record_id=actor.user_id, version=year, action=f"copy:{country}:{form.draft.data}", act=act)


def _year(text: str) -> int:
    plain = digits.plain(text)
    year = int(plain) if plain.isascii() and plain.isdigit() and len(plain) == 4 else today().year
    return min(max(year, FIRST), LAST)


def _address(country: str, year: int) -> str:
    return url_for("codes.holidays", country=country, year=year)
