"""For the eye and the hand: names hidden from a look over the shoulder, single keys, and the page that lists them.

Both choices are kept by the browser until it is closed or they are changed. While names are hidden, the server does not
send those of lists and of the bar of a case at all; on the page of a person and in packets the style sheet covers them.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, redirect, render_template, request

from casework.db import today
from casework.errors import n_
from casework.web.languages import OWN
from casework.web.marks import public

NAMES, KEYS = "names", "keys"
HIDDEN, OFF = "hidden", "off"
ROWS = (
    ("m", n_("Hide names, or show them again")),
    ("/", n_("Go to the search field")),
    ("1 - 5", n_("Go to a page of the navigation, counted from the left")),
    ("a", n_("Do what is next for this case")),
    ("?", n_("Open this page")),
)
"""Single keys; they work while you are not typing."""

blueprint = Blueprint("eye", __name__)


def names_hidden() -> bool:
    """Whether this browser hides names."""
    return bool(request) and request.cookies.get(NAMES) == HIDDEN


def keys_on() -> bool:
    """Whether single keys do something in this browser."""
    return not request or request.cookies.get(KEYS) != OFF


@blueprint.post("/names")
@public
def names() -> Response:
    """Hide names from now on, or show them again."""
    return _keep(NAMES, HIDDEN if request.form.get("hide") == "1" else "")


@blueprint.post("/keys")
@public
def keys() -> Response:
    """Single keys off or on: who speaks to the computer presses keys without meaning to."""
    return _keep(KEYS, OFF if request.form.get("off") == "1" else "")


@blueprint.get("/keys")
@public
def key_list() -> str:
    """All keys on one page."""
    return render_template("help/keys.html", rows=ROWS)


def _keep(name: str, value: str) -> Response:
    back = request.form.get("back", "/")
    response = redirect(back if OWN.fullmatch(back) else "/", 303)
    if value:
        response.set_cookie(name, value, httponly=True, samesite="Strict", secure=request.is_secure)
    else:
        response.delete_cookie(name, httponly=True, samesite="Strict", secure=request.is_secure)
    return response  # type: ignore[return-value]


def _known() -> dict[str, Any]:
    return {"names_hidden": names_hidden(), "keys_on": keys_on(), "printed_on": today()}


def install(app: Flask) -> None:
    """Register the views and tell the templates."""
    app.context_processor(_known)
    app.register_blueprint(blueprint)
