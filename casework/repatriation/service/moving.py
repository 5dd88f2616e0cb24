"""The one place that moves a step: state, history, clock, tasks of the offices, stations of the case."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import organisation
from casework.audit.recorder import record
from casework.cases.models import Case, CaseStation
from casework.cases.service import add_task, finish_tasks, on_timeline, set_station
from casework.db import check_version, db, end_of_day, today, utcnow, uuid7
from casework.errors import InvalidTransition, NotAllowed, NotVisible, n_
from casework.repatriation.kinds import DATA_CLASS, PARTIES, STEP_STATES
from casework.repatriation.models import ReturnPath, ReturnStep, ReturnStepChange, ReturnStepPause
from casework.repatriation.queries import reaches, spells_of, steps_of
from casework.repatriation.workflow import clock
from casework.repatriation.workflow.states import LEFT, RUNNING, check_move
from casework.repatriation.workflow.steps import StepRule, rule


def require_open(path: ReturnPath, case: Case, *, by: Actor) -> None:
    """Raise unless the actor may work on this return, and the return is under way."""
    require(by, Permission.RETURN_MANAGE)
    if path.case_id != case.id:
        raise NotVisible
    if case.status != "open":
        raise InvalidTransition(n_("This case is closed. Reopen it first."))
    if path.state != "open":
        raise InvalidTransition(n_("This return has ended. Start another one."))


def require_planner(path: ReturnPath, case: Case, *, by: Actor) -> None:
    """Raise unless the actor's office planned the return or owns the case."""
    require_open(path, case, by=by)
    if by.organisation_id not in (path.author_org_id, case.owner_org_id):
        raise NotAllowed(n_("Only the office that plans this return can change that."))


def require_step(
    step: ReturnStep, path: ReturnPath, case: Case, *, by: Actor, expected_version: int | None = None
) -> None:
    """Raise unless the actor's office has to do with this step: it does it, planned the return or owns the case."""
    require_open(path, case, by=by)
    if step.path_id != path.id:
        raise InvalidTransition(n_("This step belongs to another return."))
    if by.organisation_id not in (step.owner_org_id, path.author_org_id, case.owner_org_id):
        raise NotAllowed(n_("This step is in the hands of another office."))
    stands = {"done_on": step.done_on, "outcome": step.outcome, "reason": step.skip_reason}
    check_version(step, expected_version, stands, {n_("State"): STEP_STATES[step.state]})


def move(step: ReturnStep, case: Case, after: str, *, by: Actor, reason: str | None = None, **columns: object) -> None:
    """Put a step into another state and set `columns`, with its line of history. Clock and tasks are the caller's, by
    `settle`."""
    check_move(step.state, after)
    before, step.state = step.state, after
    for name, value in columns.items():
        setattr(step, name, value)
    _history(step, before, after, by=by, reason=reason)
    body = {"step": step.code, "from": before, "to": after, "reason": reason}
    record(by, "return.step", case_id=case.id, subject=("return_step", step.id), body=body)
    on_timeline(case, "return_step", by=by, data_class=DATA_CLASS, record_id=step.id)
    if after not in ("waiting", "open"):
        _end_pause(step)
    db.session.flush()


def _history(step: ReturnStep, before: str, after: str, *, by: Actor, reason: str | None = None) -> None:
    db.session.add(
        ReturnStepChange(
            id=uuid7(),
            step_id=step.id,
            before=before,
            after=after,
            reason=reason,
            at=utcnow(),
            by_user_id=by.user_id,
            by_org_id=by.organisation_id,
        )
    )


def begin(
    step: ReturnStep, path: ReturnPath, case: Case, *, by: Actor, on: date | None = None, reason: str | None = None
) -> None:
    """Open a step: its clock starts, its station of the case opens, the office that does it gets a task."""
    move(step, case, "open", by=by, reason=reason, started_on=on or today())
    if step.station in ("return", "arrival"):
        station = db.session.get_one(CaseStation, (case.id, step.station))
        if station.state == "not_needed":
            set_station(case, step.station, "open", by=by)
    settle(step, path, case, by=by)


def stand_still(step: ReturnStep) -> None:
    """The clock stops from today on."""
    db.session.add(ReturnStepPause(id=uuid7(), step_id=step.id, from_on=today()))
    db.session.flush()


def go_on(step: ReturnStep) -> None:
    """The clock counts again, today included."""
    _end_pause(step)
    db.session.flush()


def _end_pause(step: ReturnStep) -> None:
    rows = select(ReturnStepPause).where(ReturnStepPause.step_id == step.id, ReturnStepPause.until_on.is_(None))
    for row in db.session.scalars(rows):
        row.until_on = max(today(), row.from_on)


def settle(step: ReturnStep, path: ReturnPath, case: Case, *, by: Actor) -> None:
    """Bring the due day and the tasks of a step in line with its state, owner and pauses."""
    step.due_on = due_day(step, path)
    db.session.flush()
    state = "done" if step.state == "done" else "cancelled"
    finish_tasks(case, step.id, by=by, state=state)
    if step.state in RUNNING and not rule(step.code).elsewhere and not case.historical:
        _give_tasks(step, path, case, by=by)


def due_day(step: ReturnStep, path: ReturnPath) -> date | None:
    """The last day in time by the step's own clock; None where there is no clock or it stands."""
    if step.allowed_days is None or step.state not in RUNNING or step.started_on is None:
        return step.due_on if step.state == "done" else None
    if step.state == "waiting":
        return None
    if step.from_travel:
        return clock.before_travel(path.travel_on, step.allowed_days) if path.travel_on else None
    return clock.due_on(
        step.started_on,
        step.allowed_days,
        working=step.working_days,
        country=step.calendar,
        spells=spells_of([step.id]).get(step.id, []),
    )


def _give_tasks(step: ReturnStep, path: ReturnPath, case: Case, *, by: Actor) -> None:
    """A task for the office that does the step, and one that waits for it at the office that plans the return."""
    home = path.author_org_id if _carries(path.author_org_id, case) else case.owner_org_id
    doer = step.owner_org_id or home
    able = doer == home or (organisation(doer).has_users and reaches(case.id, doer))
    if able:
        whom = PARTIES[step.waiting_party] if step.waiting_party else None
        _task(step, case, doer, by=by, org=step.waiting_org_id, words=_person(step) or whom or _party(step, doer, home))
    if doer != home:
        _task(step, case, home, by=by, org=doer, words=None)


def _party(step: ReturnStep, doer: UUID, home: UUID) -> str | None:
    """A step in the hands of a party without an office here is waited for by the planning office."""
    return PARTIES[step.owner_party] if step.owner_party and doer == home else None


def _person(step: ReturnStep) -> str | None:
    return PARTIES["person"] if step.state == "waiting" else None


def _task(step: ReturnStep, case: Case, org_id: UUID, *, by: Actor, org: UUID | None, words: str | None) -> None:
    add_task(
        case,
        by=by,
        kind="return_step",
        org_id=org_id,
        due_at=end_of_day(step.due_on) if step.due_on else None,
        station=step.station,
        data_class=DATA_CLASS,
        record_kind="return_step",
        record_id=step.id,
        waiting_for_org_id=org if org != org_id else None,
        waiting_for=words,
    )


def _carries(org_id: UUID, case: Case) -> bool:
    return org_id == case.owner_org_id or reaches(case.id, org_id)


def complete(
    step: ReturnStep, path: ReturnPath, case: Case, *, by: Actor, on: date, outcome: str | None = None
) -> None:
    """End a step as done: stations move, the next step opens, and after the last one the return is done."""
    move(step, case, "done", by=by, done_on=on, outcome=outcome, waiting_org_id=None, waiting_party=None)
    settle(step, path, case, by=by)
    pass_stations(rule(step.code), case, by=by)
    advance(path, case, by=by)


def pass_stations(means: StepRule, case: Case, *, by: Actor) -> None:
    """Past this step one station of the case is done, and the next one begins unless it is behind already."""
    if means.ends:
        set_station(case, means.ends, "done", by=by)
    if means.opens and db.session.get_one(CaseStation, (case.id, means.opens)).state != "done":
        set_station(case, means.opens, "open", by=by)


def advance(path: ReturnPath, case: Case, *, by: Actor) -> None:
    """Open the next step when none is running; when none is left, the return is done."""
    steps = steps_of(path)
    if any(step.state in RUNNING for step in steps):
        return
    following = next((step for step in steps if step.state in LEFT), None)
    if following is not None:
        begin(following, path, case, by=by)
        return
    path.state, path.ended_on = "done", today()
    if db.session.get_one(CaseStation, (case.id, "return")).state == "open":
        set_station(case, "return", "done", by=by)
    record(by, "return.done", case_id=case.id, subject=("return_path", path.id))
    db.session.flush()


def another_round(step: ReturnStep, path: ReturnPath, case: Case, *, by: Actor) -> ReturnStep:
    """The same step once more, not begun; what stood stays."""
    rounds = select(func.max(ReturnStep.round)).where(ReturnStep.path_id == path.id, ReturnStep.code == step.code)
    again = ReturnStep(
        id=uuid7(),
        path_id=path.id,
        case_id=case.id,
        author_org_id=path.author_org_id,
        author_user_id=by.user_id if by.organisation_id == path.author_org_id else path.author_user_id,
        data_class=DATA_CLASS,
        source="seen",
        recorded_at=utcnow(),
        code=step.code,
        round=(db.session.scalar(rounds) or 0) + 1,
        sequence=step.sequence,
        station=step.station,
        owner_org_id=step.owner_org_id,
        owner_party=step.owner_party,
        state="planned",
        allowed_days=step.allowed_days,
        working_days=step.working_days,
        calendar=step.calendar,
        from_travel=step.from_travel,
    )
    db.session.add(again)
    db.session.flush()
    return again
