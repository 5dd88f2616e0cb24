"""Binds `web` to the application: deny by default, headers, error pages, compression, what templates know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from jinja2 import StrictUndefined

from casework.web import assets, charts, errorpages, eye, filters, headers, leave
from casework.web.marks import marked
from casework.web.shims import generate_csrf
from casework.web.words import language

MEBIBYTE = 1024 * 1024
BODY = 25 * MEBIBYTE
"""Largest request with files; a service sets a smaller limit per file."""
FORM = MEBIBYTE
"""Largest request without files: over it the 413 page comes before anything is read into memory."""

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

compress = Compress()


class LimitedRequest(Request):
    """A request whose body may be large only when it is a form with files."""

    def __init__(self, environ: WSGIEnvironment, *args: Any, **kwargs: Any) -> None:
        super().__init__(environ, *args, **kwargs)
        if self.mimetype != "multipart/form-data":
            self.max_content_length = FORM


def refuse_unmarked() -> ResponseReturnValue | None:
    """403 for a view that does not say who may open it; in tests an error that cannot be overlooked."""
    if request.endpoint is None or marked(current_app.view_functions.get(request.endpoint)) is not None:
        return None
    if current_app.testing:
        raise RuntimeError(f"{request.endpoint} does not say who may open it: add @requires(...) or @public")
    return errorpages.page(403)


def refuse_other_sites() -> ResponseReturnValue | None:
    """A second lock besides the form's token: browsers say when a request that writes comes from another site."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    origin = request.headers.get("Sec-Fetch-Site", "same-origin")
    return None if origin in ("same-origin", "none") else errorpages.page(403)


def keep_uncompressed() -> None:
    """Called by a view whose page shows a secret (recovery codes): its length must not depend on the contents."""
    g.uncompressed = True


def squeeze(response: Response) -> Response:
    """Compress pages, except those that show secrets."""
    return response if g.get("uncompressed") else compress.after_request(response)


def known_to_templates() -> dict[str, Any]:
    """Defaults of what `base.html` needs; `create_app` installs a processor that knows the person."""
    return {
        "actor": None,
        "navigation": [],
        "account_links": [],
        "search_url": None,
        "sign_out_url": None,
        "can": lambda permission: False,
        "language": language(),
        "demo_mode": bool(current_app.config.get("CASEWORK_DEMO")),
    }


def install(app: Flask) -> None:
    """Everything of `web`; called by `create_app` before any blueprint is registered."""
    app.request_class = LimitedRequest
    app.config.setdefault("MAX_CONTENT_LENGTH", None)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_CONTENT_LENGTH"] or BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = FORM
    app.config["MAX_FORM_PARTS"] = 3000
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    # Our pages send no referrer at all, so the token can't be checked against it: refuse_other_sites does that work.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.config["COMPRESS_REGISTER"] = False
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    compress.init_app(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["csrf_token"] = generate_csrf
    app.before_request(refuse_other_sites)
    app.before_request(refuse_unmarked)
    app.context_processor(known_to_templates)
    filters.install(app)
    charts.install(app)
    assets.install(app)
    leave.install(app)
    eye.install(app)
    errorpages.install(app)
    # After-request functions run last first: headers are set on the compressed response.
    headers.install(app)
    app.after_request(squeeze)
