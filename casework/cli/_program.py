"""What the commands share: the outcomes, the settings, and the program in whose context a command works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask

from casework import create_app
from casework.db import db
from casework.startup import head, known, revision
from config import Config


class WrongUse(click.ClickException):
    """Wrong use or bad input: one sentence on stderr, exit code 2."""

    exit_code = 2


class Found(click.ClickException):
    """The command did its work and found something wrong: exit code 1."""

    exit_code = 1


def settings() -> Config:
    """The settings of the environment."""
    try:
        return Config.from_env()
    except ValueError as error:
        raise WrongUse(f"A setting is not a number: {error}.") from error


@contextmanager
def program() -> Iterator[Flask]:
    """The program, in its context, on a database of this version; at the end no connection stays open.

    Raises WrongUse with the way out.
    """
    config = settings()
    if not config.key_folder.is_dir():
        raise WrongUse(f"There are no keys in {config.key_folder}. Run 'casework prepare' first.")
    app = create_app(config)
    with app.app_context():
        try:
            _check_revision(revision(db.engine))
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def _check_revision(stands: str | None) -> None:
    if stands != head():
        raise WrongUse(
            f"The database stands at revision {stands or 'none'}, this version needs {head()}. "
            + ("Run 'casework prepare'." if known(stands) else "Use the version that made it, or a backup.")
        )
