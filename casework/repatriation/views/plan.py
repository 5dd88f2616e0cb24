"""Planning a return, its travel day, stopping it."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Permission
from casework.cases.queries import get_case
from casework.codes.queries import choices, get, label
from casework.codes.workingdays import HOME
from casework.repatriation import service
from casework.repatriation.forms import StartForm, StopForm, TravelDayForm
from casework.repatriation.kinds import DIRECTIONS, STOP_REASONS
from casework.repatriation.views.blueprint import form_page, load_path, show_form, tab_url
from casework.repatriation.workflow.steps import templates
from casework.web.forms import Option, options
from casework.writes.http import open_form
from casework.writes.orchestrator import Answer

PATH = "/cases/<uuid:case_id>/return/<uuid:path_id>"


def step_options(language: str) -> list[Option]:
    """The steps of all directions at which a case can begin: where cases often begin, then by direction."""
    often: list[Option] = []
    rest: list[Option] = []
    for direction, words in DIRECTIONS.items():
        for row in templates(direction):
            name, heading = label("repatriation_step", row.code, language), gettext(words)
            if row.rule.elsewhere:
                continue
            if get("repatriation_step", row.code).often:
                often.append(Option(row.code, f"{heading}: {name}", group=gettext("Often")))
            else:
                rest.append(Option(row.code, name, group=heading))
    return often + rest


@form_page("/cases/<uuid:case_id>/return/new", Permission.RETURN_MANAGE)
def start(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Plan a return."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(StartForm, draft_id)
    form.direction.choices = options(DIRECTIONS)
    form.other_country.choices = [row for row in choices("country", language=by.language) if row.code != HOME]
    form.start_at.choices = step_options(by.language)

    def act() -> Answer:
        journey = service.Journey(
            direction=form.direction.data,
            other_country=form.other_country.data,
            arranged=form.arranged.data,
            start_at=form.start_at.data,
            started_on=form.started_on.data,
            travel_on=form.travel_on.data,
        )
        service.start_return(get_case(by, case_id), journey, by=by)
        return Answer(tab_url(case_id), gettext("The return is planned."))

    return show_form(form, draft_id, case, act, heading=gettext("Plan a return"), verb=gettext("Plan return"))


@form_page(f"{PATH}/travel-day", Permission.RETURN_MANAGE)
def travel_day(case_id: UUID, path_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Set or move the day of travel."""
    by = current()
    path, case = load_path(case_id, path_id)
    form = open_form(TravelDayForm, draft_id, data={"travel_on": path.travel_on, "version": str(path.version)})

    def act() -> Answer:
        now, same_case = load_path(case_id, path_id)
        service.set_travel_day(now, same_case, by=by, travel_on=form.travel_on.data, expected_version=form.seen_version)
        return Answer(tab_url(case_id), gettext("The day of travel is set."))

    def stands() -> dict[str, object]:
        now, _ = load_path(case_id, path_id)
        return {"travel_on": now.travel_on, "version": now.version}

    words = {"heading": gettext("Day of travel"), "verb": gettext("Set the day")}
    return show_form(form, draft_id, case, act, **words, current_values=stands)


@form_page(f"{PATH}/stop", Permission.RETURN_MANAGE)
def stop(case_id: UUID, path_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Stop a return that is not carried through."""
    by = current()
    _, case = load_path(case_id, path_id)
    form = open_form(StopForm, draft_id)
    form.reason.choices = options(STOP_REASONS)

    def act() -> Answer:
        path, same_case = load_path(case_id, path_id)
        service.stop_return(path, same_case, by=by, reason=form.reason.data)
        return Answer(tab_url(case_id), gettext("The return is stopped."))

    return show_form(form, draft_id, case, act, heading=gettext("Stop the return"), verb=gettext("Stop return"))
