"""Leaving quickly: ends the own session, clears what the browser kept, and shows a page that says nothing.

The neutral page is a plain calendar of our own, not another site: it comes without the internet, no outside party
learns that somebody left in a hurry, and nothing waits for a slow line. Its weak side is that the address bar still
shows our host, so the host's name must be neutral; an office that prefers another site sets LEAVE_TO. The browser's
history is not erased, and the help page says so.
"""

from __future__ import annotations

import calendar
import hashlib
import hmac
from collections.abc import Callable

from flask import Blueprint, Flask, Response, current_app, make_response, redirect, render_template, request, url_for

from casework.db import today
from casework.extensions import csrf
from casework.web.marks import public

CLEAR = '"cache", "cookies", "storage"'

blueprint = Blueprint("leave", __name__)


class Exit:
    """How the program knows and ends the session; `create_app` hands in the two functions of `access`."""

    def __init__(self, session_of: Callable[[], object | None], end: Callable[[], None]) -> None:
        self.session_of = session_of
        self.end = end

    def token(self) -> str:
        """A token that can only end the session it was made for; it dies with that session, so it works once."""
        session = self.session_of()
        if session is None:
            return ""
        key = str(current_app.secret_key).encode()
        return hmac.new(key, f"leave:{session}".encode(), hashlib.sha256).hexdigest()[:32]


def _exit() -> Exit:
    installed: Exit = current_app.extensions["casework.leave"]
    return installed


def leave_url() -> str:
    """The address of the leave link for this session."""
    return url_for("leave.now", token=_exit().token() or None)


def target() -> str:
    """Where a person lands after leaving."""
    return str(current_app.config.get("LEAVE_TO") or url_for("leave.neutral"))


@blueprint.route("/leave", methods=["GET", "POST"])
@public
def now() -> Response:
    """End the own session if the token is its own; always go to the neutral page and clear the browser."""
    expected = _exit().token()
    if expected and hmac.compare_digest(expected, request.args.get("token", "")):
        _exit().end()
    response = make_response(redirect(target(), 303)) if request.method == "GET" else Response(status=204)
    response.headers["Clear-Site-Data"] = CLEAR
    return response


@blueprint.get("/calendar")
@public
def neutral() -> str:
    """A plain calendar of this month."""
    day = today()
    weeks = calendar.Calendar().monthdatescalendar(day.year, day.month)
    return render_template("calendar.html", today=day, weeks=weeks)


def install(app: Flask) -> None:
    """Register the views; until `connect` is called nobody has a session to end."""
    app.extensions["casework.leave"] = Exit(lambda: None, lambda: None)
    app.jinja_env.globals.update(leave_url=leave_url, leave_target=target)
    # The token in the address is the proof, and it can do nothing but end the own session.
    csrf.exempt(f"{__name__}.now")
    app.register_blueprint(blueprint)


def connect(app: Flask, *, session_of: Callable[[], object | None], end: Callable[[], None]) -> None:
    """Tell leaving how to find and end the session (called by `create_app` with functions of `access`)."""
    app.extensions["casework.leave"] = Exit(session_of, end)
