"""Opening, closing and moving a case through its stations; who carries it; who may never see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update

from casework.access.models import Membership
from casework.access.permissions import Actor, Permission, require
from casework.access.queries import members
from casework.audit.recorder import record
from casework.cases.models import STATIONS, Assignment, Case, CaseStation, Exclusion, Task
from casework.cases.service.access import refresh_access
from casework.cases.service.records import change
from casework.cases.service.statistics import refresh_statistics
from casework.cases.service.tasks import cancel_reminders, notify
from casework.cases.workflow import STATION_MOVES, new_code, stage_of
from casework.codes.service import check
from casework.db import db, today, touch, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, NotVisible, n_

EXCLUSION_REASONS = {
    "conflict_of_interest": n_("Conflict of interest"),
    "related_to_person": n_("Related to the person"),
    "related_to_alleged_offender": n_("Related to an alleged offender"),
    "complaint": n_("Named in a complaint"),
}


ASSIGN_REASONS = {
    "workload": n_("To share the work"),
    "closer": n_("Closer to where the person lives"),
    "leave": n_("The worker is away or has left"),
    "wish": n_("The person asked for it"),
    "skills": n_("Other skills are needed"),
}


def open_case(
    *,
    by: Actor,
    person_id: UUID,
    opened_on: date | None = None,
    manner_of_return: str | None = None,
    entry_point: str | None = None,
    earlier_case_id: UUID | None = None,
    stations: Mapping[str, str] | None = None,
    assignee_id: UUID | None = None,
) -> Case:
    """Open a case for a registered person; the actor's organisation owns it. Stations default to identification."""
    require(by, Permission.CASE_REGISTER)
    opened_on = opened_on or today()
    if opened_on > today():
        raise InvalidInput(n_("The day the case was opened can't lie in the future."), field="opened_on")
    if entry_point:
        check("border_point", entry_point, field="entry_point")
    states = {name: "not_needed" for name in STATIONS} | dict(stations or {"identification": "open"})
    case = Case(
        id=uuid7(),
        code=new_code(),
        person_id=person_id,
        earlier_case_id=earlier_case_id,
        owner_org_id=by.organisation_id,
        opened_by_org_id=by.organisation_id,
        opened_by_user_id=by.user_id,
        opened_on=opened_on,
        status="open",
        stage=stage_of(states),
        manner_of_return=manner_of_return,
        entry_point=entry_point,
        recorded_at=utcnow(),
    )
    db.session.add(case)
    db.session.flush()
    for name, state in states.items():
        db.session.add(
            CaseStation(case_id=case.id, station=name, state=state, opened_on=opened_on if state == "open" else None)
        )
    db.session.flush()
    refresh_access(case)
    refresh_statistics(case)
    take_on(case, user_id=assignee_id or by.user_id, by=by)
    change(case, "status", None, "open", by=by)
    record(by, "case.opened", case_id=case.id, subject=("case", case.id), body={"stage": case.stage})
    db.session.flush()
    return case


def set_station(case: Case, station: str, state: str, *, by: Actor, reason: str | None = None) -> None:
    """Move one station to open, done or not needed; keeps history and the board in step. Same state: nothing.

    Only that a part is not needed can be said of one that nobody touched: from then on it is not 'not begun'.
    """
    row = db.session.get_one(CaseStation, (case.id, station))
    if row.state == state == "not_needed" and row.version == 1:
        touch(row)
        change(case, f"station:{station}", state, state, by=by, reason=reason)
        record(by, "case.station", case_id=case.id, body={"station": station, "from": state, "to": state})
        db.session.flush()
    if row.state == state:
        return
    if state not in STATION_MOVES[row.state]:
        raise InvalidTransition(n_("This part of the way can't go back to 'not needed'."))
    before, row.state = row.state, state
    if state == "open":
        row.opened_on, row.done_on = row.opened_on or today(), None
    elif state == "done":
        row.done_on = today()
    db.session.flush()
    states = dict(
        db.session.execute(select(CaseStation.station, CaseStation.state).where(CaseStation.case_id == case.id)).all()
    )
    case.stage = stage_of(states)
    change(case, f"station:{station}", before, state, by=by, reason=reason)
    record(by, "case.station", case_id=case.id, body={"station": station, "from": before, "to": state})
    refresh_access(case)


def close_case(case: Case, *, by: Actor, closed_on: date) -> None:
    """Close a case whose closure was approved. Open tasks of the own organisation must be done or cancelled first."""
    if case.status == "closed":
        raise InvalidTransition(n_("This case is closed already."))
    if closed_on > today() or closed_on < case.opened_on:
        raise InvalidInput(n_("Enter a day between the opening of the case and today."), field="closed_on")
    cancel_reminders(case, by=by)
    left = db.session.scalar(
        select(func.count()).where(
            Task.case_id == case.id,
            Task.org_id == case.owner_org_id,
            Task.state == "open",
            Task.kind != "closure_approval",
        )
    )
    if left:
        raise InvalidTransition(n_("Open tasks: %(count)s. Finish or cancel them first."), count=left)
    case.status, case.closed_on = "closed", closed_on
    for station in STATIONS:
        row = db.session.get_one(CaseStation, (case.id, station))
        if row.state == "open":
            row.state, row.done_on = "done", closed_on
            change(case, f"station:{station}", "open", "done", by=by)
    case.stage = "closure"
    change(case, "status", "open", "closed", by=by)
    record(by, "case.closed", case_id=case.id, subject=("case", case.id))
    refresh_access(case)


def reopen_case(case: Case, *, by: Actor, reason: str) -> None:
    """Open a closed case again; `reason` is a code; its history stays."""
    require(by, Permission.CASE_CLOSE)
    if case.status != "closed":
        raise InvalidTransition(n_("This case is open."))
    case.status, case.closed_on = "open", None
    change(case, "status", "closed", "open", by=by, reason=reason)
    record(by, "case.reopened", case_id=case.id, subject=("case", case.id), body={"reason": reason})
    set_station(case, "reintegration", "open", by=by, reason=reason)
    refresh_access(case)


def assign(case: Case, *, to_user_id: UUID, by: Actor, reason: str) -> Assignment:
    """Give the case to a colleague of the actor's own organisation; their open tasks move along."""
    require(by, Permission.CASE_ASSIGN)
    if reason not in ASSIGN_REASONS:
        raise InvalidInput(n_("Choose a reason from the list."), field="reason")
    if to_user_id not in {member.user_id for member in members(by.organisation_id)}:
        raise InvalidInput(n_("Choose a colleague of your own office."), field="to_user_id")
    row = take_on(case, user_id=to_user_id, by=by)
    record(by, "case.assigned", case_id=case.id, subject=("user", to_user_id), body={"reason": reason})
    if to_user_id != by.user_id:
        notify(by.organisation_id, "assigned", case_id=case.id, user_id=to_user_id)
    change(case, "assignee", None, None, by=by, reason=reason)
    return row


def bring_in(case: Case, *, user_id: UUID, by: Actor, reason: str) -> Assignment:
    """Let a colleague help with the case beside the one who carries it: a nurse, a counsellor, a lawyer."""
    require(by, Permission.CASE_ASSIGN)
    if reason not in ASSIGN_REASONS:
        raise InvalidInput(n_("Choose a reason from the list."), field="reason")
    if user_id not in {member.user_id for member in members(by.organisation_id)}:
        raise InvalidInput(n_("Choose a colleague of your own office."), field="to_user_id")
    if any(row.user_id == user_id for row in _assigned(case, by)):
        raise InvalidInput(n_("This colleague works on the case already."), field="to_user_id")
    row = _assignment(case, user_id, by, "helps")
    record(by, "case.assigned", case_id=case.id, subject=("user", user_id), body={"reason": reason, "part": "helps"})
    notify(by.organisation_id, "assigned", case_id=case.id, user_id=user_id)
    db.session.flush()
    return row


def let_go(case: Case, assignment_id: UUID, *, by: Actor) -> None:
    """A helping colleague no longer works on the case."""
    require(by, Permission.CASE_ASSIGN)
    row = next((row for row in _assigned(case, by) if row.id == assignment_id and row.part == "helps"), None)
    if row is None:
        raise NotVisible
    row.ended_at = utcnow()
    record(by, "case.unassigned", case_id=case.id, subject=("user", row.user_id))
    db.session.flush()


def _assigned(case: Case, by: Actor) -> list[Assignment]:
    """Everybody of the actor's office who works on the case now."""
    return list(
        db.session.scalars(
            select(Assignment).where(
                Assignment.case_id == case.id,
                Assignment.org_id == by.organisation_id,
                Assignment.ended_at.is_(None),
            )
        )
    )


def _assignment(case: Case, user_id: UUID, by: Actor, part: str) -> Assignment:
    team_id = db.session.scalar(
        select(Membership.team_id).where(
            Membership.user_id == user_id, Membership.organisation_id == by.organisation_id
        )
    )
    row = Assignment(
        id=uuid7(),
        case_id=case.id,
        org_id=by.organisation_id,
        user_id=user_id,
        team_id=team_id,
        part=part,
        starts_at=utcnow(),
        by_user_id=by.user_id,
    )
    db.session.add(row)
    return row


def take_on(case: Case, *, user_id: UUID, by: Actor) -> Assignment:
    """Make a user of the actor's organisation carry the case from now on: at opening, acceptance, assignment.

    Without an assignment no team reaches a case, so every acceptance of a case calls this too.
    """
    current = [row for row in _assigned(case, by) if row.part == "carries" or row.user_id == user_id]
    for row in current:
        row.ended_at = utcnow()
    db.session.flush()  # one carries at a time: the database would refuse the second before it sees the first end
    new = _assignment(case, user_id, by, "carries")
    db.session.execute(
        update(Task)
        .where(Task.case_id == case.id, Task.org_id == by.organisation_id, Task.state == "open")
        .where(Task.assignee_id.in_([row.user_id for row in current]) | Task.assignee_id.is_(None))
        .values(assignee_id=user_id)
        .execution_options(synchronize_session=False)
    )
    db.session.flush()
    return new


def exclude(case: Case, *, user_id: UUID, reason: str, by: Actor) -> Exclusion:
    """Keep a user away from a case, whatever the role says. Takes effect at once and everywhere."""
    require(by, Permission.CASE_EXCLUDE)
    if reason not in EXCLUSION_REASONS:
        raise InvalidInput(n_("Choose a reason from the list."), field="reason")
    if user_id not in {member.user_id for member in members(by.organisation_id)}:
        raise InvalidInput(n_("Choose a colleague of your own office."), field="user_id")
    row = Exclusion(
        id=uuid7(), case_id=case.id, user_id=user_id, reason=reason, starts_at=utcnow(), by_user_id=by.user_id
    )
    db.session.add(row)
    record(by, "case.excluded", case_id=case.id, subject=("user", user_id), body={"reason": reason})
    db.session.flush()
    return row


def end_exclusion(case: Case, exclusion_id: UUID, *, by: Actor) -> None:
    """Let a colleague of the own office see the case again; nobody lets themselves in."""
    require(by, Permission.CASE_EXCLUDE)
    row = db.session.get(Exclusion, exclusion_id)
    if row is None or row.case_id != case.id or row.user_id == by.user_id:
        raise NotVisible
    if row.user_id not in {member.user_id for member in members(by.organisation_id, only_current=False)}:
        raise NotVisible
    if row.user_id not in {member.user_id for member in members(by.organisation_id, only_current=False)}:
        raise NotVisible
    row.ended_at = utcnow()
    record(by, "case.exclusion_ended", case_id=case.id, subject=("user", row.user_id))
    db.session.flush()
