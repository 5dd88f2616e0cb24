"""After a journey with real commits: no planted name, phone, number or sentence lies anywhere in plain."""

from __future__ import annotations

import base64
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import make_url, text

from casework.db import db
from tests.leaks.planting import KHMER, STEM, WORDS_PLANTED, Planter
from tests.leaks.search import Hit, Seeker, spellings, text_of


class Ground:
    """A program after the journey, and everything that it wrote."""

    def __init__(self, app: Flask, temporary: Path, said: Callable[[], str]) -> None:
        self.app, self.temporary, self.said = app, temporary, said
        self.planter = Planter(app)
        self.planter.everything()

    def hits(self) -> list[Hit]:
        """Planted words in the database with its side files, the data folder, logs, output, the temporary folder."""
        seeker = Seeker(WORDS_PLANTED)
        found = seeker.seek(self.said().encode(), "logs and output") + seeker.folder(self.temporary)
        found += seeker.folder(self.app.config["CASEWORK"].data)
        with self.app.app_context():
            url = make_url(str(self.app.config["SQLALCHEMY_DATABASE_URI"]))
            if url.get_backend_name() == "sqlite":
                for path in Path(str(url.database)).parent.glob(Path(str(url.database)).name + "*"):
                    found += seeker.seek(path.read_bytes(), path.suffix)
            for name in db.metadata.tables:
                rows = db.session.execute(text(f'SELECT * FROM "{name}"'))  # noqa: S608 - names of our own tables
                found += seeker.seek(text_of(rows), name)
            db.session.rollback()
        return found


@pytest.fixture
def ground(
    live_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: Any
) -> Ground:
    """The journey, with a temporary folder of its own and every logger at its loudest."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    for name in ("", "werkzeug", "casework", "flask"):
        caplog.set_level(logging.DEBUG, logger=name or None)
    # Not DEBUG: that prints the rows as they come out of the database, which are searched by themselves.
    for name in ("sqlalchemy.engine", "sqlalchemy.pool"):
        caplog.set_level(logging.INFO, logger=name)

    heard: list[str] = []

    def said() -> str:
        heard.extend(capfd.readouterr())
        return "\n".join((*heard, caplog.text))

    return Ground(live_app, folder, said)


def _sealed_made_plain(ground: Ground) -> None:
    _write(ground, "UPDATE note_sealed SET text = :word", f"x{STEM}".encode())


def _plain_column(ground: Ground) -> None:
    _write(ground, "UPDATE task SET waiting_for = :word", KHMER)


def _log(ground: Ground) -> None:
    logging.getLogger("casework").warning("not found: %s", f"x{STEM}")


def _temporary_file(ground: Ground) -> None:
    (ground.temporary / "spool").write_text(KHMER, encoding="utf-16")


def _name_of_a_file(ground: Ground) -> None:
    (ground.app.config["CASEWORK"].data / f"{STEM}.pdf").write_bytes(b"")


def _write(ground: Ground, statement: str, word: object) -> None:
    with ground.app.app_context():
        assert db.session.execute(text(statement), {"word": word}).rowcount  # type: ignore[attr-defined]
        db.session.commit()


def test_a_whole_journey_leaves_nothing_in_plain(ground: Ground) -> None:
    """And the same search goes red on each leak planted afterwards."""
    found = ground.hits()
    assert not found, "\n".join(map(str, found))
    sent = {name for name, status in ground.planter.answers.items() if status == 303}
    assert ground.planter.typed > 150, "too little was typed to mean anything"
    assert len(sent) > 40, f"only {len(sent)} forms were accepted: {ground.planter.answers}"
    before = 0
    for plant in (_sealed_made_plain, _plain_column, _log, _temporary_file, _name_of_a_file):
        plant(ground)
        after = len(ground.hits())
        assert after > before, f"{plant.__name__} was not found"
        before = after


@pytest.mark.parametrize("written", [
    lambda word: word.encode(), lambda word: word.encode("utf-16"), lambda word: ascii(word).encode(),
    lambda word: base64.b64encode(b"ab" + word.encode() + b"tail"),
])  # fmt: skip
def test_words_are_found_however_they_are_written(written: Callable[[str], bytes]) -> None:
    for word in (KHMER, "Zvqkanari"):
        assert Seeker([word]).seek(b"before " + written(word) + b" after", "here")
        assert spellings(word)
