"""Casework: one case of a person coming home from trafficking, carried together by many offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import casework.imports.models  # noqa: F401 - it has no pages, but its tables belong to the program
from casework import navigation
from casework.access.queries import lists
from casework.access.views import bp as access_pages
from casework.assistance.views import bp as assistance_pages
from casework.cases.views import bp as cases_pages
from casework.claims.views import bp as claims_pages
from casework.codes.queries import choices, label
from casework.codes.views import bp as codes_pages
from casework.db import configure_engine, db
from casework.documents.views import bp as documents_pages
from casework.extensions import csrf, migrate
from casework.identification.views import bp as identification_pages
from casework.overview.views import bp as overview_pages
from casework.referrals.views import bp as referrals_pages
from casework.reintegration.views import bp as reintegration_pages
from casework.repatriation.views import bp as repatriation_pages
from casework.reports.views import bp as reports_pages
from casework.sharing.views import bp as sharing_pages
from casework.vault import files, keys
from casework.web import hooks, languages
from casework.web.requests import InMemoryRequest
from casework.writes import http

if TYPE_CHECKING:
    from config import Config

BLUEPRINTS = (
    access_pages,
    codes_pages,
    cases_pages,
    documents_pages,
    referrals_pages,
    identification_pages,
    claims_pages,
    repatriation_pages,
    assistance_pages,
    reintegration_pages,
    sharing_pages,
    overview_pages,
    reports_pages,
)
"""The pages of all packages. Registering those of access installs the guards."""


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
    lists.install(choices, label)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    navigation.install(app)
    return app
