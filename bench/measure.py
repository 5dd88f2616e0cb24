"""What one request costs: processor time, statements, bytes; in turns with the floor, in one process."""

from __future__ import annotations

import gc
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

import brotli
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from bench.browser import Values, forms_of
from bench.build import Built
from casework.access.guards import session_cookie
from casework.access.models import User
from casework.access.service import sessions
from casework.db import db
from casework.writes.orchestrator import transaction

ROUNDS = 5
REQUESTS = 12
Send = Callable[[], TestResponse]


@dataclass(slots=True)
class Page:
    """One page under measurement: how it is asked for, and what it may cost."""

    name: str
    send: Send
    aim: float | None
    answer: int = 200
    ratios: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    statements: int = 0
    raw: int = 0
    packed: int = 0

    @property
    def ratio(self) -> float:
        """Median over the rounds of its cost in floors."""
        return statistics.median(self.ratios)

    @property
    def missed(self) -> bool:
        """Whether it costs more than it may."""
        return self.aim is not None and self.ratio > self.aim


class Visitor:
    """A signed-in user of the program, without a network in between."""

    def __init__(self, app: Flask, username: str) -> None:
        self._client: FlaskClient = app.test_client()
        with app.app_context(), transaction():
            row = db.session.scalars(select(User).where(User.username == username)).one()
            factor = "code" if row.factor_since_at else "password"
            _, token = sessions.open_session(row, factor=factor, office_device=True, device=sessions.Device("bench"))
            name = session_cookie()
        self._client.set_cookie(name, token, domain="localhost")

    def get(self, path: str) -> TestResponse:
        """Open a page as a browser does."""
        return self._client.get(path, headers={"Accept-Encoding": "br, gzip"})

    def plain(self, path: str) -> str:
        """The page's text."""
        return str(self._client.get(path).get_data(as_text=True))

    def post(self, path: str, values: Values) -> TestResponse:
        """Send a form as a browser does."""
        return self._client.post(path, data=values, headers={"Accept-Encoding": "br, gzip"})

    def form(self, path: str) -> Values:
        """The values of the form at `path`, untouched."""
        answer = self._client.get(path, follow_redirects=True)
        return next(form.values for form in forms_of(answer.get_data(as_text=True)) if form.method == "post")


def pages(app: Flask, built: Built) -> list[Page]:
    """The pages of the issue, with their aims."""
    worker, boss = Visitor(app, built.worker), Visitor(app, built.supervisor)
    clerk = Visitor(app, built.coordinator)
    case = f"/cases/{built.case_id}"
    search = worker.form("/find") | {"text": [built.word]}
    who = worker.form(f"/register/new/{uuid4()}")
    who |= {
        "latin_family": ["Sampleson"],
        "latin_given": ["Newly"],
        "sex": ["female"],
        "manner_of_return": ["deported"],
    }
    helped = worker.form(f"{case}/help/new") | {"service_type": ["cooked_meal"], "anyway": ["yes"]}
    return [
        Page("list", lambda: worker.get("/cases"), 6),
        Page("case page", lambda: worker.get(case), 9),
        Page("search by exact word", lambda: worker.post("/find", search), None),
        Page("new case (save)", lambda: worker.post(f"/register/new/{uuid4()}", who), 9, 303),
        Page("log assistance (save)", lambda: worker.post(f"{case}/help/new/{uuid4()}", helped), 9, 303),
        Page("board", lambda: boss.get("/board"), 8),
        Page("referral report", lambda: clerk.get("/reports/referrals"), None),
    ]


def cost(send: Send, answer: int, number: int = REQUESTS) -> float:
    """Seconds of processor time for one request, the mean of some."""
    gc.collect()
    begun = time.process_time()
    for _ in range(number):
        status = send().status_code
        if status != answer:
            raise AssertionError(f"answered {status} instead of {answer}")
    return (time.process_time() - begun) / number


def measure(app: Flask, floor: Flask, found: list[Page]) -> float:
    """Fill in what each page costs; returns the floor in seconds."""
    bare = floor.test_client()

    def ground() -> TestResponse:
        return bare.get("/")

    cost(ground, 200)
    for page in found:
        cost(page.send, page.answer, 3)
        _count(app, page)
    floors: list[float] = []
    for _ in range(ROUNDS):
        for page in found:
            before = cost(ground, 200)
            spent = cost(page.send, page.answer)
            after = cost(ground, 200)
            page.seconds.append(spent)
            page.ratios.append(spent / ((before + after) / 2))
            floors += [before, after]
    return statistics.median(floors)


def _count(app: Flask, page: Page) -> None:
    """Statements of one request, and its bytes as they travel and unpacked."""
    seen: list[str] = []

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        answer = page.send()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    page.statements = len(seen)
    body = answer.get_data()
    page.packed = len(body)
    page.raw = len(brotli.decompress(body)) if answer.headers.get("Content-Encoding") == "br" else len(body)


def first_visit(app: Flask, built: Built) -> int:
    """Compressed bytes of the list with its style and script, as a browser that was never here gets them. Fonts, one
    for the script of the page, come on top (docs/decisions/0001)."""
    visitor = Visitor(app, built.worker)
    whole = len(visitor.get("/cases").get_data())
    for path in sorted(set(re.findall(r'"(/static/[^"]+\.(?:css|js))"', visitor.plain("/cases")))):
        whole += len(visitor.get(path).get_data())
    return whole
