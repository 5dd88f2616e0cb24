"""A live installation for each test, with keys of its own that a test may change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from casework.vault import files, keys
from tests.engines import Databases
from tests.safekeeping.scene import Life, Scene, life


@pytest.fixture
def scene(
    engine_name: str,
    databases: Databases,
    live_app: Flask,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ring: keys.Ring,
) -> Iterator[Scene]:
    """An installation with real commits, and what it takes to back it up."""
    monkeypatch.setattr(keys, "_installed", ring)
    monkeypatch.setattr(files, "_installed", None)
    keys.create(tmp_path / "keys", demo=False)
    made = Scene(engine_name, databases, live_app, tmp_path, monkeypatch)
    made.use()
    mask = os.umask(0o022)
    yield made
    os.umask(mask)


@pytest.fixture
def lived(scene: Scene) -> Life:
    """The installation has two cases and a document."""
    with scene.app.app_context():
        return life()
