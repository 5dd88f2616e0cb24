"""What is said outside the program: the answer of an office without accounts, its service, a call, a way back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.views.addresses import form_at
from casework.codes.queries import choices
from casework.db import utcnow
from casework.errors import NotAllowed, n_
from casework.referrals.forms import BackForm, BehalfForm, CallForm, HeardBackForm, HeardForm
from casework.referrals.queries import get_referral
from casework.sharing import service
from casework.sharing.views.answers import ANSWERED, here, opened, opened_or_heard, shown, told
from casework.sharing.views.blueprint import bp
from casework.writes.orchestrator import Answer


@bp.route("/referrals/<uuid:referral_id>/behalf/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.REFERRAL_ANSWER)
def behalf(referral_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record the answer of an office without accounts: who, by what channel, when, on which paper."""
    by = current()
    form = opened(BehalfForm, referral_id, draft_id, given_at=utcnow())
    form.reason.choices = choices("referral_rejection_reason")

    def act() -> Answer:
        found, said, seen_version = get_referral(by, referral_id), told(form), form.seen_version
        if form.answer.data == "accepted":
            service.accept(found, by=by, on_behalf=said, expected_version=seen_version)
        else:
            service.decline(
                found,
                by=by,
                reason=form.reason.data or "",
                note=form.note.data,
                on_behalf=said,
                expected_version=seen_version,
            )
        return Answer(here(referral_id), gettext(ANSWERED))

    heading, verb = gettext("Record their answer"), gettext("Record answer")
    return shown(form, referral_id, draft_id, act, heading=heading, verb=verb)


@bp.route("/referrals/<uuid:referral_id>/begun/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.REFERRAL_ANSWER)
def begun(referral_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """An office without accounts says that the service has begun."""
    by = current()
    form = opened(HeardForm, referral_id, draft_id, given_at=utcnow())

    def act() -> Answer:
        found = get_referral(by, referral_id)
        service.start_service(found, by=by, on_behalf=told(form), expected_version=form.seen_version)
        return Answer(here(referral_id), gettext(ANSWERED))

    heading, verb = gettext("Their service has begun"), gettext("Record it")
    return shown(form, referral_id, draft_id, act, heading=heading, verb=verb)


@bp.route("/referrals/<uuid:referral_id>/back/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.REFERRAL_ANSWER)
def back(referral_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Send the person back to the office that asked."""
    by = current()
    form: Any = opened_or_heard(BackForm, HeardBackForm, referral_id, draft_id)
    form.reason.choices = choices("referral_reason")

    def act() -> Answer:
        service.send_back(
            get_referral(by, referral_id),
            by=by,
            reason=form.reason.data,
            outcome=form.outcome.data,
            feedback=form.feedback.data or "",
            next_contact_on=form.next_contact_on.data,
            expected_version=form.seen_version,
            on_behalf=told(form),
        )
        return Answer(here(referral_id), gettext("Recorded. The sender knows that the person comes back."))

    heading, verb = gettext("Send the person back"), gettext("Send back")
    return shown(form, referral_id, draft_id, act, heading=heading, verb=verb)


def _sent_by_us(by: Actor, referral_id: UUID) -> None:
    """Raise NotAllowed unless the own office sent it: the receiver has no calls of the sender to write down."""
    if get_referral(by, referral_id).author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that sent it writes down its calls."))


@form_at(bp, "/referrals/<uuid:referral_id>/call", Permission.REFERRAL_SEND, load=_sent_by_us)
def call(referral_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Note that the office was called."""
    by = current()
    _sent_by_us(by, referral_id)
    form = opened(CallForm, referral_id, draft_id, at=utcnow())

    def act() -> Answer:
        service.note_call(
            get_referral(by, referral_id),
            by=by,
            at=form.at.data,
            reached=bool(form.reached.data),
            who=form.who.data,
            said=form.said.data,
        )
        return Answer(here(referral_id), gettext("The call is recorded."))

    heading, verb = gettext("You called the office"), gettext("Record call")
    return shown(form, referral_id, draft_id, act, heading=heading, verb=verb)
