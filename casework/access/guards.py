"""Who may open a view: deny by default, the identity of the request, what stands between sign-in and work."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, Response, current_app, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import DBAPIError

from casework.access.models import User
from casework.access.permissions import Actor, Permission, can, needs_second_factor, require
from casework.access.queries import SessionState, SignedIn, signed_in
from casework.access.service import accounts, passwords, sessions
from casework.audit import recorder
from casework.db import db
from casework.errors import NotAllowed, NotVisible
from casework.extensions import login
from casework.web import eye, languages, leave
from casework.web.marks import mark, public
from casework.writes import drafts
from casework.writes.orchestrator import transaction

__all__ = ["actor_or_none", "current", "fully_signed_in", "identity", "install", "public", "requires", "signed_in_only"]

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
CODE, PASSWORD, ENROL = "access.code", "access.password", "access.enrol"
CONFIRM, SIGN_IN = "access.confirm", "access.sign_in"
UNTYPED = ("csrf_token", "press", "save")


def requires(*wanted: Permission, fresh: bool = False) -> Callable[[View], View]:
    """Open the view only to who holds every one of `wanted`; `fresh`: and proved within five minutes who they are."""
    if not wanted:
        raise ValueError("name a permission; an empty set means nothing")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
            away = _turned_away("", fresh)
            if away is not None:
                return away
            _require(*wanted)
            return view(*args, **values)

        return mark(cast(View, guarded), frozenset(wanted))

    return guard


def signed_in_only(at: str = "", *, fresh: bool = False) -> Callable[[View], View]:
    """Open the view to everybody signed in. `at` names the step between sign-in and work that this view is."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
            away = _turned_away(at, fresh)
            return view(*args, **values) if away is None else away

        return mark(cast(View, guarded), frozenset())

    return guard


def identity() -> SignedIn:
    """The live session of this request. Raises NotVisible where nobody is signed in."""
    found: SignedIn | None = g.get("signed_in")
    if found is None:
        raise NotVisible
    return found


def current() -> Actor:
    """Who acts in this request. Raises NotVisible where nobody is signed in."""
    return identity().actor


def actor_or_none() -> Actor | None:
    """Who acts, if somebody is signed in fully; for pages that anybody may open."""
    return g.signed_in.actor if fully_signed_in() else None


def fully_signed_in() -> bool:
    """True if a session is live and no step stands between it and the work."""
    return g.get("signed_in") is not None and pending_step(g.signed_in) is None


def pending_step(signed: SignedIn) -> str | None:
    """The endpoint that comes before any other: the code, a new password, setting up the second step; or None."""
    if signed.factor_enrolled and signed.factor == "password":
        return CODE
    if signed.must_change_password:
        return PASSWORD
    if not signed.factor_enrolled and needs_second_factor(signed.actor.permissions):
        return ENROL
    return None


def own_path(path: str | None) -> str:
    """`path` if it leads into this program, else the first page."""
    parts = urlsplit(path or "")
    safe = path and path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc
    return path if safe and path is not None and path.isprintable() else "/"


def identify() -> None:
    """Before-request hook: one statement finds session, user, membership and roles; a session that ended is nobody."""
    token = request.cookies.get(session_cookie())
    if not token or request.endpoint == "static":
        return
    found = signed_in(token, names_hidden=eye.names_hidden())
    if found is None:
        return
    if found.state is not SessionState.LIVE:
        g.expired = found
        return
    g.signed_in, g.actor = found, found.actor
    if sessions.needs_touch(found):
        _touch(found)


def session_cookie() -> str:
    """Name of the session cookie: bound to the host by its prefix wherever cookies are Secure."""
    return "__Host-s" if _secure() else "s"


def device_cookie() -> str:
    """Name of the cookie of an office computer."""
    return "__Host-d" if _secure() else "d"


def give_session(response: Response, token: str) -> Response:
    """Set the session cookie; it goes when the browser closes."""
    response.set_cookie(session_cookie(), token, httponly=True, samesite="Strict", secure=_secure(), path="/")
    return response


def give_device(response: Response, token: str) -> Response:
    """Set the cookie by which an office computer is known again."""
    age = int(sessions.DEVICE_KEPT.total_seconds())
    name = device_cookie()
    response.set_cookie(name, token, max_age=age, httponly=True, samesite="Strict", secure=_secure(), path="/")
    return response


def take_session(response: Response) -> Response:
    """Remove the session cookie and what the browser kept; the cookie of an office computer stays."""
    response.delete_cookie(session_cookie(), httponly=True, samesite="Strict", secure=_secure(), path="/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def end_current(reason: str = "signed_out") -> None:
    """End this request's session, live or expired, in a transaction of its own. Nothing happens without one."""
    signed: SignedIn | None = g.get("signed_in") or g.get("expired")
    if signed is None:
        return
    with transaction():
        sessions.end(signed.session_id, reason=reason, by=signed.actor)
    g.pop("signed_in", None)
    g.pop("expired", None)


def session_id() -> UUID | None:
    """The id of the live session, or None."""
    signed: SignedIn | None = g.get("signed_in")
    return signed.session_id if signed else None


def language() -> str | None:
    """The stored language of who is signed in, or None."""
    signed: SignedIn | None = g.get("signed_in")
    return signed.actor.language if signed else None


def keep_language(wanted: str) -> None:
    """Store the language with the user who is signed in, in a transaction of its own. Nothing happens without one."""
    signed: SignedIn | None = g.get("signed_in")
    if signed is None or signed.actor.language == wanted:
        return
    with transaction():
        user = db.session.get_one(User, signed.actor.user_id)
        accounts.set_language(user, language=wanted, by=signed.actor)


def install(app: Flask) -> None:
    """Register hooks, cookies and what templates know; the blueprint of this package calls it when registered."""
    secure = app.config["CASEWORK"].mode == "production"
    app.config.update(
        SESSION_COOKIE_NAME="__Host-f" if secure else "f",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )
    if app.testing:
        passwords.use_light_hashes()
    login.init_app(app, add_context_processor=False)
    app.before_request(identify)
    app.context_processor(known_to_templates)
    languages.connect(app, read=language, keep=keep_language)
    leave.connect(app, session_of=session_id, end=end_current)
    login.request_loader(lambda _request: g.get("signed_in"))


def known_to_templates() -> dict[str, Any]:
    """What `base.html` and every page may ask: the actor, `can(Permission)`, the account's links."""
    actor = actor_or_none()
    signed = g.get("signed_in") is not None
    return {
        "actor": actor,
        "can": lambda *wanted: actor is not None and can(actor, *(Permission(one) for one in wanted)),
        "office_name": actor.organisation_name if actor else "",
        "account_links": _links() if actor else [],
        "sign_out_url": url_for("access.sign_out") if signed else None,
    }


def _links() -> list[tuple[str, str]]:
    offices = (gettext("Act for another office"), url_for("access.act_for"))
    return [(gettext("My account"), url_for("access.account")), offices]


def _turned_away(at: str, fresh: bool) -> ResponseReturnValue | None:
    """Where to send who may not go on yet; None lets them through."""
    signed: SignedIn | None = g.get("signed_in")
    if signed is None:
        return _to_sign_in()
    step = pending_step(signed)
    if step is not None and step != at:
        return redirect(url_for(step, next=_back()), 303)
    if fresh and step is None and not sessions.stepped_up(signed):
        return redirect(url_for(CONFIRM, next=_back()), 303)
    return None


def _to_sign_in() -> ResponseReturnValue:
    expired: SignedIn | None = g.get("expired")
    if expired is not None:
        kept = request.method == "POST" and _keep_typed(expired)
        if request.headers.get("X-Draft") == "1":
            return "", 401
        kept_words = gettext("You were away for a while. What you typed was kept; sign in to go on.")
        flash(kept_words if kept else gettext("You were away for a while. Sign in to go on."))
    return redirect(url_for(SIGN_IN, next=_back()), 303)


def _keep_typed(expired: SignedIn) -> bool:
    """An expired session may do one thing: store what its own user typed into a form with a draft id."""
    draft_id = (request.view_args or {}).get("draft_id")
    if not isinstance(draft_id, UUID) or pending_step(expired) is not None:
        return False
    typed = {name: request.form.getlist(name) for name in request.form if name not in UNTYPED}
    try:
        with transaction():
            endpoint = request.endpoint or ""
            drafts.save(draft_id, by=expired.actor, endpoint=endpoint, location=request.path, values=typed)
    except NotVisible:
        return False
    return True


def _back() -> str | None:
    """Where to go on afterwards: this page, or for a sent form with a draft its page; never an action."""
    has_draft = "draft_id" in (request.view_args or {})
    if request.method != "GET" and not has_draft:
        return None
    path = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return path if path != "/" else None


def _require(*wanted: Permission) -> None:
    """Refuse, and write the refusal down in a transaction of its own."""
    actor = current()
    try:
        require(actor, *wanted)
    except NotAllowed:
        with transaction():
            body = {"endpoint": request.endpoint or "", "needs": [str(one) for one in wanted]}
            recorder.record(actor, "refused", body=body)
        raise


def _touch(found: SignedIn) -> None:
    """Note that the session is used. A page that can be read is not refused because this can't be written."""
    try:
        with transaction():
            sessions.touch(found.session_id)
    except DBAPIError:
        current_app.logger.warning("the last use of a session could not be noted")


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
