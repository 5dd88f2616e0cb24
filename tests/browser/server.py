"""A server of the program on a free port of the loopback, with a clock that a test can move."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from casework.db import at


class _Silent(WSGIRequestHandler):
    """Says nothing on the terminal; keeps connections alive as gunicorn does."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: what is wrong is seen by the test."""


class Served:
    """A running program: its address, and the clock that every request reads."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._ahead = timedelta()
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=_Silent)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with at(self.now):
            answer = self.app(environ, start_response)
            try:
                return [b"".join(answer)]
            finally:
                getattr(answer, "close", lambda: None)()

    @property
    def now(self) -> datetime:
        """The moment as the program sees it: it runs on, from wherever it was moved."""
        return datetime.now(UTC) + self._ahead

    def wait(self, **span: float) -> None:
        """Let days or hours pass at once."""
        self._ahead += timedelta(**span)

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """Act in the program itself, at its own time: only to prepare, or to look into what no page shows."""
        with at(self.now), self.app.app_context():
            yield self.app

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join(timeout=10)
        self._server.server_close()
