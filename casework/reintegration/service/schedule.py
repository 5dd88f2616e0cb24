"""Planning visits: from a template by calendar, one by hand, on another day, or not at all."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import members
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, finish_tasks, move_tasks, new_record, on_timeline
from casework.codes.queries import choices
from casework.codes.service import check
from casework.db import check_version, db, end_of_day, today, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, n_
from casework.reintegration.models import FollowUp, FollowUpChange
from casework.reintegration.queries import stopping_fact
from casework.reintegration.service.plans import DATA_CLASS, must_be_open, open_station
from casework.reintegration.workflow import (
    CANCEL_WORDS,
    MOVE_REASONS,
    VISIT_WORDS,
    check_rhythm,
    due_on,
    mode_of,
    own_days,
)


def visits_allowed(case: Case) -> None:
    """Raise InvalidTransition for a closed case, and while a fact says that nobody is to be visited or called."""
    must_be_open(case)
    if stopping_fact(case) is not None:
        raise InvalidTransition(
            n_("Visits and calls have stopped for this person. If the person was found, record that first.")
        )


def plan_visits(
    case: Case, *, by: Actor, rhythm: str, home_on: date, assignee_id: UUID | None = None
) -> list[FollowUp]:
    """Plan the visits of a rhythm (group of follow_up_schedule), counted from the day of return home.

    Visits of the own office still planned are cancelled; days that have passed are not planned after the fact. Each
    visit gets a task.
    """
    require(by, Permission.PLAN_WRITE)
    visits_allowed(case)
    templates = choices("follow_up_schedule", group=rhythm)
    if not templates:
        raise InvalidInput(n_("Choose one of the values in the list."), field="rhythm")
    if home_on > today():
        raise InvalidInput(n_("Enter the day of return home; it is not in the future."), field="home_on")
    check_rhythm(rhythm, case.risk_level)
    _colleague(assignee_id, by)
    days = [(template, due_on(home_on, template)) for template in templates]
    ahead = [(template, day) for template, day in days if day >= today()]
    if not ahead:
        raise InvalidInput(
            n_("All visits of this rhythm lie in the past. Plan single visits instead."), field="home_on"
        )
    cancel_visits(case, by=by, reason="rhythm_changed")
    rows = [
        _plan(case, by=by, day=day, mode=mode_of(template), template=template.code, assignee_id=assignee_id)
        for template, day in ahead
    ]
    # One line for the whole rhythm: a dozen would bury what happened.
    on_timeline(case, "follow_ups_planned", by=by, data_class=DATA_CLASS, record_id=rows[0].id)
    open_station(case, by=by)
    record(by, "visits.planned", case_id=case.id, body={"rhythm": rhythm, "count": len(rows)})
    db.session.flush()
    return rows


def plan_visit(case: Case, *, by: Actor, day: date, mode: str, assignee_id: UUID | None = None) -> FollowUp:
    """Plan one visit or call by hand: today or later."""
    require(by, Permission.FOLLOWUP_RECORD)
    visits_allowed(case)
    check("followup_type", mode, field="mode", group="mode")
    _not_past(day)
    _colleague(assignee_id, by)
    row = _plan(case, by=by, day=day, mode=mode, template=None, assignee_id=assignee_id)
    record(by, "visit.planned", case_id=case.id, subject=("follow_up", row.id))
    db.session.flush()
    return row


def plan_own_rhythm(
    case: Case,
    *,
    by: Actor,
    first_on: date,
    every: int,
    unit: str,
    count: int,
    mode: str,
    assignee_id: UUID | None = None,
) -> list[FollowUp]:
    """Plan visits or calls in the rhythm and by the channel that the person chose; the own office's others end."""
    require(by, Permission.PLAN_WRITE)
    visits_allowed(case)
    check("followup_type", mode, field="mode", group="mode")
    _colleague(assignee_id, by)
    if first_on < today():
        raise InvalidInput(n_("Enter today or a later day."), field="first_on")
    days = own_days(first_on, every, unit, count)
    cancel_visits(case, by=by, reason="rhythm_changed")
    rows = [
        _plan(case, by=by, day=day, mode=mode, template=None, assignee_id=assignee_id, timeline=False) for day in days
    ]
    on_timeline(case, "follow_ups_planned", by=by, data_class=DATA_CLASS, record_id=rows[0].id)
    open_station(case, by=by)
    record(by, "visits.planned", case_id=case.id, body={"rhythm": "own", "count": len(rows)})
    db.session.flush()
    return rows


def _colleague(user_id: UUID | None, by: Actor) -> None:
    if user_id is not None and user_id not in {member.user_id for member in members(by.organisation_id)}:
        raise InvalidInput(n_("Choose a colleague of your own office."), field="assignee_id")


def _not_past(day: date) -> None:
    if day < today():
        raise InvalidInput(n_("Enter today or a later day."), field="due_on")


def _plan(
    case: Case,
    *,
    by: Actor,
    day: date,
    mode: str,
    template: str | None,
    assignee_id: UUID | None,
    timeline: bool | None = None,
) -> FollowUp:
    row = new_record(
        FollowUp,
        case,
        by=by,
        data_class=DATA_CLASS,
        template=template,
        due_on=day,
        mode=mode,
        state="planned",
        assignee_id=assignee_id,
        timeline=template is None if timeline is None else timeline,
    )
    db.session.flush()
    give_task(row, case, by=by)
    return row


def give_task(visit: FollowUp, case: Case, *, by: Actor) -> None:
    """Put a planned visit on the list of its office."""
    add_task(
        case,
        by=by,
        kind="follow_up",
        org_id=visit.author_org_id,
        due_at=end_of_day(visit.due_on),
        assignee_id=visit.assignee_id,
        station="reintegration",
        data_class=DATA_CLASS,
        record_kind="follow_up",
        record_id=visit.id,
    )


def own_planned(visit: FollowUp, by: Actor, expected_version: int | None) -> None:
    """Raise unless the visit is the own office's, unchanged since the page was opened, and still to come."""
    if visit.author_org_id != by.organisation_id:
        raise NotAllowed(n_("This visit belongs to another office; record your own."))
    stands = {"due_on": visit.due_on, "mode": visit.mode, "done_on": visit.done_on, "result": visit.missed_reason}
    check_version(visit, expected_version, stands, {n_("State"): VISIT_WORDS[visit.state]})
    if visit.state != "planned":
        raise InvalidTransition(n_("This visit is not planned any more. Load the page again."))


def moved(visit: FollowUp, what: str, before: str, after: str, *, by: Actor, reason: str | None = None) -> None:
    """Write the history of a visit: its state or its day. `reason` is a code."""
    db.session.add(
        FollowUpChange(
            id=uuid7(), follow_up_id=visit.id, what=what, before=before, after=after, reason=reason, at=utcnow(),
            by_user_id=by.user_id,
        )
    )  # fmt: skip


def reschedule(
    visit: FollowUp, case: Case, *, by: Actor, day: date, reason: str, expected_version: int | None = None
) -> FollowUp:
    """Move a planned visit to another day; the day before stays in its history, its task moves along."""
    require(by, Permission.FOLLOWUP_RECORD)
    own_planned(visit, by, expected_version)
    visits_allowed(case)
    _not_past(day)
    if reason not in MOVE_REASONS:
        raise InvalidInput(n_("Say why the day changes."), field="reason")
    if day == visit.due_on:
        raise InvalidInput(n_("Enter another day than the one planned."), field="due_on")
    moved(visit, "due_on", visit.due_on.isoformat(), day.isoformat(), by=by, reason=reason)
    visit.due_on = day
    move_tasks(case, visit.id, by=by, due_at=end_of_day(day))
    record(by, "visit.moved", case_id=case.id, subject=("follow_up", visit.id), body={"reason": reason})
    db.session.flush()
    return visit


def cancel_visits(case: Case, *, by: Actor, reason: str, every_office: bool = False) -> list[FollowUp]:
    """Cancel what is planned of the own office, or of every office when a fact or the closure stops all visits."""
    if reason not in CANCEL_WORDS:
        raise ValueError(reason)
    planned = select(FollowUp).where(FollowUp.case_id == case.id, FollowUp.state == "planned")
    if not every_office:
        planned = planned.where(FollowUp.author_org_id == by.organisation_id)
    rows = list(db.session.scalars(planned.order_by(FollowUp.due_on)))
    for row in rows:
        row.state, row.cancelled_reason = "cancelled", reason
        moved(row, "state", "planned", "cancelled", by=by, reason=reason)
        finish_tasks(case, row.id, by=by, state="cancelled")
    if rows:
        record(by, "visits.cancelled", case_id=case.id, body={"reason": reason, "count": len(rows)})
        db.session.flush()
    return rows
