"""Pages for what went wrong, in human words: no stack, no hint whether a thing exists, a random reference at most."""

from __future__ import annotations

import secrets
import traceback

from flask import Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from casework.errors import AlreadyRecorded, DomainError, NotAllowed, NotVisible, StaleRecord, Unavailable, n_
from casework.web.shims import translate
from casework.web.words import language

STATUS: dict[type[DomainError], int] = {
    NotVisible: 404,
    NotAllowed: 403,
    StaleRecord: 409,
    AlreadyRecorded: 409,
    Unavailable: 503,
}
"""Error of the domain -> status; any other is 400."""

WORDS = {
    400: (n_("This could not be read"), n_("Go back and send it again. If it happens again, open the page anew.")),
    403: (n_("You may not do this"), n_("Your role does not allow it. Ask your supervisor who can.")),
    404: (n_("Page not found"), n_("There is nothing here, or it is not for you. Check the code or the address.")),
    405: (n_("This does not work here"), n_("Go back and use the buttons of the page.")),
    409: (n_("Somebody changed this while you were writing"), n_("Open it again and look at what stands now.")),
    413: (
        n_("This is too large"),
        n_("Nothing was saved. Go back: what you typed is still there. Send a smaller file or a shorter text."),
    ),
    415: (n_("This kind of file does not work here"), n_("Go back and choose another file.")),
    429: (n_("Too many tries"), n_("Wait ten minutes and try again.")),
    500: (n_("Something went wrong"), n_("Nothing was saved. Go back, wait a minute, and try again.")),
    503: (
        n_("This does not work just now"),
        n_("Nothing was saved. Go back: what you typed is still there. Try again in a minute."),
    ),
}
EXPIRED = n_("The page was open for too long. Go back, open the page again, and send it once more.")


def page(status: int, text: str = "", reference: str = "") -> ResponseReturnValue:
    """The page for `status`. The 404 page is the same bytes for everybody with the same language."""
    title, usual = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    body = render_template(
        "errors/error.html", title=translate(title), text=text or translate(usual), reference=reference
    )
    response = make_response(body, status)
    response.headers["Content-Language"] = language()
    return response


def for_http(error: HTTPException) -> ResponseReturnValue:
    """Errors of HTTP itself: wrong address, method, size."""
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()
    response = make_response(page(status))
    if "Allow" in (headers := dict(error.get_headers())):
        response.headers["Allow"] = headers["Allow"]
    return response


def for_token(error: CSRFError) -> ResponseReturnValue:
    """A form without a valid token."""
    return page(400, translate(EXPIRED))


def for_domain(error: DomainError) -> ResponseReturnValue:
    """An error of the domain that no form could show."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    if isinstance(error, AlreadyRecorded):
        return make_response(render_template("errors/already.html", form=None, location=error.location, again=""), 409)
    if status in (404, 409):
        return page(status)
    return page(status, translate(error.message, error.values))


def for_anything(error: Exception) -> ResponseReturnValue:
    """Whatever nobody expected: a reference for the person; kind, place and route for the log, never a value."""
    if current_app.testing or current_app.debug:
        raise error
    reference = secrets.token_hex(4).upper()
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].name}:{frames[-1].lineno}" if frames else "?"
    kind = type(error).__name__
    current_app.logger.error("failed %s at %s in %s, reference %s", kind, place, request.endpoint, reference)
    return page(500, reference=reference)


def install(app: Flask) -> None:
    """Register the pages."""
    app.register_error_handler(CSRFError, for_token)
    app.register_error_handler(HTTPException, for_http)
    app.register_error_handler(DomainError, for_domain)
    app.register_error_handler(Exception, for_anything)
