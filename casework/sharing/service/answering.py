"""Answers of the receiver: accept, decline, start, feedback. Acceptance creates the live access, or moves the case."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from casework.access.permissions import Actor
from casework.access.queries import members, organisation
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, change, finish_tasks, refresh_access
from casework.cases.service.access import FOREVER
from casework.codes.queries import get
from casework.codes.service import check
from casework.consent.service import open_grant
from casework.db import db, utcnow
from casework.errors import InvalidInput, InvalidTransition, n_
from casework.referrals.kinds import OUTCOMES
from casework.referrals.models import Referral
from casework.referrals.queries import classes_sent, live_classes
from casework.referrals.service import move, seal_words
from casework.referrals.workflow import clock
from casework.sharing.service.behalf import OnBehalf, answer, heard
from casework.sharing.service.moves import (
    carry,
    case_of,
    data_classes,
    entries_behind,
    hand_tasks,
    open_consented,
    put_down,
    tell_sender,
)

FEEDBACK_AFTER = timedelta(days=14)
"""When feedback is asked for after a service began (a default)."""


def accept(
    referral: Referral,
    *,
    by: Actor,
    expected_version: int | None = None,
    assignee_id: UUID | None = None,
    on_behalf: OnBehalf | None = None,
) -> None:
    """Accept: from now on the receiver sees the consented classes live; a transfer moves the case to it.

    Only what the person still agrees to is opened. Whoever accepts carries the case, unless `assignee_id` is another.
    """
    answered = answer(referral, by, on_behalf)
    case = case_of(referral)
    with_users = referral.to_org_id is not None and organisation(referral.to_org_id).has_users
    if with_users and not live_classes(referral):
        raise InvalidTransition(n_("The person's agreement has ended. The sender must ask again."))
    carrier = assignee_id or by.user_id
    if with_users and carrier not in {member.user_id for member in members(by.organisation_id)}:
        raise InvalidInput(n_("Choose a colleague of your own office."), field="assignee_id")
    move(referral, "accepted", by=by, expected_version=expected_version, **answered)
    finish_tasks(case, referral.id, by=by)
    if with_users:
        _open(case, referral, carrier, by)
    if referral.kind == "transfer":
        move(referral, "done", by=by, outcome="given", done_at=utcnow())
        tell_sender(referral, "transfer_done")
    else:
        _ask_service(case, referral, carrier if with_users else None, by)
        tell_sender(referral, "referral_accepted")
    db.session.flush()


def decline(
    referral: Referral,
    *,
    by: Actor,
    reason: str,
    note: str | None = None,
    expected_version: int | None = None,
    on_behalf: OnBehalf | None = None,
) -> None:
    """Say no, with a reason from the list. The packet is closed to the receiver at once."""
    check("referral_rejection_reason", reason, field="reason")
    answered = answer(referral, by, on_behalf)
    case = case_of(referral)
    move(referral, "rejected", by=by, expected_version=expected_version, rejection_reason=reason, **answered)
    seal_words(referral, rejection_note=note)
    finish_tasks(case, referral.id, by=by)
    tell_sender(referral, "referral_rejected")
    db.session.flush()


def start_service(
    referral: Referral,
    *,
    by: Actor,
    started_on: date | None = None,
    expected_version: int | None = None,
    on_behalf: OnBehalf | None = None,
) -> None:
    """The service asked for has begun."""
    heard(referral, "started", on_behalf, by=by)
    case = case_of(referral)
    move(
        referral,
        "service_started",
        by=by,
        expected_version=expected_version,
        service_started_at=_moment(started_on),
    )
    finish_tasks(case, referral.id, by=by)
    due_at = utcnow() + FEEDBACK_AFTER
    if referral.to_org_id == by.organisation_id:
        _task(case, referral, by, kind="referral_feedback", due_at=due_at, assignee_id=by.user_id)
    _wait(case, referral, by, due_at)
    tell_sender(referral, "referral_started")
    db.session.flush()


def give_feedback(
    referral: Referral,
    *,
    by: Actor,
    outcome: str,
    feedback: str = "",
    next_contact_on: date | None = None,
    expected_version: int | None = None,
    on_behalf: OnBehalf | None = None,
) -> None:
    """Close the referral with what came of it; the sender and the owner of the case read it."""
    if outcome not in OUTCOMES:
        raise InvalidInput(n_("Choose what came of it."), field="outcome")
    heard(referral, "feedback", on_behalf, by=by)
    case = case_of(referral)
    columns: dict[str, Any] = {"outcome": outcome, "done_at": utcnow(), "next_contact_on": next_contact_on}
    move(referral, "done", by=by, expected_version=expected_version, **columns)
    seal_words(referral, feedback=feedback)
    finish_tasks(case, referral.id, by=by)
    tell_sender(referral, "referral_done")
    db.session.flush()


def _open(case: Case, referral: Referral, carrier: UUID, by: Actor) -> None:
    """Live access for the receiver: a grant for each entry, its own records, somebody who carries the case."""
    assert referral.to_org_id is not None  # noqa: S101 - checked by the caller
    classes = {row.data_class for row in classes_sent(referral)}
    open_consented(case, referral, entries_behind(referral), classes)
    if referral.kind == "transfer":
        _hand_over(case, referral, classes, by)
    refresh_access(case)
    carry(case, org_id=referral.to_org_id, user_id=carrier, by=by)


def _hand_over(case: Case, referral: Referral, classes: set[str], by: Actor) -> None:
    """The receiver owns the case; the sender keeps what it wrote itself, and the closure feedback (docs/domain.md 6).

    What it keeps rests on no agreement, so it does not name the referral: a withdrawal would end it.
    """
    assert referral.to_org_id is not None  # noqa: S101 - checked by the caller
    before = case.owner_org_id
    if before != referral.author_org_id:
        raise InvalidTransition(n_("The sender does not carry this case any more."))
    case.owner_org_id = referral.to_org_id
    open_grant(
        case.id,
        org_id=before,
        via="wrote",
        reach="own",
        classes=data_classes(),
        ends_at=FOREVER,
    )
    put_down(case, before)
    hand_tasks(case, from_org=before, to_org=referral.to_org_id, classes=classes, by=by)
    change(case, "owner", str(before), str(referral.to_org_id), by=by, reason="transfer")
    record(by, "case.transferred", case_id=case.id, subject=("referral", referral.id), body={"from": before})


def _ask_service(case: Case, referral: Referral, carrier: UUID | None, by: Actor) -> None:
    """Tasks for both sides: the receiver begins within the same time again, the sender waits for it."""
    due_at = utcnow() + clock(get("referral_priority", referral.priority))
    if carrier is not None:
        _task(case, referral, by, kind="referral_service", due_at=due_at, assignee_id=carrier)
    _wait(case, referral, by, due_at)


def _wait(case: Case, referral: Referral, by: Actor, due_at: datetime) -> None:
    add_task(
        case,
        by=by,
        kind="referral_feedback",
        org_id=referral.author_org_id,
        assignee_id=referral.author_user_id,
        due_at=due_at,
        data_class=referral.data_class,
        record_kind="referral",
        record_id=referral.id,
        waiting_for_org_id=referral.to_org_id,
        waiting_for=referral.to_kind,
    )


def _task(case: Case, referral: Referral, by: Actor, *, kind: str, due_at: datetime, assignee_id: UUID) -> None:
    add_task(
        case,
        by=by,
        kind=kind,
        org_id=referral.to_org_id,
        assignee_id=assignee_id,
        due_at=due_at,
        data_class=referral.data_class,
        record_kind="referral",
        record_id=referral.id,
    )


def _moment(day: date | None) -> datetime:
    now = utcnow()
    if day is None or day == now.date():
        return now
    if day > now.date():
        raise InvalidInput(n_("Enter a day that is not in the future."), field="started_on")
    return datetime(day.year, day.month, day.day, 5, tzinfo=now.tzinfo)
