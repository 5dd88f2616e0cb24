"""What offices without accounts say: the sender writes down who said it, how, when, and where the paper lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import organisation
from casework.audit.recorder import record
from casework.db import db, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, n_
from casework.referrals.kinds import CHANNELS
from casework.referrals.models import Referral
from casework.referrals.service import keep_talk, seal_words


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """Words of an office without accounts, as the sender's worker got them: who, by what channel, when, on which
    paper."""

    who: str
    channel: str
    given_at: datetime
    paper: str = ""


def on_paper(referral: Referral) -> bool:
    """True where the receiver has no accounts, so that the sender writes down what it says."""
    return referral.to_org_id is None or not organisation(referral.to_org_id).has_users


def of_receiver(referral: Referral, by: Actor) -> None:
    """Raise NotAllowed unless the actor speaks for the receiver."""
    require(by, Permission.REFERRAL_ANSWER)
    if referral.to_org_id == by.organisation_id:
        return
    if not (on_paper(referral) and referral.author_org_id == by.organisation_id):
        raise NotAllowed(n_("Only the office that was asked can answer."))


def heard(referral: Referral, about: str, said: OnBehalf | None, *, by: Actor) -> None:
    """Keep who said it for an office without accounts; nothing to keep where the office itself acts."""
    of_receiver(referral, by)
    if referral.to_org_id == by.organisation_id:
        return
    if said is None or said.channel not in CHANNELS:
        raise InvalidInput(n_("Choose how the answer reached you."), field="channel")
    if not said.who.strip():
        raise InvalidInput(n_("Enter who gave the answer."), field="who")
    if not _since_sent(referral, said.given_at):
        raise InvalidInput(n_("Enter a moment between sending and now."), field="given_at")
    keep_talk(referral, about, by=by, channel=said.channel, at=said.given_at, who=said.who, paper=said.paper)


def answer(referral: Referral, by: Actor, said: OnBehalf | None) -> dict[str, Any]:
    """Columns of the answer. Only the receiver answers; for one without accounts the sender records it."""
    heard(referral, "answer", said, by=by)
    columns: dict[str, Any] = {
        "answered_at": utcnow(),
        "answered_by_user_id": by.user_id,
        "answered_by_org_id": by.organisation_id,
    }
    if said is None or referral.to_org_id == by.organisation_id:
        return columns
    seal_words(referral, answered_by_name=said.who)
    return columns | {"answer_channel": said.channel, "answer_given_at": said.given_at}


def note_call(
    referral: Referral, *, by: Actor, at: datetime, reached: bool, who: str | None = None, said: str | None = None
) -> None:
    """The sender called the office about an open referral: reached or not, whom, what was said."""
    require(by, Permission.REFERRAL_SEND)
    if referral.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that sent it writes down its calls."))
    if referral.status != "sent":
        raise InvalidTransition(n_("This referral is answered already."))
    if reached and not (who or "").strip():
        raise InvalidInput(n_("Enter whom you spoke to."), field="who")
    if not _since_sent(referral, at):
        raise InvalidInput(n_("Enter a moment between sending and now."), field="at")
    keep_talk(referral, "call", by=by, channel="phone", at=at, reached=reached, who=who, said=said)
    subject = ("referral", referral.id)
    record(by, "referral.called", case_id=referral.case_id, subject=subject, body={"reached": reached})
    db.session.flush()


def _since_sent(referral: Referral, moment: datetime) -> bool:
    """Between sending and now; people type minutes, so the minute of sending counts as after it."""
    return referral.sent_at.replace(second=0, microsecond=0) <= moment <= utcnow()
