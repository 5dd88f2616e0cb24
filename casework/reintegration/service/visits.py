"""What visits bring: done with its words and scores, missed with a note, or a contact nobody had planned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import finish_tasks, new_record, notify, on_timeline, touched
from casework.codes.dates import known
from casework.codes.service import check
from casework.db import db, today, utcnow
from casework.errors import InvalidInput, n_
from casework.reintegration.models import (
    STANDINGS,
    ContactAttempt,
    FollowUp,
    FollowUpSealed,
    OutcomeScore,
    SustainabilityScore,
    VisitStanding,
)
from casework.reintegration.queries import inside
from casework.reintegration.service.plans import DATA_CLASS
from casework.reintegration.service.schedule import moved, own_planned, plan_visit, visits_allowed
from casework.reintegration.workflow import counts_as_attempt
from casework.vault import fields

SAYS_ENOUGH = ("well",)
"""How things stand without a word more: with worries or danger somebody has to know which."""
DANGER = "danger"
DONE = "done"
"""The result code of a visit that took place; every other one is a missed visit."""


def record_visit(
    visit: FollowUp,
    case: Case,
    *,
    by: Actor,
    done_on: date,
    mode: str,
    situation: str,
    promises: str = "",
    next_steps: str = "",
    standing: str | None = None,
    scores: Mapping[str, int] | None = None,
    lasting: Mapping[str, int] | None = None,
    next_on: date | None = None,
    expected_version: int | None = None,
) -> FollowUp:
    """Record a planned visit as done: how things stand and are, what was promised and kept, what next; scores 1 (most
    vulnerable) to 4 of the six areas of life and hundredths of what lasts where asked; `next_on` plans one more."""
    require(by, Permission.FOLLOWUP_RECORD)
    own_planned(visit, by, expected_version)
    visits_allowed(case)
    _check_done(done_on, mode, situation, standing)
    visit.state, visit.done_on, visit.mode = "done", done_on, mode
    visit.occurred_from = visit.occurred_to = done_on
    visit.occurred_precision = "day"
    _write(visit, case, situation, promises, next_steps)
    _score(visit, scores or {}, lasting or {})
    _stand(visit, case, by, standing)
    _leave(visit)
    moved(visit, "state", "planned", "done", by=by)
    on_timeline(case, "follow_up_done", by=by, data_class=DATA_CLASS, record_id=visit.id, occurred=known(done_on))
    touched(case, by=by, data_class=DATA_CLASS)
    finish_tasks(case, visit.id, by=by)
    record(by, "visit.done", case_id=case.id, subject=("follow_up", visit.id), body={"mode": mode})
    if next_on is not None:
        plan_visit(case, by=by, day=next_on, mode=mode, assignee_id=visit.assignee_id)
    db.session.flush()
    return visit


def record_contact(
    case: Case,
    *,
    by: Actor,
    done_on: date,
    mode: str,
    situation: str,
    promises: str = "",
    next_steps: str = "",
    standing: str | None = None,
    next_on: date | None = None,
    source: str = "said",
) -> FollowUp:
    """Record a visit or call that nobody had planned: the person came or called."""
    require(by, Permission.FOLLOWUP_RECORD)
    visits_allowed(case)
    _check_done(done_on, mode, situation, standing)
    visit = new_record(
        FollowUp,
        case,
        by=by,
        data_class=DATA_CLASS,
        source=source,
        occurred=known(done_on),
        template=None,
        due_on=done_on,
        mode=mode,
        state="done",
        done_on=done_on,
        assignee_id=by.user_id,
    )
    db.session.flush()
    _write(visit, case, situation, promises, next_steps)
    _stand(visit, case, by, standing)
    record(by, "visit.done", case_id=case.id, subject=("follow_up", visit.id), body={"mode": mode})
    if next_on is not None:
        plan_visit(case, by=by, day=next_on, mode=mode, assignee_id=by.user_id)
    db.session.flush()
    return visit


def _check_done(done_on: date, mode: str, situation: str, standing: str | None) -> None:
    check("followup_type", mode, field="mode", group="mode")
    if done_on > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="done_on")
    if standing is not None and standing not in STANDINGS:
        raise InvalidInput(n_("Choose one of the values in the list."), field="standing")
    if standing not in SAYS_ENOUGH and not situation.strip():
        raise InvalidInput(n_("Write how things are, in a sentence or two."), field="situation")


def _write(visit: FollowUp, case: Case, situation: str, promises: str, next_steps: str) -> None:
    sealed = FollowUpSealed(id=visit.id, root_id=case.person_id)
    fields.seal(sealed, situation=situation, promises=promises, next_steps=next_steps)
    db.session.add(sealed)


def _stand(visit: FollowUp, case: Case, by: Actor, standing: str | None) -> None:
    """Keep how things stood; the supervisors are told of danger at once."""
    if standing is None:
        return
    db.session.add(VisitStanding(follow_up_id=visit.id, standing=standing))
    if standing == DANGER:
        notify(
            by.organisation_id, "person_in_danger", case_id=case.id, record_kind="follow_up_done", record_id=visit.id,
            data_class=DATA_CLASS, for_supervisor=True,
        )  # fmt: skip


def _leave(visit: FollowUp) -> None:
    """Who recorded the visit has come out of it: an open check-in ends."""
    watch = inside([visit.id]).get(visit.id)
    if watch is not None:
        watch.out_at = utcnow()


def _score(visit: FollowUp, scores: Mapping[str, int], lasting: Mapping[str, int]) -> None:
    for domain, score in scores.items():
        rule = check("outcome_domain", domain, field=f"score_{domain}", group="survivor outcome")
        if not int(rule.extra["min"]) <= score <= int(rule.extra["max"]):
            raise InvalidInput(n_("Choose a score from 1 to 4."), field=f"score_{domain}")
        db.session.add(OutcomeScore(follow_up_id=visit.id, domain=domain, score=score))
    for domain, hundredths in lasting.items():
        check("outcome_domain", domain, field=f"lasting_{domain}", group="reintegration sustainability")
        if not 0 <= hundredths <= 100:
            raise InvalidInput(n_("Choose one of the values in the list."), field=f"lasting_{domain}")
        db.session.add(SustainabilityScore(follow_up_id=visit.id, domain=domain, hundredths=hundredths))


def miss_visit(
    visit: FollowUp,
    case: Case,
    *,
    by: Actor,
    result: str,
    note: str,
    missed_on: date | None = None,
    again_on: date | None = None,
    expected_version: int | None = None,
) -> FollowUp:
    """Record that a planned visit did not take place: why (a result of followup_type) and a note. Not finding the
    person counts as an attempt; `again_on` plans another visit."""
    require(by, Permission.FOLLOWUP_RECORD)
    own_planned(visit, by, expected_version)
    check("followup_type", result, field="result", group="result")
    if result == DONE:
        raise InvalidInput(n_("Record the visit itself if it took place."), field="result")
    if not note.strip():
        raise InvalidInput(n_("Write what happened and what you will do."), field="note")
    visit.state, visit.missed_reason = "missed", result
    sealed = FollowUpSealed(id=visit.id, root_id=case.person_id)
    fields.seal(sealed, missed_note=note)
    db.session.add(sealed)
    moved(visit, "state", "planned", "missed", by=by, reason=result)
    finish_tasks(case, visit.id, by=by)
    if counts_as_attempt(result):
        _attempt(case, by, missed_on or today(), visit.mode, visit)
    on_timeline(case, "follow_up_missed", by=by, data_class=DATA_CLASS, record_id=visit.id)
    record(by, "visit.missed", case_id=case.id, subject=("follow_up", visit.id), body={"result": result})
    if again_on is not None:
        plan_visit(case, by=by, day=again_on, mode=visit.mode, assignee_id=visit.assignee_id)
    db.session.flush()
    return visit


def add_attempt(
    case: Case, *, by: Actor, tried_on: date, mode: str, next_on: date | None = None, next_mode: str | None = None
) -> ContactAttempt:
    """Record a try to reach the person that failed, outside of a planned visit; `next_on` plans the next try."""
    require(by, Permission.FOLLOWUP_RECORD)
    check("followup_type", mode, field="mode", group="mode")
    visits_allowed(case)
    row = _attempt(case, by, tried_on, mode, None)
    record(by, "contact.tried", case_id=case.id, subject=("contact_attempt", row.id), body={"mode": mode})
    if next_on is not None:
        plan_visit(case, by=by, day=next_on, mode=next_mode or mode, assignee_id=by.user_id)
    db.session.flush()
    return row


def _attempt(case: Case, by: Actor, tried_on: date, mode: str, visit: FollowUp | None) -> ContactAttempt:
    if tried_on > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="tried_on")
    return new_record(
        ContactAttempt,
        case,
        by=by,
        data_class=DATA_CLASS,
        source="seen",
        occurred=known(tried_on),
        tried_on=tried_on,
        mode=mode,
        follow_up_id=visit.id if visit else None,
    )
