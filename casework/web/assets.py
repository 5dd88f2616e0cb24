"""Our own static files under names that carry a hash, kept in memory compressed, cached by browsers for good."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import brotli  # type: ignore[import-untyped, unused-ignore]
from flask import Blueprint, Flask, Response, abort, current_app, request, url_for

from casework.web.marks import public

FOLDER = Path(__file__).parent.parent / "static"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
FOREVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)


@dataclass
class Asset:
    """One file: its bytes and its compressed forms, made once."""

    body: bytes
    kind: str
    packed: dict[str, bytes] = field(default_factory=dict)

    def encoded(self, encoding: str) -> bytes:
        """The bytes under a content encoding ('br' or 'gzip')."""
        if encoding not in self.packed:
            self.packed[encoding] = brotli.compress(self.body) if encoding == "br" else gzip.compress(self.body, 9)
        return self.packed[encoding]


class Assets:
    """The manifest: plain name -> hashed name -> file. A style sheet names its fonts by plain name; we fill them in."""

    def __init__(self, folder: Path) -> None:
        self.hashed: dict[str, str] = {}
        self.files: dict[str, Asset] = {}
        paths = [path for path in folder.rglob("*") if path.suffix in KINDS]
        for path in sorted(paths, key=lambda path: (path.suffix == ".css", str(path))):
            self.add(path.relative_to(folder).as_posix(), path.read_bytes(), KINDS[path.suffix])

    def add(self, name: str, body: bytes, kind: str) -> None:
        """Take in one file; style sheets come last, for they name the others."""
        if kind.startswith("text/css"):
            for plain, hashed in self.hashed.items():
                body = body.replace(f"url({plain})".encode(), f"url({Path(hashed).name})".encode())
        stem, dot, suffix = Path(name).name.rpartition(".")
        hashed = f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}{dot}{suffix}"
        self.hashed[name] = hashed
        self.files[hashed] = Asset(body, kind)


@blueprint.get("/static/<name>")
@public
def file(name: str) -> Response:
    """One static file by its hashed name."""
    asset = installed().files.get(name)
    if asset is None:
        abort(404)
    encoding = request.accept_encodings.best_match(["br", "gzip"])
    packed = encoding if encoding and not asset.kind.startswith("font/") else None
    response = Response(asset.encoded(packed) if packed else asset.body, content_type=asset.kind)
    if packed:
        response.headers["Content-Encoding"] = packed
    response.headers["Cache-Control"] = FOREVER
    response.headers["Vary"] = "Accept-Encoding"
    return response


def installed() -> Assets:
    """The manifest of this program."""
    assets: Assets = current_app.extensions["casework.assets"]
    return assets


def asset(name: str) -> str:
    """The address of a static file ('app.css'); KeyError for a name that is not there."""
    return url_for("assets.file", name=installed().hashed[name])


def install(app: Flask) -> None:
    """Read the folder once and give templates `asset()`."""
    app.extensions["casework.assets"] = Assets(FOLDER)
    app.register_blueprint(blueprint)
    app.jinja_env.globals["asset"] = asset
