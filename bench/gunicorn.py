"""Gunicorn as the product sets it, with each worker's number in the name of its database sessions."""

import os
from typing import Any

from casework.cli.serving import *  # noqa: F403

loglevel = "error"
timeout = 120


def post_fork(server: Any, worker: Any) -> None:
    """Libpq reads this when it connects, so that a killed worker can be found among the sessions."""
    os.environ["PGAPPNAME"] = f"casework-{os.getpid()}"
