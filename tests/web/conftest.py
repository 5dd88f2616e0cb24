"""A small program of `web` alone, without a database, with a page that uses every part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader

from casework.extensions import csrf
from casework.web import hooks, languages
from tests.meta.source import ROOT
from tests.web import sample


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Flask]:
    """The program; its pages are those of tests/web/sample.py."""
    app = Flask("casework", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(SECRET_KEY="only for tests", TESTING=True)
    csrf.init_app(app)
    hooks.install(app)
    languages.install(app, tmp_path / "translations")
    app.jinja_loader = ChoiceLoader([app.jinja_loader, FileSystemLoader(ROOT / "tests" / "web" / "templates")])
    app.register_blueprint(sample.blueprint)
    return app
