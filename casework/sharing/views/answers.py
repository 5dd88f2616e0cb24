"""The receiver's buttons: accept, decline with a reason, begun, feedback; and answers of offices without accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.codes.queries import choices
from casework.db import utcnow
from casework.errors import n_
from casework.referrals.forms import DeclineForm, FeedbackForm, HeardFeedbackForm, HeardForm
from casework.referrals.queries import code_of, get_referral
from casework.sharing import service
from casework.sharing.views.blueprint import bp
from casework.web.forms import BaseForm, TapForm
from casework.writes.http import fresh, open_form, seen, submit, tap
from casework.writes.orchestrator import Answer

F = TypeVar("F", bound=BaseForm)
ANSWERED = n_("Your answer is recorded.")


def here(referral_id: UUID) -> str:
    """The page of the referral."""
    return url_for("referrals.referral", referral_id=referral_id)


@bp.post("/referrals/<uuid:referral_id>/accept")
@requires(Permission.REFERRAL_ANSWER)
def accept(referral_id: UUID) -> ResponseReturnValue:
    """One tap: accepted, by whoever pressed."""
    return tapped(referral_id, "accept", service.accept, ANSWERED)


@bp.post("/referrals/<uuid:referral_id>/start")
@requires(Permission.REFERRAL_ANSWER)
def start(referral_id: UUID) -> ResponseReturnValue:
    """One tap: the service has begun today."""
    return tapped(referral_id, "start", service.start_service, ANSWERED)


@bp.get("/referrals/<uuid:referral_id>/<any(decline, feedback, behalf, begun, back):what>")
@requires(Permission.REFERRAL_ANSWER)
def begin_answer(referral_id: UUID, what: str) -> ResponseReturnValue:
    """To an empty form of an answer."""
    get_referral(current(), referral_id)
    return fresh(f"sharing.{what}", referral_id=referral_id)


@bp.route("/referrals/<uuid:referral_id>/decline/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.REFERRAL_ANSWER)
def decline(referral_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Say no, with the reason."""
    by = current()
    form = opened(DeclineForm, referral_id, draft_id)
    form.reason.choices = choices("referral_rejection_reason")

    def act() -> Answer:
        found = get_referral(by, referral_id)
        service.decline(found, by=by, reason=form.reason.data, note=form.note.data, expected_version=form.seen_version)
        return Answer(here(referral_id), gettext(ANSWERED))

    heading, verb = gettext("Decline the referral"), gettext("Decline")
    return shown(form, referral_id, draft_id, act, heading=heading, verb=verb)


@bp.route("/referrals/<uuid:referral_id>/feedback/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.REFERRAL_ANSWER)
def feedback(referral_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Say what came of it."""
    by = current()
    form: Any = opened_or_heard(FeedbackForm, HeardFeedbackForm, referral_id, draft_id)

    def act() -> Answer:
        service.give_feedback(
            get_referral(by, referral_id),
            by=by,
            outcome=form.outcome.data,
            feedback=form.feedback.data,
            next_contact_on=form.next_contact_on.data,
            expected_version=form.seen_version,
            on_behalf=told(form),
        )
        return Answer(here(referral_id), gettext("The feedback is recorded."))

    heading, verb = gettext("Feedback on the referral"), gettext("Give feedback")
    return shown(form, referral_id, draft_id, act, heading=heading, verb=verb)


def told(form: BaseForm) -> service.OnBehalf | None:
    """What the sender heard from an office without accounts, where the form asked for it."""
    if not isinstance(form, HeardForm):
        return None
    return service.OnBehalf(form.who.data, form.channel.data, form.given_at.data, form.paper.data or "")


def tapped(referral_id: UUID, action: str, do: Callable[..., Any], said: str) -> ResponseReturnValue:
    """One tap on a referral that the actor may see; `said` (a message id) stands on its page afterwards."""
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        do(get_referral(by, referral_id), by=by, expected_version=version)
        return Answer(here(referral_id), gettext(said))

    return tap(form, record_id=referral_id, version=version, action=action, act=act)


def opened(form_class: type[F], referral_id: UUID, draft_id: UUID, **data: object) -> F:
    """The form about a referral that the actor may see."""
    found = get_referral(current(), referral_id)
    return open_form(form_class, draft_id, data={"version": str(found.version), **data})


def opened_or_heard(form_class: type[BaseForm], heard: type[BaseForm], referral_id: UUID, draft_id: UUID) -> BaseForm:
    """The receiver's form; for an office without accounts the one that also asks who told the sender."""
    if service.on_paper(get_referral(current(), referral_id)):
        return opened(heard, referral_id, draft_id, given_at=utcnow())
    return opened(form_class, referral_id, draft_id)


def shown(
    form: F, referral_id: UUID, draft_id: UUID, act: Callable[[], Answer], *, heading: str, verb: str
) -> ResponseReturnValue:
    """Show, keep or send the form; its view is recorded like any other."""
    found = get_referral(current(), referral_id)

    def page(form: F) -> str:
        seen("form", [found.case_id], form="referral_answer")
        return render_template(
            "referrals/form.html", form=form, referral=found, code=code_of(found), heading=heading, verb=verb
        )

    return submit(form, key=draft_id, act=act, page=page, case_id=found.case_id)
