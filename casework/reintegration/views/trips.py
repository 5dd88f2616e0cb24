"""Pages of trips: coming visits by district, a trip of two with its visits, going in and out, threats, the place."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.access.queries import names_of
from casework.cases.queries import get_case
from casework.codes.queries import choices, label
from casework.reintegration import queries, service
from casework.reintegration.forms import PlaceForm, ThreatForm, TripForm
from casework.reintegration.kinds import THREAT_WORDS
from casework.reintegration.views.blueprint import bp, form_page, page_url, people_of, show_form
from casework.web.choices import option
from casework.web.filters import day
from casework.web.forms import Option, TapForm
from casework.writes.http import fresh, open_form, seen, submit, tap
from casework.writes.orchestrator import Answer

Grouped = list[tuple[str, str, list[queries.Coming]]]


@bp.get("/visits")
@requires(Permission.FOLLOWUP_RECORD)
def coming() -> ResponseReturnValue:
    """Visits of the office in the next weeks by district, and the trips planned: codes only."""
    by = current()
    rows = queries.coming(by)
    trips = queries.trips(by)
    seen("coming", [row.visit.case_id for row in rows])
    people = names_of({user for trip in trips for user in (trip.first_user_id, trip.second_user_id)})
    return render_template(
        "reintegration/coming.html", groups=_by_district(rows, by.language), trips=trips, people=people
    )


def _by_district(rows: list[queries.Coming], language: str) -> Grouped:
    """(province and district in words, code of the district, visits) in the order of the rows."""
    return [(_words(key, language), key[1], list(found)) for key, found in groupby(rows, _district)]


def _district(row: queries.Coming) -> tuple[str, str]:
    return (row.place.province, row.place.district or "") if row.place else ("", "")


def _words(key: tuple[str, str], language: str) -> str:
    province, district = label("province", key[0], language), label("district", key[1], language)
    return ", ".join(part for part in (district, province) if part) or str(
        gettext("District not recorded, or not open")
    )


@bp.get("/trips/new")
@requires(Permission.FOLLOWUP_RECORD)
def new_trip() -> ResponseReturnValue:
    """To a fresh form; the district chosen on the list travels along."""
    return fresh("reintegration.plan_trip", district=request.args.get("district", ""))


@bp.route("/trips/new/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.FOLLOWUP_RECORD)
def plan_trip(draft_id: UUID) -> ResponseReturnValue:
    """Choose several visits, a day and two people."""
    by = current()
    rows = queries.coming(by)
    wanted = request.args.get("district", "")
    chosen = [str(row.visit.id) for row in rows if wanted and _district(row)[1] == wanted]
    form = open_form(TripForm, draft_id, data={"visits": chosen, "first_user_id": str(by.user_id)})
    form.visits.choices = [
        Option(str(row.visit.id), f"{row.code}, {day(row.visit.due_on)}", _words(_district(row), by.language))
        for row in rows
    ]
    form.first_user_id.choices = form.second_user_id.choices = people_of(by)

    def act() -> Answer:
        by_id = {str(row.visit.id): row.visit for row in queries.coming(by)}
        visits = [(by_id[one], get_case(by, by_id[one].case_id)) for one in form.visits.data if one in by_id]
        trip = service.plan_trip(
            visits,
            by=by,
            day=form.day.data,
            first_user_id=UUID(form.first_user_id.data),
            second_user_id=UUID(form.second_user_id.data),
        )
        return Answer(url_for("reintegration.trip", trip_id=trip.id), gettext("The trip is planned."))

    def page(form: TripForm) -> str:
        seen("coming", [row.visit.case_id for row in rows])
        return render_template("reintegration/trip_form.html", form=form)

    return submit(form, key=draft_id, act=act, page=page)


@bp.get("/trips/<uuid:trip_id>")
@requires(Permission.FOLLOWUP_RECORD)
def trip(trip_id: UUID) -> ResponseReturnValue:
    """A trip with its visits, who is inside, and what keeps everybody safe on the way."""
    by = current()
    row, visits = queries.get_trip(by, trip_id)
    seen("coming", [one.visit.case_id for one in visits])
    people = names_of({row.first_user_id, row.second_user_id})
    return render_template("reintegration/trip.html", trip=row, groups=_by_district(visits, by.language), people=people)


@bp.post("/cases/<uuid:case_id>/visits/<uuid:visit_id>/in")
@requires(Permission.FOLLOWUP_RECORD)
def go_in(case_id: UUID, visit_id: UUID) -> ResponseReturnValue:
    """One tap: I am going in now."""
    by = current()
    form = TapForm()

    def act() -> Answer:
        service.go_in(queries.get_visit(by, case_id, visit_id), get_case(by, case_id), by=by)
        address = url_for("reintegration.new_record_visit", case_id=case_id, visit_id=visit_id)
        return Answer(address, gettext("You are checked in. Check out when you are outside again."))

    return tap(form, record_id=visit_id, version=form.seen_version or 0, action="in", act=act)


@bp.post("/cases/<uuid:case_id>/watches/<uuid:watch_id>/out")
@requires(Permission.FOLLOWUP_RECORD)
def come_out(case_id: UUID, watch_id: UUID) -> ResponseReturnValue:
    """One tap: outside and safe; then the visit is recorded."""
    by = current()
    form = TapForm()

    def act() -> Answer:
        watch = queries.get_watch(by, case_id, watch_id)
        service.come_out(watch, get_case(by, case_id), by=by, expected_version=form.seen_version)
        address = url_for("reintegration.new_record_visit", case_id=case_id, visit_id=watch.follow_up_id)
        return Answer(address, gettext("You are checked out. Record the visit while you remember it."))

    return tap(form, record_id=watch_id, version=form.seen_version or 0, action="out", act=act)


@form_page("/cases/<uuid:case_id>/threats/new", Permission.FOLLOWUP_RECORD)
def report_threat(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Report a threat to somebody of the office."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(ThreatForm, draft_id)
    form.kind.choices = list(THREAT_WORDS.items())

    def act() -> Answer:
        service.report_threat(
            get_case(by, case_id),
            by=by,
            kind=form.kind.data,
            what=form.what.data,
            visits_stop=bool(form.visits_stop.data),
        )
        return Answer(page_url(case_id), gettext("It is recorded. The supervisors are told."))

    words = {"heading": gettext("A threat to one of us"), "verb": gettext("Report it")}
    intro = gettext("First get to a safe place. Then write.")
    return show_form(form, draft_id, case, act, **words, intro=intro)


@form_page("/cases/<uuid:case_id>/place", Permission.FOLLOWUP_RECORD)
def note_place(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record in which district the person is visited."""
    by = current()
    case = get_case(by, case_id)
    last = queries.places_of(by, [case_id]).get(case_id)
    beginning = {"province": last.province, "district": last.district} if last else {}
    form = open_form(PlaceForm, draft_id, data=beginning)
    form.province.choices = choices("province", language=by.language)
    provinces = {one.value: one.label for one in form.province.choices}
    form.district.choices = [
        option(row)._replace(group=provinces.get(row.group, "")) for row in choices("district", language=by.language)
    ]

    def act() -> Answer:
        service.note_place(
            get_case(by, case_id),
            by=by,
            province=form.province.data,
            district=form.district.data or None,
            directions=form.directions.data,
        )
        return Answer(page_url(case_id), gettext("The place is recorded."))

    words = {"heading": gettext("Where the person is visited"), "verb": gettext("Record place")}
    return show_form(form, draft_id, case, act, **words)
