"""Casework: one case of a person coming home from trafficking, carried together by many offices."""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from casework import navigation
from casework.access.queries import lists
from casework.codes import queries as codes
from casework.db import configure_engine, db
from casework.extensions import csrf, migrate
from casework.vault import files, keys
from casework.web import hooks, languages
from casework.web.requests import InMemoryRequest
from casework.writes import http

if TYPE_CHECKING:
    from config import Config

PACKAGES = (
    "writes",
    "access",
    "codes",
    "people",
    "consent",
    "cases",
    "documents",
    "referrals",
    "identification",
    "repatriation",
    "assistance",
    "reintegration",
    "sharing",
    "overview",
    "reports",
    "imports",
)


def create_app(config: Config) -> Flask:
    """The program, bound to one database, one data folder and one key ring. Starts nothing and changes nothing."""
    app = Flask("casework", template_folder=str(config.templates), static_folder=None)
    ring = keys.load(config.key_folder)
    keys.install(ring)
    config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.install(config.data / "files")
    app.config.update(
        SQLALCHEMY_DATABASE_URI=config.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS=config.engine_options,
        SECRET_KEY=ring.session_secret,
        TESTING=config.mode == "test",
        CASEWORK=config,
        CASEWORK_DEMO=config.mode == "demo",
    )
    app.config.update(config.extra)
    if config.proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxy, x_proto=config.proxy, x_host=config.proxy)  # type: ignore[method-assign]
    db.init_app(app)
    migrate.init_app(app, db, directory=str(config.root / "migrations"))
    csrf.init_app(app)
    with app.app_context():
        configure_engine(db.engine)
    hooks.install(app)
    app.request_class = InMemoryRequest
    languages.install(app, config.data / "translations")
    http.init_app(app)
    lists.install(codes.choices)
    for name in PACKAGES:
        for part in ("models", "views"):
            if importlib.util.find_spec(f"casework.{name}.{part}"):
                module = importlib.import_module(f"casework.{name}.{part}")
                if part == "views" and hasattr(module, "bp"):
                    app.register_blueprint(module.bp)
    navigation.install(app)
    return app
