"""Translation inside templates: what comes out is text and gets escaped, whatever went in.

Jinja's own way marks each translated text as safe HTML and formats it even without variables: a name or an office
handed to `_()` could then bring tags onto the page, and a percent sign would break it.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape


def _filled(text: str, variables: dict[str, Any]) -> str:
    if any(hasattr(value, "__html__") for value in variables.values()):
        return Markup(escape(text)) % variables  # noqa: S704 - escaped first; variables are escaped by %
    return text % variables


def words(message: str, **variables: Any) -> str:
    """`message` in the reader's language, its variables filled in; never marked as safe by itself."""
    text: str = gettext(str(message))
    return _filled(text, variables) if variables else text


def counted(one: str, many: str, number: int, **variables: Any) -> str:
    """The form of the message that fits `number`, which is also its variable `num`."""
    return str(ngettext(one, many, number, **variables))


def install(app: Flask) -> None:
    """Give every template, macro and component the same two functions."""
    app.jinja_env.install_gettext_callables(words, counted, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = words
