"""Translation inside templates: what comes out is text and gets escaped, whatever went in.

Jinja's own way marks each translated text as safe HTML and formats it even without variables: a name or an office
handed to `_()` could then bring tags onto the page, and a percent sign would break it.
"""

from __future__ import annotations

from typing import Any

from babel import Locale
from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import get_locale, get_translations
from markupsafe import Markup, escape

from casework.web import digits


def _reading() -> tuple[Locale | None, NullTranslations]:
    """The reader's language and its catalogue, looked up once for a request and language.

    The library looks for both at every single word, ten microseconds each time; a list has hundreds of words. Where it
    keeps the language of a request is its own affair: if that place ever moves, this only becomes slow again.
    """
    try:
        here = g._get_current_object()
    except RuntimeError:
        return None, get_translations()
    locale = getattr(here.get("_flask_babel"), "babel_locale", None)
    kept: tuple[Locale | None, NullTranslations] | None = here.get("casework_reading")
    if kept is None or locale is None or kept[0] is not locale:
        kept = here.casework_reading = get_locale(), get_translations()
    return kept


def language() -> str:
    """The reader's language: 'en', 'km', 'th' or 'vi'; 'en' outside of a request."""
    locale = _reading()[0]
    return str(locale.language) if locale else "en"


def _filled(text: str, variables: dict[str, Any]) -> str:
    if any(hasattr(value, "__html__") for value in variables.values()):
        return Markup(escape(text)) % variables  # noqa: S704 - escaped first; variables are escaped by %
    return text % variables


def words(message: str, **variables: Any) -> str:
    """`message` in the reader's language, its variables filled in; never marked as safe by itself."""
    text: str = _reading()[1].ugettext(str(message))
    return _filled(text, variables) if variables else text


def counted(one: str, many: str, number: int, **variables: Any) -> str:
    """The form of the message that fits `number`, which is also its variable `num`, in the reader's digits."""
    shown = digits.shown(str(number), language())
    return str(_reading()[1].ungettext(one, many, number)) % {"num": shown, **variables}


def install(app: Flask) -> None:
    """Give every template, macro and component the same two functions."""
    app.jinja_env.install_gettext_callables(words, counted, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = words
