"""With real commits and many at once: the throttle lets through what it says, a code is used up once."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask

from casework.access.models import User
from casework.access.service import factors, throttle
from casework.access.service.throttle import Try, Verdict
from casework.db import db
from casework.writes.orchestrator import transaction
from tests.access import make

AT_ONCE = 12


def together(app: Flask, act: Callable[[], object]) -> list[object]:
    """Run `act` in many threads that start at the same moment; what each returned."""
    barrier, answers = threading.Barrier(AT_ONCE), []

    def run() -> None:
        with app.app_context():
            barrier.wait()
            answers.append(act())
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_parallel_tries_do_not_slip_past_the_throttle(live_app: Flask) -> None:
    attempt = Try("password", "sok", "198.51.100.7", device_known=False)

    def one() -> Verdict:
        with transaction():
            throttle.reserve(attempt)
        return throttle.verdict(attempt)

    answers = together(live_app, one)
    assert len(answers) == AT_ONCE
    assert answers.count(Verdict.GO) <= throttle.UNKNOWN_DEVICE


def test_one_code_sent_many_times_at_once_works_once(live_app: Flask) -> None:
    with live_app.app_context():
        made = make.user(make.office(), "vann", "coordinator")
        user_id, typed = made.id, make.code(make.with_code(made))

    def one() -> bool:
        with transaction():
            return factors.use_code(db.session.get_one(User, user_id), typed)

    assert together(live_app, one).count(True) == 1
