"""The receiver sends the person back: with a reason, what was given and what is needed next."""

from __future__ import annotations

from datetime import date

from casework.access.permissions import Actor
from casework.cases.service import add_task, finish_tasks, refresh_access
from casework.codes.queries import get
from casework.codes.service import check
from casework.consent.service import end_grants
from casework.db import db, utcnow
from casework.errors import InvalidInput, InvalidTransition, n_
from casework.referrals.kinds import OUTCOMES
from casework.referrals.models import Referral
from casework.referrals.service import move, seal_words
from casework.referrals.workflow import TAKEN_ON, clock
from casework.sharing.service.behalf import OnBehalf, heard, of_receiver
from casework.sharing.service.moves import case_of, keep_own, tell_sender


def send_back(
    referral: Referral,
    *,
    by: Actor,
    reason: str,
    outcome: str,
    feedback: str,
    next_contact_on: date | None = None,
    expected_version: int | None = None,
    on_behalf: OnBehalf | None = None,
) -> None:
    """The person goes back to the sender. What the referral opened is closed; the receiver keeps what it wrote.

    The sender gets a task to take the person on again, due within the time of the priority.
    """
    of_receiver(referral, by)
    if referral.kind != "referral" or referral.status not in TAKEN_ON:
        raise InvalidTransition(n_("Only what you took on can be sent back."))
    check("referral_reason", reason, field="reason")
    if outcome not in OUTCOMES:
        raise InvalidInput(n_("Choose what came of it."), field="outcome")
    if not feedback.strip():
        raise InvalidInput(n_("Say what you did and what is needed now."), field="feedback")
    heard(referral, "feedback", on_behalf, by=by)
    case = case_of(referral)
    move(
        referral, "done", by=by, expected_version=expected_version, outcome=outcome, done_at=utcnow(),
        next_contact_on=next_contact_on, back_reason=reason,
    )  # fmt: skip
    seal_words(referral, feedback=feedback)
    finish_tasks(case, referral.id, by=by)
    for org_id in sorted({grant.org_id for grant in end_grants(case.id, reason="sent_back", source_id=referral.id)}):
        keep_own(case, org_id)
    refresh_access(case)
    add_task(
        case, by=by, kind="referral_back", org_id=referral.author_org_id, assignee_id=referral.author_user_id,
        due_at=utcnow() + clock(get("referral_priority", referral.priority)), data_class=referral.data_class,
        record_kind="referral", record_id=referral.id,
    )  # fmt: skip
    tell_sender(referral, "referral_back")
    db.session.flush()
