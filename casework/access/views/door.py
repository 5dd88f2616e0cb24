"""How a try at the door runs: reserve and commit, ask the throttle, hash outside any transaction, settle and open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from flask import Response, flash, redirect, request, session
from flask_babel import ngettext
from sqlalchemy import exists, select

from casework.access import guards
from casework.access.models import Membership, Organisation, User
from casework.access.queries import SignedIn, signed_in
from casework.access.queries.actors import current_membership
from casework.access.service import factors, passwords, sessions, throttle
from casework.access.service.throttle import Try, Verdict
from casework.db import db, today
from casework.errors import n_
from casework.writes import drafts
from casework.writes.orchestrator import transaction

WRONG = n_("This did not work. Check the user name and the password; after several tries, wait ten minutes.")
"""One answer for every refusal: no such user, wrong password, closed account, too many tries."""

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("Windows", "Windows"), ("Mac", "macOS"), ("Linux", "Linux"))


@dataclass(frozen=True, slots=True)
class Opened:
    """A session just opened or renewed: its token, and the token of the device if it is an office computer."""

    token: str
    device_token: str | None


def device() -> sessions.Device:
    """The browser of this request: a coarse label, and the token it showed if it has the form of one of ours."""
    agent = request.headers.get("User-Agent", "")
    names = [next((name for mark, name in known if mark in agent), "") for known in (BROWSERS, SYSTEMS)]
    token = request.cookies.get(guards.device_cookie())
    shown = token if token and re.fullmatch(r"[A-Za-z0-9_-]{43}", token) else None
    return sessions.Device(" · ".join(name for name in names if name), shown)


def try_password(username: str, password: str, *, office: bool) -> Opened | None:
    """Open a session for the right name and password; None for every refusal, after the same work."""
    browser = device()
    known = sessions.is_known(username, browser.token)
    attempt = Try("password", username, request.remote_addr or "", known)
    reserved, verdict = _reserve(attempt)
    if verdict is Verdict.STOP:
        return _refused(reserved, "refused")
    user_id, stored = _credentials(username)
    right = passwords.matches(password, stored)
    if not right or verdict is Verdict.SLOW or user_id is None or stored is None:
        return _refused(reserved, "refused" if verdict is Verdict.SLOW else "failed")
    fresh_hash = passwords.make(password) if passwords.outdated(stored) else None
    with transaction():
        throttle.settle(reserved, "succeeded")
        user = db.session.get_one(User, user_id)
        if fresh_hash:
            user.password_hash = fresh_hash
        membership = sessions.first_membership(user.id)
        factors.carry_out_due_reset(user, by=sessions.SystemDoer(user.id, membership.organisation_id))
        row, token = sessions.open_session(user, factor="password", office_device=office or known, device=browser)
        complete = user.factor_since_at is None
        device_token = sessions.remember_device(user.id, browser) if row.office_device and complete else None
    return Opened(token, device_token)


def try_code(signed: SignedIn, *, code: str, recovery: str) -> Opened | None:
    """Renew the session as fully signed in for a right code, each used once; None for every refusal."""
    kind = "recovery" if recovery and not code else "code"
    browser = device()
    known = sessions.is_known(signed.actor.username, browser.token)
    reserved, verdict = _reserve(Try(kind, signed.actor.username, request.remote_addr or "", known))
    if verdict is not Verdict.GO:
        return _refused(reserved, "refused")
    with transaction():
        user = db.session.get_one(User, signed.actor.user_id)
        right = factors.use_recovery_code(user, recovery) if kind == "recovery" else factors.use_code(user, code)
        throttle.settle(reserved, "succeeded" if right else "failed")
        if not right:
            return None
        token = sessions.renew(signed, factor=kind, step_up=True)
        device_token = sessions.remember_device(user.id, browser) if signed.office_device else None
    return Opened(token, device_token)


def try_confirm(signed: SignedIn, *, password: str, code: str) -> Opened | None:
    """Step up for five minutes: the password again, and the code where the account uses codes."""
    known = sessions.is_known(signed.actor.username, device().token)
    reserved, verdict = _reserve(Try("password", signed.actor.username, request.remote_addr or "", known))
    if verdict is not Verdict.GO:
        return _refused(reserved, "refused")
    right = passwords.matches(password, _credentials(signed.actor.username)[1])
    with transaction():
        user = db.session.get_one(User, signed.actor.user_id)
        right = right and (not signed.factor_enrolled or factors.use_code(user, code))
        throttle.settle(reserved, "succeeded" if right else "failed")
        return Opened(sessions.renew(signed, step_up=True), None) if right else None


def right_password(signed: SignedIn, password: str) -> bool:
    """True if this is the account's password; throttled like a sign-in. For changing the password."""
    known = sessions.is_known(signed.actor.username, device().token)
    reserved, verdict = _reserve(Try("password", signed.actor.username, request.remote_addr or "", known))
    right = passwords.matches(password, _credentials(signed.actor.username)[1]) and verdict is Verdict.GO
    with transaction():
        throttle.settle(reserved, "succeeded" if right else "failed")
    return right


def let_in(opened: Opened, path: str | None, *, greet: bool = False) -> Response:
    """Go on with a new token and nothing left of what the browser's own session cookie held before.

    `greet`: after signing in, say what the user began elsewhere and did not send.
    """
    session.clear()
    if greet:
        _tell_of_drafts(opened.token)
    response = guards.give_session(Response(status=303), opened.token)
    response.headers["Location"] = redirect(guards.own_path(path)).headers["Location"]
    return guards.give_device(response, opened.device_token) if opened.device_token else response


def _tell_of_drafts(token: str) -> None:
    signed = signed_in(token)
    waiting = drafts.count_for(signed.actor) if signed and guards.pending_step(signed) is None else 0
    if waiting:
        flash(
            ngettext(
                "You began %(num)s form and did not send it. It waits for you under 'What you began'.",
                "You began %(num)s forms and did not send them. They wait for you under 'What you began'.",
                waiting,
            )
        )


def _reserve(attempt: Try) -> tuple[UUID, Verdict]:
    with transaction():
        reserved = throttle.reserve(attempt).id
    return reserved, throttle.verdict(attempt)


def _refused(reserved: UUID, outcome: str) -> Opened | None:
    with transaction():
        throttle.settle(reserved, outcome)
    return None


def _credentials(username: str) -> tuple[UUID | None, str | None]:
    """Id and hash of an account that may sign in today; nothing for any other name, by the same one statement."""
    stands = (
        exists()
        .where(Membership.user_id == User.id, Organisation.id == Membership.organisation_id)
        .where(current_membership(today()))
        .correlate(User)
    )
    query = select(User.id, User.password_hash).where(User.username == username.strip().casefold(), stands)
    row = db.session.execute(query).first()
    return (row.id, row.password_hash) if row else (None, None)
