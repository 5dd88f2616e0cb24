"""The languages of the pages: compiles the catalogues at start, and decides the language of a request in one place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Blueprint, Flask, Response, current_app, redirect, request

from casework.extensions import babel
from casework.web import words
from casework.web.marks import public

SOURCES = Path(__file__).parent.parent / "translations"
LANGUAGES = {"en": "English", "km": "ភាសាខ្មែរ", "th": "ไทย", "vi": "Tiếng Việt"}
"""Languages a person may choose, each under its own name."""
IN_PART = ("th", "vi")
"""Languages whose catalogues are begun: what they lack is shown in English, and the choice says so."""
COOKIE = "language"
OWN = re.compile(r"/(?![/\\])[!-~]*")
"""An address of our own site: one slash, then nothing that a browser would read as another host."""
YEAR = 365 * 24 * 3600

blueprint = Blueprint("languages", __name__)


def compile_catalogues(target: Path, source: Path = SOURCES) -> None:
    """Write the .mo files Babel reads from our .po files into `target`, when they are missing or older."""
    for catalogue in source.glob("*/LC_MESSAGES/*.po"):
        compiled = target / catalogue.relative_to(source).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= catalogue.stat().st_mtime:
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with catalogue.open("rb") as text:
            messages = read_po(text)
        part = compiled.with_suffix(".part")
        with part.open("wb") as out:
            write_mo(out, messages)
        part.replace(compiled)


class Memory:
    """Where the language of who is signed in stands; `access` hands in the two functions."""

    def __init__(self, read: Callable[[], str | None], keep: Callable[[str], None]) -> None:
        self.read = read
        self.keep = keep


def _memory() -> Memory:
    installed: Memory = current_app.extensions["casework.languages"]
    return installed


def choose() -> str:
    """The language of this request. Signed in: the user's own, as in letters and lists, whatever the browser says.

    Else the choice made on this computer, else what the browser asks for. English where we have no such catalogue.
    """
    if not request:
        return "en"
    own = _memory().read()
    if own is not None:
        return own if own in LANGUAGES else "en"
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


@blueprint.post("/language")
@public
def change() -> Response:
    """Remember the language chosen at the foot of the page, with the user and for this computer."""
    wanted = request.form.get("language", "")
    back = request.form.get("back", "/")
    response = redirect(back if OWN.fullmatch(back) else "/", 303)
    if wanted in LANGUAGES:
        _memory().keep(wanted)
        response.set_cookie(COOKIE, wanted, max_age=YEAR, httponly=True, samesite="Strict", secure=request.is_secure)
    return response  # type: ignore[return-value]


def install(app: Flask, folder: Path) -> None:
    """Compile the catalogues into `folder` (in the data folder) and start Flask-Babel."""
    app.extensions["casework.languages"] = Memory(lambda: None, lambda language: None)
    compile_catalogues(folder)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder)
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "en")
    babel.init_app(app, locale_selector=choose)
    words.install(app)
    app.jinja_env.globals.update(languages=LANGUAGES, languages_in_part=IN_PART)
    app.register_blueprint(blueprint)


def connect(app: Flask, *, read: Callable[[], str | None], keep: Callable[[str], None]) -> None:
    """Tell this module how the language of who is signed in is read and stored (called by `access`)."""
    app.extensions["casework.languages"] = Memory(read, keep)
