"""Starting a return at any of its steps, setting the travel day, stopping it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case, CaseStation
from casework.cases.service import new_record, set_station
from casework.codes.dates import known
from casework.codes.service import check
from casework.codes.workingdays import HOME
from casework.db import check_version, db, today, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, n_
from casework.repatriation.kinds import BEFORE_US, DATA_CLASS, DIRECTIONS, PATH_STATES, STOP_REASONS
from casework.repatriation.models import ReturnPath, ReturnStep
from casework.repatriation.queries import open_path, steps_of
from casework.repatriation.service.moving import begin, require_planner, settle
from casework.repatriation.service.withdrawal import end_path
from casework.repatriation.workflow.states import RUNNING
from casework.repatriation.workflow.steps import Template, templates


@dataclass(frozen=True, slots=True)
class Journey:
    """What is said when a return is started. `other_country` is the far end; none for a domestic one."""

    direction: str
    other_country: str | None = None
    arranged: bool = True
    start_at: str | None = None
    """Code of the step at which the case begins with us; the first one when not said."""
    started_on: date | None = None
    travel_on: date | None = None


def start_return(case: Case, journey: Journey, *, by: Actor) -> ReturnPath:
    """Plan a return from the steps of its direction. Steps before the first one of ours were 'done before us'.

    Travel that we arrange begins before its hand-over; who comes home otherwise starts at any step, without gates.
    """
    require(by, Permission.RETURN_MANAGE)
    if case.status != "open" or case.historical:
        raise InvalidTransition(n_("This case is closed or kept for statistics only; nothing can be planned."))
    if open_path(case.id) is not None:
        raise InvalidTransition(n_("A return is under way already. End that one first."))
    listed = _listed(journey)
    first = _first(journey, listed)
    ends = _countries(journey)
    started_on = journey.started_on or today()
    if started_on > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="started_on")
    path = new_record(
        ReturnPath,
        case,
        by=by,
        data_class=DATA_CLASS,
        source="seen",
        occurred=known(started_on),
        direction=journey.direction,
        from_country=ends[0],
        to_country=ends[1],
        arranged=journey.arranged,
        started_on=started_on,
        travel_on=journey.travel_on,
        state="open",
    )
    body = {"direction": journey.direction, "arranged": journey.arranged, "start": first.code}
    record(by, "return.started", case_id=case.id, subject=("return_path", path.id), body=body)
    db.session.flush()
    rows = {row.code: _step(row, path, case, first) for row in listed}
    db.session.add_all(rows.values())
    db.session.flush()
    _stations(case, listed, first, by=by)
    begin(rows[first.code], path, case, by=by, on=started_on)
    db.session.flush()
    return path


def _listed(journey: Journey) -> list[Template]:
    if journey.direction not in DIRECTIONS:
        raise InvalidInput(n_("Choose the direction of the return."), field="direction")
    return templates(journey.direction)


def _first(journey: Journey, listed: list[Template]) -> Template:
    """The step to begin with. Raises InvalidInput for one of another direction, or past travel we claim to arrange."""
    ours = [row for row in listed if not row.rule.elsewhere]
    first = ours[0] if not journey.start_at else next((row for row in ours if row.code == journey.start_at), None)
    if first is None:
        raise InvalidInput(n_("Choose a step of this direction to begin with."), field="start_at")
    if journey.arranged and any(row.rule.gated and row.sequence < first.sequence for row in listed):
        raise InvalidInput(
            n_("The travel lies before this step. Say that we did not arrange it, or begin earlier."), field="start_at"
        )
    return first


def _countries(journey: Journey) -> tuple[str, str]:
    if journey.direction == "DOMESTIC":
        return HOME, HOME
    if not journey.other_country:
        raise InvalidInput(n_("Choose the other country."), field="other_country")
    other = check("country", journey.other_country, field="other_country").code
    if other == HOME:
        raise InvalidInput(n_("Choose the other country."), field="other_country")
    return (other, HOME) if journey.direction == "INBOUND" else (HOME, other)


def _step(row: Template, path: ReturnPath, case: Case, first: Template) -> ReturnStep:
    skip = BEFORE_US if row.sequence < first.sequence else "elsewhere" if row.rule.elsewhere else None
    return ReturnStep(
        id=uuid7(),
        path_id=path.id,
        case_id=case.id,
        author_org_id=path.author_org_id,
        author_user_id=path.author_user_id,
        data_class=DATA_CLASS,
        source="seen",
        recorded_at=utcnow(),
        code=row.code,
        round=1,
        sequence=row.sequence,
        station=row.rule.station,
        state="skipped" if skip else "planned",
        skip_reason=skip,
        allowed_days=row.days,
        working_days=row.working,
        calendar=row.calendar(path.to_country),
        from_travel=row.from_travel,
    )


def _stations(case: Case, listed: list[Template], first: Template, *, by: Actor) -> None:
    """The case's stations follow where the return begins: who is home already has the return behind."""
    ended = [row.rule.ends for row in listed if row.rule.ends and row.sequence < first.sequence]
    for station in ended:
        if db.session.get_one(CaseStation, (case.id, station)).state != "done":
            set_station(case, station, "done", by=by)
    if not ended and db.session.get_one(CaseStation, (case.id, "return")).state == "not_needed":
        set_station(case, "return", "open", by=by)


def set_travel_day(
    path: ReturnPath, case: Case, *, by: Actor, travel_on: date, expected_version: int | None = None
) -> None:
    """Set or move the day of travel; the steps that are due from it move along."""
    require_planner(path, case, by=by)
    check_version(path, expected_version, {"travel_on": path.travel_on})
    if travel_on < path.started_on:
        raise InvalidInput(n_("Enter a day after the beginning of the return."), field="travel_on")
    path.travel_on = travel_on
    record(by, "return.travel_day", case_id=case.id, subject=("return_path", path.id))
    db.session.flush()
    for step in steps_of(path):
        if step.from_travel and step.state in RUNNING:
            settle(step, path, case, by=by)


def stop_return(path: ReturnPath, case: Case, *, by: Actor, reason: str, expected_version: int | None = None) -> None:
    """End a return that is not carried through; what was done stays, the rest stops and its tasks are taken off."""
    require_planner(path, case, by=by)
    check_version(path, expected_version, told={n_("State"): PATH_STATES[path.state]})
    if reason not in STOP_REASONS:
        raise InvalidInput(n_("Choose why the return stops."), field="reason")
    end_path(path, case, by=by, reason=reason)
